/**
 * The rules of talking to jambonz, each with the tests that fail when it is switched off (`npm run test:rules`; the switches are in
 * test/rules/switches.ts): those of a call that goes on. Ends and reconnections are in reconnection-rules.test.ts. The rules' numbers are those of
 * docs/decisions/0002-our-own-jambonz-socket.md.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Verb } from "../ports/index.ts";
import { ack, hookOf, music, redirect, ring } from "./testing/rule-words.ts";
import {
  callStatus,
  legStatus,
  type Switchboard,
  session,
  switchboard,
  verbStatus,
} from "./testing/scripted-jambonz.ts";

const menu: Verb[] = [
  { verb: "gather", id: "e2", input: ["digits"], numDigits: 1, timeout: 5, actionHook: "/e/2/collect" },
];

let board: Switchboard;
beforeEach(async () => {
  board = await switchboard();
});
afterEach(() => board.end());

const connection = () => board.core.connections.at(-1)!;

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
