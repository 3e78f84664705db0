import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import {
  callStatus,
  legStatus,
  type Switchboard,
  session,
  switchboard,
  USER,
  verbStatus,
} from "./testing/scripted-jambonz.ts";

let board: Switchboard;
beforeEach(async () => {
  board = await switchboard();
});
afterEach(() => board.end());

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

/** The HTTP status that refuses an upgrade, or `cut` when there is none. */
async function refusal(authorization: string | undefined, path = "/telephony", subprotocol = "ws.jambonz.org") {
  const headers = authorization === undefined ? {} : { authorization };
  const line = new WebSocket(`ws://127.0.0.1:${board.port}${path}`, [subprotocol], { headers });
  const refused = new Promise<number | "cut">((resolve) => {
    line.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    line.on("error", () => resolve("cut"));
    line.on("open", () => resolve(101));
  });
  try {
    return await refused;
  } finally {
    line.terminate();
  }
}

describe("who may open a socket", () => {
  const right = `${USER.username}:${USER.password}`;

  test.each([
    ["no password", undefined],
    ["a wrong password", basic("jambonz:open")],
    ["a longer password", basic(`${right}x`)],
    ["a wrong user", basic(`jambon:${USER.password}`)],
    ["no user", basic(`:${USER.password}`)],
    ["an empty header", "Basic "],
    ["another scheme", `Bearer ${Buffer.from(right).toString("base64")}`],
    ["noise", "Basic \u00ff\u00fe"],
  ])("not with %s", async (_what, authorization) => {
    expect(await refusal(authorization)).toBe(401);
    expect(board.core.told).toEqual([]);
  });

  test("with user and password, whatever the query", async () => {
    expect(await refusal(basic(right), "/telephony?x=1")).toBe(101);
  });

  test("other paths are somebody else's", async () => {
    expect(await refusal(basic(right), "/telephony/x")).toBe(404);
    expect(await refusal(basic(right), "/socket.io/")).toBe(404);
  });

  test("another subprotocol is refused", async () => {
    expect(await refusal(basic(right), "/telephony", "audio.drachtio.org")).toBe(400);
  });

  test("a process that stops answers nothing: jambonz tries again after a cut, never after an HTTP status", async () => {
    await board.telephony.close();
    expect(await refusal(basic(right))).toBe("cut");
  });
});

describe("what the core is told", () => {
  test("a call from answer to end, in order", async () => {
    const jambonz = await board.incomingCall();
    const call = board.core.connections[0];
    expect(call?.facts).toMatchObject({ callSid: "call-1", from: "+33142278186", to: "+33970170170" });
    jambonz.send(callStatus("trying", { sip_status: 100 }));
    jambonz.send(callStatus("in-progress"));
    jambonz.send(callStatus("in-progress"));
    call?.redirect([{ verb: "play", id: "e1", url: "http://192.0.2.1/a.wav", actionHook: "/e/1/play" }]);
    jambonz.send(verbStatus("starting", "e1", "play"));
    jambonz.hook("h1", "/e/1/play", { reason: "playCompleted" });
    jambonz.send(verbStatus("finished", "e1", "play"));
    jambonz.send(callStatus("completed", { duration: 3, call_termination_by: "caller" }));
    await jambonz.settled();
    expect(board.core.told).toEqual(["new", "answered", "mediaStarted", "playEnded", "callerGone"]);
    expect(jambonz.heard.at(-1)).toEqual({ type: "ack", msgid: "h1", data: [] });
    jambonz.close(1000);
    await jambonz.closed;
    expect(board.core.told).not.toContain("cut 1000");
  });

  test("legs of this call, and of no other", async () => {
    const jambonz = await board.incomingCall();
    jambonz.send(legStatus("ringing", 180));
    jambonz.send(legStatus("in-progress", 200));
    jambonz.send(callStatus("in-progress", { call_sid: "leg-9", parent_call_sid: "call-9" }));
    jambonz.send(legStatus("completed", 200));
    await jambonz.settled();
    expect(board.core.told).toEqual(["new", "legRinging", "legAnswered", "legEnded"]);
  });

  test("a call that we declined was ended by us", async () => {
    const jambonz = await board.incomingCall();
    board.core.connections[0]?.redirect([{ verb: "sip:decline", status: 486 }]);
    jambonz.send(callStatus("failed", { sip_status: 486 }));
    await jambonz.settled();
    expect(board.core.events).toEqual([{ kind: "callerGone", by: "us", sipStatus: 486, durationMs: 0 }]);
  });

  test("an outbound call's rings come before its session (seen: e1-e6)", async () => {
    const jambonz = await board.connect();
    const outbound = { direction: "outbound", sip_status: 180 };
    jambonz.send(callStatus("trying", outbound));
    jambonz.send(callStatus("ringing", outbound));
    jambonz.send({
      type: "session:new",
      msgid: "new",
      call_sid: "call-1",
      data: session("call-1", { direction: "outbound" }),
    });
    await jambonz.settled();
    expect(board.core.told).toEqual(["new"]);
  });

  test("an outbound call that nobody took never had a session", async () => {
    const jambonz = await board.connect();
    jambonz.send(callStatus("trying", { direction: "outbound", sip_status: 100 }));
    jambonz.send(callStatus("busy", { direction: "outbound", sip_status: 486 }));
    await jambonz.settled();
    expect(board.core.told).toEqual(["aftermath call-1 callerGone"]);
  });

  test("a session that jambonz itself closes without a word is over, a line that is cut is not", async () => {
    const first = await board.incomingCall();
    first.close(1000);
    await expect.poll(() => board.core.told).toEqual(["new", "callerGone"]);
    const second = await board.incomingCall("call-2");
    second.cut();
    await expect.poll(() => board.core.told).toEqual(["new", "callerGone", "new", "cut 1006"]);
    expect(board.telephony.connections()).toEqual([]);
  });

  test("a call that was refused before anything was heard of it is over (close 1001: g1, g3)", async () => {
    const jambonz = await board.incomingCall();
    jambonz.close(1001);
    await expect.poll(() => board.core.told).toEqual(["new", "callerGone"]);
  });
});

