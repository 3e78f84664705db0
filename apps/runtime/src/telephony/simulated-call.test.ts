/** Whole calls through the stand-in for jambonz, over real sockets and in real time: what the pieces do together. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { MediaEffect } from "@cordboard/node-kit";
import { type RunningSimulator, startSimulator } from "@cordboard/simulator/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../ports/index.ts";
import { createJambonzRest } from "./jambonz-rest.ts";
import { renderMedia } from "./render-media.ts";
import { createTelephony, type Telephony } from "./telephony.ts";
import { type RecordedCore, recordedCore, USER } from "./testing/scripted-jambonz.ts";
import { silentWav } from "./testing/silent-wav.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };
const server = createServer((request, response) => {
  if (request.url?.startsWith("/media/")) response.writeHead(200, { "content-type": "audio/wav" }).end(silentWav(200));
  else response.writeHead(404).end();
});
let core: RecordedCore;
let telephony: Telephony;
let simulator: RunningSimulator;
let counted: string[];

const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const waitFor = (kind: string) => expect.poll(() => core.told, { timeout: 10_000 }).toContain(kind);
const call = () => core.connections.at(-1)!;

function render(
  effect: MediaEffect,
  answered = true,
  { handedOver = false, unanswered = false, anchored = false } = {},
) {
  return renderMedia(effect, {
    answered,
    handedOver,
    unanswered,
    anchored,
    resolvePrompt: (prompt) => ({
      url: `http://${address()}/media/${prompt.kind === "media" ? prompt.media : "x"}.wav`,
    }),
    resolveTarget: (target) => ({ type: "user", name: target.kind === "user" ? target.name : "nobody" }),
    callerId: null,
    hidden: false,
    headers: {},
  });
}
const prompt = (media: string) => ({ kind: "media", media }) as const;
const greeting = () => render({ type: "play", entry: 1, keys: "", prompt: prompt("welcome") }, false);
const menu = () =>
  render({
    ...{ type: "collect", entry: 2, prompt: prompt("menu"), minDigits: 1, maxDigits: 1, finishOnKey: null },
    ...{ patienceMs: 5_000, interDigitMs: null, secret: false },
  });
const hold = (entry: number) =>
  render({ type: "hold", entry, keys: "", playlist: [prompt("music"), prompt("advert")] });
const ring = (handedOver = false, anchored = false) => {
  const target = { kind: "user", name: "ines@desk.example" } as const;
  const dial = { type: "dial", entry: 4, target, ringMs: 20_000, music: prompt("ring"), offerId: null } as const;
  return render(dial, true, { handedOver, anchored });
};

beforeEach(async () => {
  core = recordedCore();
  counted = [];
  telephony = createTelephony({
    handler: core,
    path: "/telephony",
    credentials: USER,
    clock: systemClock(),
    log,
    count: (what) => counted.push(what),
  });
  server.removeAllListeners("upgrade");
  server.on("upgrade", (request, socket, head) => {
    telephony.handleUpgrade(request, socket, head);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  simulator = await startSimulator({
    application: { callHook: `ws://${address()}/telephony`, auth: USER },
    restPort: 0,
    accountSid: "acc-1",
    apiKey: "key",
    telephones: [{ id: "ines", addresses: ["ines@desk.example"] }],
  });
  core.onNewDo = (connection) => connection.redirect(greeting());
});

afterEach(async () => {
  await simulator.close();
  await telephony.close();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

test("greeting, menu, music, an operator who answers and hangs up", async () => {
  core.onEventDo = (connection, event) => {
    if (event.kind === "playEnded") event.hook.answer(menu());
    if (event.kind === "mediaStarted" && event.entry === 2) simulator.telephones.press("caller", "2");
    if (event.kind === "collectEnded") event.hook.answer(hold(3));
    if (event.kind === "mediaStarted" && event.entry === 3) connection.redirect(ring());
    if (event.kind === "legRinging") simulator.telephones.answer("ines");
    if (event.kind === "legAnswered") simulator.telephones.hangup("ines");
    if (event.kind === "dialEnded") event.hook.answer(render({ type: "hangUp", declineStatus: 486 }));
  };
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await waitFor("callerGone");
  const told = core.told.filter((what) => what !== "mediaStarted");
  const story = ["new", "answered", "playEnded", "collectEnded", "legRinging", "legAnswered", "legEnded", "dialEnded"];
  expect(told.filter((what) => what !== "strayHook")).toEqual([...story, "callerGone"]);
  expect(core.events).toContainEqual(expect.objectContaining({ kind: "collectEnded", entry: 2, digits: "2" }));
  expect(core.events).toContainEqual(expect.objectContaining({ kind: "dialEnded", entry: 4, result: "completed" }));
  expect(core.events.at(-1)).toMatchObject({ kind: "callerGone", by: "us" });
  expect(counted).toEqual([]);
});

test("what is played before the answer costs the caller nothing; the question after it answers", async () => {
  const early = { type: "play", entry: 1, keys: "", prompt: prompt("welcome") } as const;
  const music = { type: "hold", entry: 3, keys: "", playlist: [prompt("music")] } as const;
  core.onNewDo = (connection) => connection.redirect(render(early, false, { unanswered: true }));
  core.onEventDo = (connection, event) => {
    if (event.kind === "playEnded") event.hook.answer(render(music, false, { unanswered: true }));
    if (event.kind === "mediaStarted" && event.entry === 3) {
      core.told.push("music");
      connection.redirect([{ verb: "answer" }, ...menu()]);
    }
    if (event.kind === "mediaStarted" && event.entry === 2) simulator.telephones.press("caller", "2");
    if (event.kind === "collectEnded") event.hook.answer(render({ type: "hangUp", declineStatus: 603 }));
  };
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await waitFor("callerGone");
  const told = core.told.filter((what) => what !== "mediaStarted" && what !== "strayHook");
  expect(told).toEqual(["new", "playEnded", "music", "answered", "collectEnded", "callerGone"]);
});

test("a call that an exchange diverted here says what its caller had dialled", async () => {
  let first: string | null | undefined;
  core.onNewDo = (connection) => {
    first = connection.facts.firstDialled;
    simulator.telephones.hangup("caller");
  };
  const headers = {
    Diversion: "<sip:200@pbx.example>;reason=no-answer, <sip:+33155500100@pbx.example>;reason=unconditional",
  };
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170", headers });
  await waitFor("new");
  await waitFor("callerGone");
  expect(first).toBe("+33155500100");
});

test("a caller who heard something and is turned away before the answer is declined", async () => {
  const early = { type: "play", entry: 1, keys: "", prompt: prompt("welcome") } as const;
  core.onNewDo = (connection) => connection.redirect(render(early, false, { unanswered: true }));
  core.onEventDo = (_connection, event) => {
    if (event.kind === "playEnded") event.hook.answer(render({ type: "hangUp", declineStatus: 603 }, false));
  };
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await waitFor("callerGone");
  expect(core.told).not.toContain("answered");
  await expect.poll(() => simulator.telephones.get("caller")?.call?.endedBy).toContain("603");
});

test("a call that is declined hears its status", async () => {
  core.onNewDo = (connection) => connection.redirect(render({ type: "hangUp", declineStatus: 486 }, false));
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await waitFor("callerGone");
  expect(core.told).not.toContain("answered");
  expect(core.events.at(-1)).toMatchObject({ kind: "callerGone", by: "us", sipStatus: 486 });
  await expect.poll(() => simulator.telephones.get("caller")?.call?.endedBy).toContain("486");
});

test("a line that is cut in hold music comes back, and the music never stopped", async () => {
  core.onEventDo = (_connection, event) => {
    if (event.kind === "playEnded" && event.entry === 1) event.hook.answer(hold(3));
  };
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await waitFor("playEnded");
  await expect.poll(() => core.events.some((event) => event.kind === "mediaStarted" && event.entry === 3)).toBe(true);
  call().release("a test");
  await waitFor("cut 1001");
  await waitFor("reconnect");
  // Between two files there is a moment of silence; a verb that had ended would stay silent.
  await expect.poll(() => simulator.telephones.get("caller")?.call?.hears.kind).toBe("audio");
  core.onEventDo = (_connection, event) => {
    if (event.kind === "legRinging") simulator.telephones.reject("ines", 486);
    if (event.kind === "dialEnded") event.hook.answer(hold(5));
  };
  call().redirect(ring());
  await waitFor("dialEnded");
  expect(core.events).toContainEqual(expect.objectContaining({ kind: "dialEnded", entry: 4, result: "busy" }));
  await expect.poll(() => core.events.some((event) => event.kind === "mediaStarted" && event.entry === 5)).toBe(true);
  simulator.telephones.hangup("caller");
  await waitFor("callerGone");
  expect(core.events.at(-1)).toMatchObject({ kind: "callerGone", by: "caller" });
});

test("a caller is handed to the exchange, or stays when it cannot take them", async () => {
  core.onEventDo = (_connection, event) => {
    if (event.kind === "playEnded") event.hook.answer(ring(true));
    if (event.kind === "referProgress" && event.status === 180) simulator.telephones.reject("ines", 486);
    if (event.kind === "referEnded") event.hook.answer(hold(5));
  };
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await waitFor("referEnded");
  expect(core.events.filter(({ kind }) => kind === "referProgress")).toMatchObject([
    { entry: 4, status: 100 },
    { entry: 4, status: 180 },
    { entry: 4, status: 486 },
  ]);
  expect(core.events).toContainEqual(
    expect.objectContaining({ kind: "referEnded", entry: 4, status: 202, final: 486 }),
  );
  await expect.poll(() => core.events.some((event) => event.kind === "mediaStarted" && event.entry === 5)).toBe(true);

  core.onEventDo = (_connection, event) => {
    if (event.kind === "referProgress" && event.status === 180) simulator.telephones.answer("ines");
  };
  call().redirect(ring(true));
  await waitFor("callerGone");
  expect(simulator.telephones.get("caller")?.call).toMatchObject({ phase: "talking", hears: { kind: "bridged" } });
  expect(counted).toEqual([]);
});

test("what is told a leg that was parted a moment ago is not lost: it is silent, and hung up", async () => {
  const room = [{ verb: "conference", id: "a1", name: "call-1", beep: false, endConferenceOnExit: false }];
  core.onNewDo = (connection) => connection.redirect([{ verb: "answer" }, ...ring(false, true)]);
  const caller = () => core.connections[0];
  core.onEventDo = (_connection, event) => {
    if (event.kind === "legRinging") simulator.telephones.answer("ines");
    if (event.kind === "legAnswered") caller()?.command({ kind: "part", verbs: room });
    if (event.kind === "dialEnded") event.hook.answer(room);
  };
  core.onPartedDo = (connection) => connection.command({ kind: "mute", muted: true, legSid: null });
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  const hears = (id: string) => simulator.telephones.get(id)?.call?.hears.kind;
  await expect.poll(() => [hears("caller"), hears("ines")], { timeout: 10_000 }).toEqual(["silence", "bridged"]);
  expect(call().command({ kind: "mute", muted: false, legSid: null })).toBe(true);
  await expect.poll(() => hears("caller"), { timeout: 10_000 }).toBe("bridged");
  expect(call().redirect(room)).toBe("sent");
  call().command({ kind: "hangUp" });
  await expect.poll(() => simulator.telephones.get("ines")?.phase, { timeout: 10_000 }).toBe("idle");
});

test("REST brings a call back with what is presented next, hangs it up, and knows who is gone", async () => {
  const rest = createJambonzRest({
    apiUrl: simulator.restUrl,
    accountSid: "acc-1",
    apiKey: "key",
    callHook: `ws://${address()}/telephony`,
    applicationSid: "app-1",
    log,
  });
  core.onEventDo = (_connection, event) => {
    if (event.kind === "playEnded" && event.entry === 1) event.hook.answer(hold(3));
  };
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await expect.poll(() => core.events.some((event) => event.kind === "mediaStarted" && event.entry === 3)).toBe(true);
  const { callSid } = call().facts;
  expect(await rest.reclaim(callSid)).toBe("asked");
  call().redirect(hold(6));
  await expect.poll(() => core.events.some((event) => event.kind === "mediaStarted" && event.entry === 6)).toBe(true);
  expect(await rest.hangUp(callSid)).toBe("asked");
  await waitFor("callerGone");
  await expect.poll(() => rest.hangUp(callSid)).toBe("gone");
  expect(await rest.reclaim("never-was")).toBe("gone");
});
