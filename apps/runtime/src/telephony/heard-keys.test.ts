/** Keys while something is played, and recordings, through the stand-in for jambonz: real sockets, real time. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { MediaEffect } from "@cordboard/node-kit";
import { type RunningSimulator, startSimulator } from "@cordboard/simulator/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { systemClock } from "../ports/index.ts";
import type { Spoken } from "./render-heard.ts";
import { renderMedia } from "./render-media.ts";
import { createTelephony, type Telephony } from "./telephony.ts";
import { type RecordedCore, recordedCore, USER } from "./testing/scripted-jambonz.ts";
import { silentWav } from "./testing/silent-wav.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** Length of the audio at `/media/<name>-<ms>.wav`; anything else is missing. */
const server = createServer((request, response) => {
  const ms = /^\/media\/\w+-(\d+)\.wav$/.exec(request.url ?? "")?.[1];
  if (ms === undefined) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": "audio/wav" }).end(silentWav(Number(ms)));
});
const audio = new WebSocketServer({ noServer: true, handleProtocols: () => "audio.drachtio.org" });
let core: RecordedCore;
let telephony: Telephony;
let simulator: RunningSimulator;
/** What the caller began to hear, in order. */
let heard: string[];

const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const prompt = (media: string) => ({ kind: "media", media }) as const;
const music = (keys: string, ...playlist: string[]): MediaEffect => ({
  type: "hold",
  entry: 3,
  keys,
  playlist: playlist.map(prompt),
});
const says = (keys: string, name: string): MediaEffect => ({ type: "play", entry: 3, keys, prompt: prompt(name) });

function render(effect: MediaEffect) {
  const url = (name: string): Spoken => ({ url: `http://${address()}/media/${name}.wav` });
  return renderMedia(effect, {
    answered: false,
    resolvePrompt: (reference) => url(reference.kind === "media" ? reference.media : "x"),
    resolveTarget: () => ({ type: "user", name: "nobody" }),
    listenTo: {
      url: `ws://${address()}/audio`,
      username: "u",
      password: "p",
      metadata: { grant: "given" },
      maxMs: 5_000,
      beep: false,
    },
    callerId: null,
    hidden: false,
    headers: {},
  });
}

