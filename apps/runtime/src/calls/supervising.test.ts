import { describe, expect, test } from "vitest";
import type { LegCommand, SupervisionMode } from "../ports/index.ts";
import { dialledFlow } from "../routing/dialled-flow.ts";
import { type CallStage, callStage, toTheTelephone } from "../testing/call-stage.ts";
import { callbackOrder, LINE } from "../testing/callback-order.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";
import { blankPlacedCall } from "./placed-call.ts";
import { talkStanding } from "./supervision.ts";
import { supervisionBy } from "./supervision-news.ts";

const of = {
  ...{ callId: "call_2", offerId: "offer_1", queueId: "queue_sales", operatorId: "op_1", operatorName: "Inès" },
  ...{ userId: "user_1", userName: "Claire", shown: true },
};

let s: CallStage;
let call: LiveCall;

function supervisorCall(mode: SupervisionMode) {
  const party = { kind: "conversation", of, mode } as const;
  const order = {
    ...callbackOrder({ callId: "call_1" }),
    ...{ callbackId: null, offerId: null, queueId: null, operatorId: "", operatorName: "", party },
  };
  const compiled = compiledDocument(dialledFlow(["en-GB"], order));
  s = callStage(compiled);
  const route = {
    ...{ companyId: "co_1", lineId: "line_1", lineName: "Main", flowId: "listening", flowVersionId: "ver_1" },
    ...{ compiled, language: "en-GB", timeZone: "Europe/Paris", shows: LINE },
  };
  call = s.begin(null, blankPlacedCall(order, route, { processId: "proc_1", now: s.clock.now() }));
}

/** Their telephone is picked up; jambonz says that what they were sent has begun. */
async function pickedUp(mode: SupervisionMode = "listen") {
  supervisorCall(mode);
  await call.beginPlaced();
  call.attach(s.connect());
  call.handle({ kind: "placedRinging" });
  call.handle({ kind: "placedAnswered" });
  await call.settled();
  await quiet();
  await call.settled();
}

async function inTheRoom(mode: SupervisionMode = "listen") {
  await pickedUp(mode);
  call.handle({ kind: "apartStarted", turn: turn() });
  await call.settled();
}

const turn = () => Number(String(s.sent.at(-1)?.[0]?.id).slice(1));
const said = () =>
  s.commands.map((command: LegCommand) =>
    command.kind === "mute"
      ? command.muted
        ? "mute"
        : "unmute"
      : command.kind === "coachInRoom"
        ? command.coaches
          ? "coach"
          : "uncoach"
        : command.kind,
  );
const kinds = () => call.document.traceTail.map(({ kind }) => kind);

describe("a supervisor who comes into a conversation", () => {
  test("meets the two in the conference of their call, and says so there; the call centre hears of nothing else", async () => {
    await inTheRoom();
    expect(s.sent).toEqual([[{ verb: "room", id: `a${turn()}`, of: "call_2" }]]);
    await s.clock.advance(5_000);
    await call.settled();
    // Who listens is never given a voice.
    expect(said()).not.toContain("unmute");
    expect(s.told).toEqual([{ supervision: "listen" }]);
    expect(kinds()).toEqual(expect.arrayContaining(["began", "telephone.pickedUp", "supervises"]));
    expect(s.sent).toHaveLength(1);
  });

  test("who whispers is given a voice only when jambonz has had the time to keep it from the caller", async () => {
    await inTheRoom("whisper");
    await s.clock.advance(700);
    await call.settled();
    expect(said()).toEqual(["mute", "coach"]);
    await s.clock.advance(500);
    await call.settled();
    expect(said()).toEqual(["mute", "coach", "unmute"]);
  });

  test("changes how they are in it: silent before the caller could hear what is not for them", async () => {
    await inTheRoom();
    await s.clock.advance(5_000);
    s.commands.length = 0;
    expect(await call.supervised({ kind: "mode", mode: "join" })).toBe("done");
    expect(said()).toEqual(["uncoach", "unmute"]);
    s.commands.length = 0;
    expect(await call.supervised({ kind: "mode", mode: "whisper" })).toBe("done");
    expect(said()).toEqual(["mute", "coach"]);
    await s.clock.advance(600);
    await call.settled();
    expect(said().at(-1)).toBe("unmute");
    s.commands.length = 0;
    await call.supervised({ kind: "mode", mode: "listen" });
    await call.supervised({ kind: "mode", mode: "listen" });
    expect(said()).toEqual(["mute", "uncoach"]);
    await quiet();
    expect(s.told).toEqual(["listen", "join", "whisper", "listen"].map((supervision) => ({ supervision })));
    expect(call.document.supervision?.modes.map(({ mode }) => mode)).toEqual(["listen", "join", "whisper", "listen"]);
  });

  test("waits with music until the two are together, and is hung up on where they never are", async () => {
    supervisorCall("listen");
    s.answers.talk = "onTheWay";
    await call.beginPlaced();
    call.attach(s.connect());
    call.handle({ kind: "placedAnswered" });
    await call.settled();
    await quiet();
    await call.settled();
    expect(s.sent).toEqual([[{ verb: "comfort" }]]);
    s.answers.talk = "together";
    await s.clock.advance(400);
    await quiet();
    await call.settled();
    expect(s.sent.at(-1)).toMatchObject([{ verb: "room" }]);
  });

  test("is hung up on when the conversation is over, and the log is owed that they have left", async () => {
    await inTheRoom();
    s.answers.talk = "over";
    await s.clock.advance(1_100);
    await quiet();
    await call.settled();
    expect(s.sent.at(-1)).toEqual([{ verb: "hangup" }]);
    call.handle({ kind: "callerGone", by: "us", sipStatus: 200, durationMs: 1 });
    await call.settled();
    await quiet();
    expect(s.told.at(-1)).toEqual({ supervision: null });
    expect(s.stored()?.status).toBe("ended");
  });

  test("leaves when they wish; before they have picked up their telephone stops ringing", async () => {
    await inTheRoom();
    expect(await call.supervised({ kind: "leave" })).toBe("done");
    expect(s.sent.at(-1)).toEqual([{ verb: "hangup" }]);
    supervisorCall("listen");
    await call.beginPlaced();
    call.attach(s.connect());
    await call.settled();
    expect(await call.supervised({ kind: "leave" })).toBe("done");
    await call.settled();
    await quiet();
    expect(call.document.status).toBe("ended");
    expect(s.rest.asked).toContain("giveUp sid");
    expect(s.told).toEqual([]);
    expect(await call.supervised({ kind: "mode", mode: "join" })).toBe("gone");
  });

  test("a telephone that is busy ends it before it began: nobody is told that anybody listened", async () => {
    supervisorCall("listen");
    await call.beginPlaced();
    call.attach(s.connect());
    call.handle({ kind: "callerGone", by: "network", sipStatus: 486, durationMs: 0, unanswered: "busy" });
    await call.settled();
    await quiet();
    expect(s.stored()).toMatchObject({ status: "ended", placed: { notPickedUp: "busy" } });
    expect(s.told).toEqual([]);
  });

  test("comes in anew when their socket was cut, or their process died, as they were in it", async () => {
    await inTheRoom("whisper");
    await s.clock.advance(5_000);
    const { connection } = call;
    if (connection) call.cut(connection, 1006);
    call.reattach(s.connect());
    await call.settled();
    await quiet();
    await call.settled();
    expect(s.sent).toHaveLength(2);
    const document = s.stored();
    if (!document) throw new Error("not stored");
    call.abandon();
    const lost = { ...document, ownerEpoch: document.ownerEpoch + 1 };
    s.store.documents.set("call_1", lost);
    call = s.begin(s.connect(), lost, true);
    s.commands.length = 0;
    call.resume();
    await call.settled();
    await quiet();
    await call.settled();
    expect(s.sent).toHaveLength(3);
    // What the old verb of the former owner says is not of this one.
    call.handle({ kind: "apartEnded", turn: 1_000 });
    call.handle({ kind: "apartStarted", turn: turn() });
    await call.settled();
    await s.clock.advance(1_200);
    await call.settled();
    expect(said()).toEqual(["mute", "coach", "unmute"]);
    await quiet();
    // It was told once.
    expect(s.told).toEqual([{ supervision: "whisper" }]);
  });

  test("who falls out of the conference comes in again", async () => {
    await inTheRoom();
    call.handle({ kind: "apartEnded", turn: turn() });
    await call.settled();
    await s.clock.advance(1_100);
    await quiet();
    await call.settled();
    expect(s.sent).toHaveLength(2);
    expect(s.sent.at(-1)).toMatchObject([{ verb: "room", of: "call_2" }]);
  });
});

