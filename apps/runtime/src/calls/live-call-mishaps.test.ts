import { describe, expect, test } from "vitest";
import { inProcessBus } from "../bus/in-process.ts";
import type { CallConnection, Verb } from "../ports/index.ts";
import { type CallStage, callStage, toTheTelephone } from "../testing/call-stage.ts";
import { HeldCalls } from "./held-calls.ts";
import type { LiveCall } from "./live-call.ts";

const target = { kind: "telephone", telephoneId: "tel_1" } as const;

describe("an answer that nobody heard", () => {
  test("of a telephone that rang when the socket was lost: they talk, and are not torn apart", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    await call.settled();
    const old = call.connection;
    if (old) call.cut(old, 1006);
    call.reattach(s.connect());
    await call.settled();
    const heard = s.sent.length;
    await s.clock.advance(90_000);
    expect(s.sent.length).toBe(heard);
    expect(call.document.leg?.state).toBe("talking");
    expect(s.told).toContainEqual({ leg: { kind: "answered" } });
    const entry = call.document.leg?.entry ?? -1;
    call.handle({
      kind: "dialEnded",
      entry,
      result: "completed",
      sipStatus: 200,
      legSid: "leg",
      hook: s.hook().pending,
    });
    await s.clock.advance(100);
    expect(s.told).toContainEqual({ leg: expect.objectContaining({ kind: "ended" }) });
  });

  test("without any loss, a telephone that never says a word is given up audibly", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    await s.clock.advance(90_000);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    expect(call.document.leg).toBeNull();
  });
});

describe("what a caller should hear cannot be made", () => {
  test("of a prompt or music: the flow goes on to something that can be heard, at last to its end", async () => {
    const s = callStage();
    s.unrenderable.add("hold");
    const call = s.begin(s.connect());
    await call.beginNew();
    const { answers, pending } = s.hook();
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: pending });
    await s.clock.advance(10_000);
    expect(answers.length).toBe(1);
    // Hold music is tried again, then the error path says so and ends the call.
    expect(s.sent.map((verbs) => verbs[0]?.verb)).toContain("play");
    expect(call.document.queue).toBeNull();
  });

  test("of the operator's telephone: the caller is back in the music, the operator is set aside", async () => {
    const s = callStage();
    s.unrenderable.add("dial");
    const call = s.begin(s.connect());
    const taken = toTheTelephone(s, call);
    await s.clock.advance(5_000);
    await taken;
    await s.clock.advance(1_000);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    expect(s.told).toContainEqual({ leg: { kind: "failed", result: "unreachable" } });
  });
});

describe("an offer that comes to a process which has the call no more", () => {
  test("is not declined in the next owner's name", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: s.hook().pending });
    await call.settled();
    const entry = call.document.queue?.entry ?? -1;
    await call.release();
    const offer = { type: "offer.accepted", entry, offerId: "offer_1", operatorId: "op_1", target } as const;
    expect(await call.offerAccepted(offer, "Inès")).toBe("unowned");
    expect(await call.unstaffed(entry)).toBe("unowned");
  });
});

describe("a call that was taken up twice in one process", () => {
  test("is held once: the later one stays reachable when the earlier one goes", async () => {
    const s = callStage();
    const bus = inProcessBus();
    const held = new HeldCalls(bus, async (call) => (call === later ? "later" : "earlier"));
    const earlier = s.begin(s.connect());
    await earlier.beginNew();
    held.hold(earlier);
    const later = s.begin(s.connect(), earlier.document, true);
    held.hold(later);
    held.drop(earlier);
    expect(held.all.get("call_1")).toBe(later);
    expect(held.bySid("sid")).toBe(later);
    expect(await bus.request(HeldCalls.channel("call_1"), {}, 100)).toBe("later");
    held.drop(later);
    expect(held.all.size).toBe(0);
    expect(await bus.request(HeldCalls.channel("call_1"), {}, 20)).toBeUndefined();
  });

  test("keeps the higher epoch, in whatever order the two come", async () => {
    const s = callStage();
    const held = new HeldCalls(inProcessBus(), async () => undefined);
    const first = s.begin(s.connect());
    await first.beginNew();
    const higher = s.begin(s.connect(), { ...first.document, ownerEpoch: 3 }, true);
    const lower = s.begin(null, { ...first.document, ownerEpoch: 2 }, true);
    expect(held.hold(higher)).toBe(true);
    expect(held.hold(lower)).toBe(false);
    expect(held.all.get("call_1")).toBe(higher);
  });
});

test("verbs that jambonz would refuse are not sent: the flow goes on with something else", async () => {
  const s = callStage();
  const connection = s.connect();
  const call = s.begin({
    ...connection,
    redirect: (verbs) => {
      if (verbs[0]?.verb === "collect") throw new Error("24 KB");
      return connection.redirect(verbs);
    },
  });
  await call.beginNew();
  await s.clock.advance(1_000);
  expect(s.sent.at(-1)?.[0]?.verb).toMatch(/play|hangUp/);
});

test("an answer to a hook that jambonz would refuse: the hook is answered with nothing, and the flow goes on with something else", async () => {
  const s = callStage();
  const call = s.begin(s.connect());
  await call.beginNew();
  const answers: (readonly Verb[])[] = [];
  const refusing = {
    answer: (verbs: readonly Verb[]) => {
      if (verbs.length > 0) throw new Error("24 KB");
      answers.push(verbs);
    },
  };
  call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: null, hook: refusing });
  await s.clock.advance(1_000);
  expect(answers).toEqual([[]]);
  expect(s.sent.at(-1)?.[0]?.verb).toMatch(/play|hangUp/);
});

describe("a hang-up that does not get through", () => {
  /** The caller says nothing, twice; what follows goes by `hook`, or by redirect when its answer was lost. */
  const hangsUp = async (s: CallStage, call: LiveCall, { lost = false } = {}) => {
    await call.beginNew();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const entry = s.entryNow(call);
      if (lost) call.handle({ kind: "mediaLost", entry, code: "hookLost", details: "" });
      else call.handle({ kind: "collectEnded", entry, digits: null, hook: s.hook().pending });
      await call.settled();
    }
    expect(call.document.media?.effect.type).toBe("hangUp");
  };

  test("held back and never let go: it is repeated by REST, and the call ends", async () => {
    const s = callStage();
    const heldBack: CallConnection = { ...s.connect(), redirect: () => "heldBack" };
    const call = s.begin(heldBack);
    await hangsUp(s, call, { lost: true });
    await s.clock.advance(60_000);
    expect(s.rest.asked).toContain("hangUp sid");
    expect(s.stored()?.status).toBe("ended");
  });

  test("its socket is lost, and neither jambonz nor REST says a word: the call counts as ended all the same", async () => {
    const s = callStage();
    s.rest.answers = Array(200).fill("unavailable");
    const call = s.begin(s.connect());
    await hangsUp(s, call);
    if (call.connection) call.cut(call.connection, 1006);
    await s.clock.advance(300_000);
    expect(s.stored()?.status).toBe("ended");
  });
});