test("redirect says what became of the verbs", async () => {
  const music = [{ verb: "play", id: "e1", url: "http://192.0.2.1/a.wav" }];
  const said: unknown[] = [];
  board.core.onNewDo = (call) => said.push(call.redirect(music));
  const jambonz = await board.incomingCall();
  said.push(board.core.connections[0]?.redirect(music));
  jambonz.cut();
  await expect.poll(() => board.core.told).toContain("cut 1006");
  said.push(board.core.connections[0]?.redirect(music));
  expect(said).toEqual(["heldBack", "sent", "closed"]);
});

describe("an answer that was lost with the socket before this one", () => {
  test("of a play: it is over", async () => {
    const jambonz = await board.reconnectedCall();
    jambonz.send(verbStatus("finished", "e4", "play"));
    await jambonz.settled();
    expect(board.core.events).toMatchObject([{ kind: "playEnded", entry: 4, failed: false }]);
    const [event] = board.core.events;
    const verbs = [{ verb: "play", id: "e5", url: "http://192.0.2.1/b.wav" }];
    if (event?.kind === "playEnded") event.hook.answer(verbs);
    await jambonz.settled();
    expect(jambonz.heard.at(-1)).toEqual({ type: "command", command: "redirect", data: verbs });
  });

  test("of a dial: how the leg ended says how it was", async () => {
    const jambonz = await board.reconnectedCall();
    jambonz.send(legStatus("busy", 486));
    jambonz.send(verbStatus("finished", "e4", "dial"));
    await jambonz.settled();
    expect(board.core.events.at(-1)).toMatchObject({ kind: "dialEnded", entry: 4, result: "busy", legSid: "leg-1" });
  });

  test("of a dial of which nothing else is known: lost", async () => {
    const jambonz = await board.reconnectedCall();
    jambonz.send(verbStatus("finished", "e4", "dial"));
    await jambonz.settled();
    expect(board.core.events).toMatchObject([{ kind: "mediaLost", entry: 4, code: "hookLost" }]);
  });

  test("a verb whose hook came, or that was replaced here, is not lost", async () => {
    const jambonz = await board.reconnectedCall();
    jambonz.hook("h1", "/e/4/collect", { digits: "1" });
    jambonz.send(verbStatus("finished", "e4", "gather"));
    await jambonz.settled();
    board.core.connections[0]?.redirect([{ verb: "play", id: "e5", url: "http://192.0.2.1/b.wav" }]);
    jambonz.send(verbStatus("finished", "e3", "gather"));
    await jambonz.settled();
    expect(board.core.told).toEqual(["reconnect", "collectEnded"]);
  });
});

describe("what does not belong", () => {
  test.each([
    ["not JSON", "{"],
    ["no envelope", "[1,2]"],
    ["no type", '{"msgid":"x"}'],
    ["a status without a call", '{"type":"call:status","msgid":"x","data":{"call_status":"completed"}}'],
  ])("is counted, and the call goes on: %s", async (_what, text) => {
    const jambonz = await board.incomingCall();
    jambonz.send(text);
    jambonz.send(callStatus("in-progress"));
    await jambonz.settled();
    expect(board.counted).toEqual(["malformed"]);
    expect(board.core.told).toEqual(["new", "answered"]);
  });

  test("malformed hooks and sessions are acked, or the caller would wait for it", async () => {
    const jambonz = await board.incomingCall();
    jambonz.send({ type: "verb:hook", msgid: "h1", hook: "/e/1/dial", data: { dial_sip_status: "200" } });
    jambonz.send({ type: "dial:confirm", msgid: "h2", hook: "/confirm", data: {} });
    await jambonz.settled();
    expect(jambonz.heard.slice(1)).toEqual([
      { type: "ack", msgid: "h1", data: [] },
      { type: "ack", msgid: "h2", data: [] },
    ]);
  });

  test("a message that is too long ends its own socket only", async () => {
    await board.end();
    board = await switchboard({ maxPayloadBytes: 4_096 });
    const first = await board.incomingCall();
    const second = await board.incomingCall("call-2");
    first.send({ type: "call:status", data: { padding: "x".repeat(5_000) } });
    expect(await first.closed).toBe(1009);
    await second.settled();
    expect(board.telephony.connections()).toHaveLength(1);
  });

  test("a core that throws does not end the call", async () => {
    const jambonz = await board.incomingCall();
    board.core.onEventDo = () => {
      throw new Error("a bug");
    };
    jambonz.send(callStatus("in-progress"));
    await jambonz.settled();
    expect(board.counted).toEqual(["handlerThrew"]);
    expect(board.core.connections[0]?.open).toBe(true);
  });
});

test("closing waits for a peer that does not close its side, but not for ever", async () => {
  const line = new WebSocket(`ws://127.0.0.1:${board.port}/telephony`, ["ws.jambonz.org"], {
    headers: { authorization: basic(`${USER.username}:${USER.password}`) },
  });
  await once(line, "open");
  line.pause();
  const closed = board.telephony.close();
  board.clock.advance(2_000);
  await closed;
  line.terminate();
});