describe("a conversation that somebody comes into", () => {
  const listener = { supervisionId: "call_9", userId: "user_1", name: "Claire", shown: true };

  async function conversation() {
    s = callStage();
    call = s.begin(s.connect());
    await toTheTelephone(s, call);
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    call.handle({ kind: "legAnswered", legSid: "leg" });
    await call.settled();
    await quiet();
    s.told.length = 0;
  }

  test("tells the operator's desk who is in it and how, once each, and says so in its trace", async () => {
    await conversation();
    for (const mode of ["listen", "listen", "whisper", null, null] as const)
      expect(await call.listened(of, listener, mode)).toBe("taken");
    await quiet();
    expect(s.told).toEqual([
      { leg: { kind: "listened", listeners: [{ ...listener, mode: "listen" }] } },
      { leg: { kind: "listened", listeners: [{ ...listener, mode: "whisper" }] } },
      { leg: { kind: "listened", listeners: [] } },
    ]);
    expect(kinds().filter((kind) => kind.startsWith("supervisor"))).toEqual([
      "supervisorIn",
      "supervisorAs",
      "supervisorOut",
    ]);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("dial");
  });

  test("that is over has nobody in it any more", async () => {
    await conversation();
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    await call.settled();
    expect(await call.listened(of, listener, "listen")).toBe("gone");
  });

  test("is the one that was meant, or over", () => {
    const leg = { offerId: "offer_1", state: "talking" } as never;
    const apart = { stage: "apart" } as never;
    expect(talkStanding({ status: "live", leg, apart }, of)).toBe("together");
    expect(talkStanding({ status: "live", leg, apart: { stage: "parting" } as never }, of)).toBe("onTheWay");
    expect(talkStanding({ status: "live", leg, apart: null }, of)).toBe("over");
    expect(talkStanding({ status: "ended", leg, apart }, of)).toBe("over");
    expect(talkStanding({ status: "live", leg, apart }, { ...of, offerId: "offer_2" })).toBe("over");
    expect(talkStanding(null, of)).toBe("over");
  });

  test("that nobody owns just now is told again; the log has it before", async () => {
    await pickedUp();
    const answers = ["unowned", "gone"] as const;
    let asked = 0;
    const left: string[] = [];
    const news = supervisionBy({
      find: async () => null,
      tell: async () => answers[asked++] ?? "gone",
      left: async ({ _id }) => void left.push(_id),
    });
    await expect(news.told(call.document, null)).rejects.toThrow("nobody owns");
    await news.told(call.document, null);
    expect(left).toEqual(["call_1", "call_1"]);
    expect(await news.standing(call.document)).toBe("over");
  });
});
