/**
 * The rules of talking to jambonz, each with the tests that fail when it is switched off (`npm run test:rules`; the switches are in
 * test/rules/switches.ts). The rules' numbers are those of docs/decisions/0002-our-own-jambonz-socket.md.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PendingHook, TelephonyEvent, Verb } from "../ports/index.ts";
import { renderMedia } from "./render-media.ts";
import {
  callStatus,
  legStatus,
  type Switchboard,
  session,
  switchboard,
  verbStatus,
} from "./testing/scripted-jambonz.ts";

const music: Verb[] = [
  { verb: "play", id: "e1", url: ["http://192.0.2.1/media/a.wav"], loop: "forever", actionHook: "/e/1/play" },
];
const menu: Verb[] = [
  { verb: "gather", id: "e2", input: ["digits"], numDigits: 1, timeout: 5, actionHook: "/e/2/collect" },
];
const ring: Verb[] = [
  {
    verb: "dial",
    id: "e3",
    target: [{ type: "user", name: "ines@example.com" }],
    timeout: 20,
    actionHook: "/e/3/dial",
  },
];
const ack = (msgid: string, data: readonly Verb[]) => ({ type: "ack", msgid, data });
const redirect = (data: readonly Verb[]) => ({ type: "command", command: "redirect", data });

let board: Switchboard;
beforeEach(async () => {
  board = await switchboard();
});
afterEach(() => board.end());

const connection = () => board.core.connections.at(-1)!;
const hookOf = (event: TelephonyEvent | undefined): PendingHook => {
  if (!event || !("hook" in event)) throw new Error(`no hook in ${event?.kind}`);
  return event.hook;
};

describe("rule 1: session:new is acked at once, with config alone", () => {
  const newCall = { type: "session:new", msgid: "new", call_sid: "call-1", data: session("call-1") };
  const config = [{ verb: "config", notifyEvents: true }];

  test("rule 1: the ack leaves before the core is told, and asks for verb events", async () => {
    board.core.onNewDo = (call) => call.redirect(music);
    const jambonz = await board.incomingCall();
    expect(jambonz.heard).toEqual([ack("new", config), redirect(music)]);
  });

  test("rule 1: what follows waits for jambonz's next word: before that its session listens to no command", async () => {
    board.core.onNewDo = (call) => call.redirect(menu);
    const jambonz = await board.connect();
    jambonz.send(newCall);
    await jambonz.settled();
    connection().redirect(music);
    await jambonz.settled();
    expect(jambonz.heard).toEqual([ack("new", config)]);
    jambonz.send(callStatus("trying", { sip_status: 100 }));
    await jambonz.settled();
    expect(jambonz.heard).toEqual([ack("new", config), redirect(music)]);
  });

  test("rule 1: a session that says nothing more is not waited for longer than a second", async () => {
    board.core.onNewDo = (call) => call.redirect(music);
    const jambonz = await board.connect();
    jambonz.send(newCall);
    await jambonz.settled();
    board.clock.advance(1_000);
    await jambonz.settled();
    expect(jambonz.heard).toEqual([ack("new", config), redirect(music)]);
  });
});

describe("rule 2: every list is validated before it is sent", () => {
  test("rule 2: an unknown property is refused and nothing leaves", async () => {
    const jambonz = await board.incomingCall();
    const before = jambonz.heard.length;
    expect(() => connection().redirect([{ verb: "play", url: "http://192.0.2.1/a.wav", volume: 3 }])).toThrow(/volume/);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([]);
  });

  test("rule 2: a hook's answer too", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(menu);
    jambonz.hook("h1", "/e/2/collect", { digits: "1", reason: "dtmfDetected" });
    await jambonz.settled();
    const before = jambonz.heard.length;
    expect(() => hookOf(board.core.events.at(-1)).answer([{ verb: "playy", url: "x" }])).toThrow(/playy/);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([]);
  });

  test("rule 2: a list that jambonz would close the socket over is refused", async () => {
    const jambonz = await board.incomingCall();
    const before = jambonz.heard.length;
    const long = Array.from({ length: 400 }, (_, i) => `http://192.0.2.1/media/${String(i).padStart(64, "0")}.wav`);
    expect(() => connection().redirect([{ verb: "play", url: long }])).toThrow(/bytes/);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([]);
  });

  test("rule 2: also where it would be held back: who presents it hears of it, and no timer later", async () => {
    const long = [{ verb: "say", text: "é".repeat(13_000) }];
    let presented: unknown;
    board.core.onNewDo = (call) => {
      try {
        presented = call.redirect(long);
      } catch (error) {
        presented = error;
      }
    };
    const jambonz = await board.connect();
    jambonz.send({ type: "session:new", msgid: "new", call_sid: "call-1", data: session("call-1") });
    await jambonz.settled();
    expect(presented).toMatchObject({ code: "telephony.invalidVerbs" });
    board.clock.advance(1_000);
    await jambonz.settled();
    expect(jambonz.heard).toEqual([expect.objectContaining({ type: "ack", msgid: "new" })]);
  });
});

describe("rule 3: every hook is acked in time, by its own msgid", () => {
  test("rule 3: two open hooks are each acked with their own", async () => {
    const jambonz = await board.reconnectedCall();
    jambonz.hook("h1", "/e/2/collect", { digits: "1" });
    jambonz.hook("h2", "/e/4/play", { reason: "playCompleted" });
    await jambonz.settled();
    const [first, second] = board.core.events;
    hookOf(first).answer([]);
    hookOf(second).answer([]);
    await jambonz.settled();
    expect(jambonz.heard.slice(1)).toEqual([ack("h1", []), ack("h2", [])]);
  });

  test("rule 3: after 3 s a hook is acked empty, and the answer follows by redirect", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(menu);
    jambonz.hook("h1", "/e/2/collect", { digits: "1" });
    await jambonz.settled();
    const before = jambonz.heard.length;
    board.clock.advance(2_999);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([]);
    board.clock.advance(1);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([ack("h1", [])]);
    hookOf(board.core.events.at(-1)).answer(music);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([ack("h1", []), redirect(music)]);
  });
});

describe("rule 4: a redirect leaves no ack that could override it", () => {
  test("rule 4: an open hook is acked empty before the redirect, and its answer is dropped", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(menu);
    jambonz.hook("h1", "/e/2/collect", { digits: "1" });
    await jambonz.settled();
    const before = jambonz.heard.length;
    connection().redirect(music);
    hookOf(board.core.events.at(-1)).answer(menu);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([ack("h1", []), redirect(music)]);
    expect(board.counted).toContain("staleAnswer");
  });

  test("rule 4: the hook of a verb that was killed is acked empty and gives the core nothing to answer", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(music);
    connection().redirect(menu);
    jambonz.hook("h1", "/e/1/play", { reason: "playCompleted" });
    await jambonz.settled();
    expect(jambonz.heard.at(-1)).toEqual(ack("h1", []));
    expect(board.core.events).toEqual([{ kind: "strayHook", path: "/e/1/play" }]);
  });
});

describe("rule 4: nor an ack that left before it", () => {
  test("rule 4: a redirect waits until the verbs of the ack before it have started", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(music);
    jambonz.hook("h1", "/e/1/play", { status: "fail", reason: "playFailed" });
    await jambonz.settled();
    const before = jambonz.heard.length;
    hookOf(board.core.events.at(-1)).answer(menu);
    connection().redirect(ring);
    jambonz.send(verbStatus("finished", "e1", "play"));
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([ack("h1", menu)]);
    jambonz.send(verbStatus("starting", "e2", "gather"));
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([ack("h1", menu), redirect(ring)]);
  });

  test("rule 4: but not for long", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(music);
    jambonz.hook("h1", "/e/1/play", { status: "fail", reason: "playFailed" });
    await jambonz.settled();
    hookOf(board.core.events.at(-1)).answer(menu);
    connection().redirect(ring);
    board.clock.advance(250);
    await jambonz.settled();
    expect(jambonz.heard.at(-1)).toEqual(redirect(ring));
  });
});

describe("rule 5: only `completed` is a conversation", () => {
  test.each([
    ["completed", 200, "completed"],
    ["in-progress", 200, "silent"],
    ["trying", 100, "unreachable"],
    ["ringing", 180, "silent"],
    ["no-answer", 487, "silent"],
    ["busy", 486, "busy"],
    ["failed", 603, "busy"],
    ["failed", 404, "unreachable"],
    ["failed", 408, "unreachable"],
  ])("rule 5: a dial that ends with %s %i is %s", async (status, sipStatus, result) => {
    const jambonz = await board.incomingCall();
    connection().redirect(ring);
    jambonz.hook("h1", "/e/3/dial", { dial_call_status: status, dial_sip_status: sipStatus, dial_call_sid: "leg-1" });
    await jambonz.settled();
    expect(board.core.events).toMatchObject([{ kind: "dialEnded", entry: 3, result, sipStatus, legSid: "leg-1" }]);
  });
});

describe("rule 6: a telephone that rings is not cut by a redirect", () => {
  test("rule 6: what is presented meanwhile waits for the dial to end, and then follows its ack", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(ring);
    jambonz.send(legStatus("ringing", 180));
    await jambonz.settled();
    const before = jambonz.heard.length;
    connection().redirect(menu);
    connection().redirect(music);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([]);
    jambonz.send(legStatus("no-answer", 487));
    jambonz.hook("h1", "/e/3/dial", { dial_call_status: "no-answer", dial_sip_status: 487, dial_call_sid: "leg-1" });
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([ack("h1", []), redirect(music)]);
    expect(board.core.told).toEqual(["new", "legRinging", "legEnded", "dialEnded"]);
  });

  test("rule 6: an answer lets the redirect go: a connected dial can be redirected", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(ring);
    const before = jambonz.heard.length;
    connection().redirect(music);
    await jambonz.settled();
    expect(jambonz.heard.slice(before + 1)).toEqual([]);
    jambonz.send(legStatus("in-progress", 200));
    await jambonz.settled();
    expect(jambonz.heard.at(-1)).toEqual(redirect(music));
  });

  test("rule 6: a dial that never says how it ended holds nothing back for longer than its ring time", async () => {
    const jambonz = await board.incomingCall();
    connection().redirect(ring);
    await jambonz.settled();
    const before = jambonz.heard.length;
    connection().redirect(music);
    board.clock.advance(22_999);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([]);
    board.clock.advance(1);
    await jambonz.settled();
    expect(jambonz.heard.slice(before)).toEqual([redirect(music)]);
  });
});

describe("rule 7: a live call's socket is never closed with 1000", () => {
  test("rule 7: released, it closes with 1001 and the core hears of the cut", async () => {
    const jambonz = await board.incomingCall();
    connection().release("moving");
    expect(await jambonz.closed).toBe(1001);
    await expect.poll(() => board.core.told).toEqual(["new", "cut 1001"]);
  });

  test("rule 7: finished by mistake, a live call is handed back", async () => {
    const jambonz = await board.incomingCall();
    connection().finish();
    expect(await jambonz.closed).toBe(1001);
  });

  test("rule 7: a process that stops hands its calls back", async () => {
    const jambonz = await board.incomingCall();
    const closed = board.telephony.close();
    expect(await jambonz.closed).toBe(1001);
    await closed;
    expect(board.telephony.connections()).toEqual([]);
  });

  test("rule 7: what REST brings back is acked only with what is presented next: any other ack would stop what runs", async () => {
    const jambonz = await board.reconnectedCall();
    jambonz.send({
      type: "session:redirect",
      msgid: "r1",
      call_sid: "call-1",
      hook: "ws://192.0.2.1/telephony",
      data: {},
    });
    await jambonz.settled();
    expect(jambonz.heard).toEqual([expect.objectContaining({ type: "ack", msgid: "back" })]);
    connection().redirect(music);
    await jambonz.settled();
    expect(jambonz.heard.slice(1)).toEqual([ack("r1", music)]);
  });
});

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