beforeEach(async () => {
  core = recordedCore();
  heard = [];
  telephony = createTelephony({ handler: core, path: "/telephony", credentials: USER, clock: systemClock(), log });
  server.removeAllListeners("upgrade");
  server.on("upgrade", (request, socket, head) => {
    if (telephony.handleUpgrade(request, socket, head)) return;
    audio.handleUpgrade(request, socket, head, (listening) => audio.emit("connection", listening, request));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  simulator = await startSimulator({
    application: { callHook: `ws://${address()}/telephony`, auth: USER },
    restPort: 0,
    accountSid: "acc-1",
    apiKey: "key",
  });
  let last = "";
  simulator.onChange(({ call }) => {
    const sound = call?.hears;
    const now = sound?.kind === "audio" ? `${call?.hearsSince} ${sound.url}` : String(sound?.kind);
    if (now !== last && sound?.kind === "audio") heard.push(/(\w+)-\d+\.wav$/.exec(sound.url)?.[1] ?? sound.url);
    last = now;
  });
});

afterEach(async () => {
  await simulator.close();
  await telephony.close();
  audio.removeAllListeners();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** A caller hears this. */
async function hears(effect: MediaEffect, name: string) {
  core.onNewDo = (connection) => connection.redirect(render(effect));
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await expect.poll(() => heard).toContain(name);
}
const press = (keys: string) => simulator.telephones.press("caller", keys);
const ended = () => core.events.filter(({ kind }) => kind.endsWith("Ended"));
const waitForEnd = () => expect.poll(() => ended().length).toBeGreaterThan(0);

describe("music with one key", () => {
  test("goes round, is not disturbed by other keys, and the key is told", async () => {
    await hears(music("0", "tune-150", "advert-100"), "advert");
    press("5");
    press("123*");
    await expect.poll(() => heard.length).toBeGreaterThanOrEqual(5);
    // One after the other, from the first to the last and round again: nothing was begun anew.
    expect(heard).toEqual(heard.map((_, index) => (index % 2 === 0 ? "tune" : "advert")));
    expect(ended()).toEqual([]);
    press("0");
    await waitForEnd();
    expect(ended()).toEqual([expect.objectContaining({ kind: "collectEnded", entry: 3, digits: "0" })]);
  });

  test.each(["*", "#"])("which may be %s", async (key) => {
    await hears(music(key, "tune-150"), "tune");
    press(key);
    await waitForEnd();
    expect(ended()).toEqual([expect.objectContaining({ kind: "collectEnded", digits: key })]);
  });

  test("whose file is missing is told as failed", async () => {
    core.onNewDo = (connection) => connection.redirect(render(music("0", "missing")));
    simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
    await waitForEnd();
    expect(ended()).toEqual([expect.objectContaining({ kind: "playEnded", entry: 3, failed: true })]);
  });
});

describe("a prompt with one key", () => {
  test("is heard to its end whatever else is pressed", async () => {
    await hears(says("0", "welcome-600"), "welcome");
    press("5");
    await waitForEnd();
    expect(ended()).toEqual([expect.objectContaining({ kind: "playEnded", entry: 3, failed: false })]);
    expect(heard).toEqual(["welcome"]);
  });

  test("is cut short by it, and its end is not told as well", async () => {
    core.onEventDo = (_connection, event) => {
      if (event.kind === "collectEnded")
        event.hook.answer(render({ ...music("", "tune-150"), entry: 4 } as MediaEffect));
    };
    await hears(says("0", "welcome-3000"), "welcome");
    press("0");
    await expect.poll(() => heard).toContain("tune");
    expect(ended()).toEqual([expect.objectContaining({ kind: "collectEnded", entry: 3, digits: "0" })]);
  });

  test("goes on by a redirect when it is over, which jambonz takes although the gather waits", async () => {
    core.onEventDo = (_connection, event) => {
      if (event.kind === "playEnded") event.hook.answer(render({ ...music("", "tune-150"), entry: 4 } as MediaEffect));
    };
    await hears(says("0", "welcome-200"), "welcome");
    await expect.poll(() => heard).toContain("tune");
    expect(heard.slice(0, 2)).toEqual(["welcome", "tune"]);
  });
});

test("with several keys any key ends it, and which one it was is told", async () => {
  await hears(music("0*", "tune-150"), "tune");
  press("7");
  await waitForEnd();
  expect(ended()).toEqual([expect.objectContaining({ kind: "collectEnded", entry: 3, digits: "7" })]);
});

test("a prompt with several keys and none pressed is over when it is", async () => {
  await hears(says("0*", "welcome-200"), "welcome");
  await waitForEnd();
  expect(ended()).toEqual([expect.objectContaining({ kind: "playEnded", entry: 3, failed: false })]);
});

test("a recording carries what is said, in real time, until its key", async () => {
  const received: Buffer[] = [];
  const first: string[] = [];
  audio.on("connection", (listening) =>
    listening.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) received.push(data);
      else first.push(data.toString());
    }),
  );
  const effect: MediaEffect = {
    ...{ type: "record", entry: 3, boxId: "box_1", beep: false, finishOnKey: "#" },
    ...{ maxMs: 5_000, minMs: 0, silenceMs: null },
  };
  core.onNewDo = (connection) => connection.redirect(render(effect));
  simulator.telephones.call({ telephone: "caller", from: "+33142278186", to: "+33970170170" });
  await expect.poll(() => received.length).toBeGreaterThan(2);
  expect(JSON.parse(first[0] ?? "{}")).toMatchObject({ sampleRate: 8000, grant: "given" });
  simulator.telephones.speak("caller", Buffer.from(new Int16Array(1_600).fill(1_234).buffer));
  const loud = () => received.filter((frame) => frame.length === 320 && frame.readInt16LE(0) === 1_234).length;
  await expect.poll(loud).toBe(10);
  press("5");
  press("#");
  await waitForEnd();
  expect(ended()).toEqual([expect.objectContaining({ kind: "recordEnded", entry: 3, key: "#" })]);
});
