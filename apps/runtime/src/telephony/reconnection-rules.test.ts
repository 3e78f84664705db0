/**
 * The rules of talking to jambonz where a socket comes back, a call ends, or an answer never came: each with the tests that fail when it is switched off
 * (see rules.test.ts).
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { renderMedia } from "./render-media.ts";
import { ack, hookOf, music, redirect, ring } from "./testing/rule-words.ts";
import { callStatus, type Switchboard, session, switchboard, verbStatus } from "./testing/scripted-jambonz.ts";

let board: Switchboard;
beforeEach(async () => {
  board = await switchboard();
});
afterEach(() => board.end());

const connection = () => board.core.connections.at(-1)!;

describe("rule 8: session:reconnect is acked at once, with config alone", () => {
  test("rule 8: the ack leaves before the core is told, and would do as the lost ack of session:new", async () => {
    board.core.onReconnectDo = (call) => call.redirect(music);
    const jambonz = await board.reconnectedCall();
    expect(jambonz.heard).toEqual([ack("back", [expect.objectContaining({ verb: "config" })]), redirect(music)]);
    expect(board.core.told).toEqual(["reconnect"]);
  });
});

describe("rule 9: no message revives a call that has ended", () => {
  test("rule 9: a socket whose first message is the end of a call is aftermath, and is closed by us", async () => {
    const jambonz = await board.connect();
    jambonz.send(callStatus("completed", { duration: 7, call_termination_by: "caller" }));
    await jambonz.settled();
    expect(board.core.told).toEqual(["aftermath call-1 callerGone"]);
    expect(board.telephony.connections()).toEqual([]);
    board.clock.advance(1_000);
    expect(await jambonz.closed).toBe(1000);
  });

  test("rule 9: the session:new of a call that is over begins nothing", async () => {
    const jambonz = await board.connect();
    jambonz.send(callStatus("completed", { duration: 0 }));
    jambonz.send({
      type: "session:new",
      msgid: "late",
      call_sid: "call-1",
      data: session("call-1", { direction: "outbound" }),
    });
    await jambonz.settled();
    expect(board.core.told).toEqual(["aftermath call-1 callerGone"]);
    expect(jambonz.heard).toEqual([ack("late", [])]);
  });

  const placed = (status: string, sipStatus: number) =>
    callStatus(status, {
      ...(session("call-1", { direction: "outbound", customerData: { call: "call_7" } }) as object),
      ...{ call_status: status, sip_status: sipStatus },
    });

  test("rule 9: a call that we placed is known from its first status, and answered when its session comes", async () => {
    const jambonz = await board.connect();
    for (const [status, sipStatus] of [
      ["trying", 100],
      ["ringing", 180],
      ["in-progress", 200],
    ] as const) {
      jambonz.send(placed(status, sipStatus));
    }
    await jambonz.settled();
    expect(board.core.told).toEqual(["placed call_7", "placedRinging"]);
    expect(connection().redirect(music)).toBe("closed");
    const data = session("call-1", { direction: "outbound", customerData: { call: "call_7" } });
    jambonz.send({ type: "session:new", msgid: "new", call_sid: "call-1", data });
    jambonz.send(verbStatus("finished", "", "config"));
    await jambonz.settled();
    expect(board.core.told).toEqual(["placed call_7", "placedRinging", "placedAnswered"]);
    connection().redirect(music);
    await jambonz.settled();
    expect(jambonz.heard).toEqual([ack("new", [expect.objectContaining({ verb: "config" })]), redirect(music)]);
    jambonz.send(callStatus("completed", { duration: 7, call_termination_by: "caller", direction: "outbound" }));
    await jambonz.settled();
    expect(board.core.events.at(-1)).toMatchObject({ kind: "callerGone", by: "caller" });
    expect(board.core.events.at(-1)).not.toHaveProperty("unanswered");
  });

  test.each([
    ["busy", 486, "busy"],
    ["no-answer", 487, "silent"],
    ["failed", 503, "unreachable"],
  ])(
    "rule 9: a call that we placed and that ends %s was not answered, and gets no session",
    async (status, sip, how) => {
      const jambonz = await board.connect();
      jambonz.send(placed("trying", 100));
      jambonz.send(placed(status, sip));
      await jambonz.settled();
      expect(board.core.events).toEqual([
        expect.objectContaining({ kind: "callerGone", by: "network", unanswered: how }),
      ]);
    },
  );

  test("rule 9: jambonz that comes back with a call which is not answered is acked, and says which it is afterwards", async () => {
    const jambonz = await board.connect();
    jambonz.send({ type: "session:reconnect", msgid: "back", data: {} });
    jambonz.send(placed("busy", 486));
    await jambonz.settled();
    expect(jambonz.heard).toEqual([ack("back", [])]);
    expect(board.core.told).toEqual(["aftermath call_7 callerGone"]);
    expect(board.counted).toEqual([]);
  });

  test("rule 9: who picked up and hung up while no socket was there is gone, also where only the answer is told", async () => {
    const jambonz = await board.connect();
    jambonz.send(placed("in-progress", 200));
    await jambonz.settled();
    await board.clock.advance(4_900);
    expect(board.core.told).toEqual(["placed call_7"]);
    await board.clock.advance(200);
    expect(board.core.events).toEqual([expect.objectContaining({ kind: "callerGone", by: "caller" })]);
    expect(await jambonz.closed).toBe(1000);
  });

  test("rule 9: after the end hooks are acked, nothing is presented, and `answered` is not said again", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(ring);
    jambonz.send(callStatus("completed", { duration: 3, call_termination_by: "caller" }));
    jambonz.hook("h1", "/e/3/dial", { dial_call_status: "ringing", dial_sip_status: 180 });
    jambonz.send(callStatus("in-progress"));
    await jambonz.settled();
    const before = jambonz.heard.length;
    expect(jambonz.heard.at(-1)).toEqual(ack("h1", []));
    expect(board.core.told).toEqual(["new", "callerGone", "dialEnded"]);
    connection().redirect(music);
    hookOf(board.core.events.at(-1)).answer(music);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([]);
  });
});

describe("rule 8: what was presented on the socket before, and is presented again", () => {
  const question = [
    { verb: "gather", id: "e4", actionHook: "/e/4/collect", input: ["digits"], numDigits: 1, timeout: 5 },
  ];
  const target = [{ type: "user", name: "ines@example.com" }];
  const ringing = [{ verb: "dial", id: "e4", actionHook: "/e/4/dial", target, timeout: 20 }];

  test.each([
    ["gather", question],
    ["dial", ringing],
  ])("rule 8: the end of the %s that was killed for it is not its own", async (name, verbs) => {
    const jambonz = await board.reconnectedCall();
    board.core.connections[0]?.redirect(verbs);
    jambonz.send(verbStatus("finished", "e4", name));
    await jambonz.settled();
    expect(board.core.told).toEqual(["reconnect"]);
  });

  test("rule 10: its own end is told when that comes without its hook", async () => {
    const jambonz = await board.reconnectedCall();
    board.core.connections[0]?.redirect(question);
    for (const event of ["starting", "finished"]) jambonz.send(verbStatus(event, "e4", "gather"));
    await jambonz.settled();
    expect(board.core.told).toEqual(["reconnect", "mediaStarted", "mediaLost"]);
  });

  test("rule 8: what the killed dial posts is acked with nothing, or that would win over the one that rings", async () => {
    const jambonz = await board.reconnectedCall();
    board.core.connections[0]?.redirect(ringing);
    jambonz.hook("h1", "/e/4/dial", { dial_call_status: "no-answer", dial_sip_status: 487 });
    await jambonz.settled();
    expect(jambonz.heard.at(-1)).toEqual({ type: "ack", msgid: "h1", data: [] });
    expect(board.core.told).toEqual(["reconnect", "strayHook"]);
    jambonz.send(verbStatus("starting", "e4", "dial"));
    jambonz.hook("h2", "/e/4/dial", { dial_call_status: "busy", dial_sip_status: 486 });
    await jambonz.settled();
    expect(board.core.events.at(-1)).toMatchObject({ kind: "dialEnded", entry: 4, result: "busy" });
  });

  test("rule 8: a key that was pressed before it was heard again counts", async () => {
    const jambonz = await board.reconnectedCall();
    board.core.connections[0]?.redirect(question);
    jambonz.hook("h1", "/e/4/collect", { digits: "2", reason: "dtmfDetected" });
    await jambonz.settled();
    expect(board.core.events.at(-1)).toMatchObject({ kind: "collectEnded", entry: 4, digits: "2" });
  });
});

describe("rule 10: an end before the answer is a refusal", () => {
  const context = {
    resolvePrompt: () => ({ url: "http://192.0.2.1/media/a.wav" }),
    resolveTarget: () => ({ type: "user", name: "ines@example.com" }) as const,
    callerId: null,
    hidden: false,
    headers: {},
  };

  test("rule 10: unanswered, the call is declined with its status; answered, it is hung up", () => {
    const hangUp = { type: "hangUp", declineStatus: 486 } as const;
    expect(renderMedia(hangUp, { ...context, answered: false })).toEqual([{ verb: "sip:decline", status: 486 }]);
    expect(renderMedia(hangUp, { ...context, answered: true })).toEqual([{ verb: "hangup" }]);
  });

  test("rule 10: a list that runs out is told, so that nobody waits in silence unseen", async () => {
    const jambonz = await board.reconnectedCall();
    jambonz.send(verbStatus("finished", "e2", "gather"));
    await jambonz.settled();
    expect(board.core.events).toMatchObject([{ kind: "mediaLost", entry: 2, code: "hookLost" }]);
  });
});
