import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RecordEffect } from "@cordboard/node-kit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createMediaShelf } from "../media/index.ts";
import { type Clock, systemClock } from "../ports/index.ts";
import type { ListenTo } from "../telephony/index.ts";
import { createRecordings, type Recordings } from "./recordings.ts";

const recording = { companyId: `co_${"a".repeat(32)}`, recordingId: `rec_${"b".repeat(32)}` };
const effect: RecordEffect = {
  type: "record",
  entry: 7,
  boxId: "box_1",
  beep: true,
  finishOnKey: "#",
  maxMs: 60_000,
  minMs: 2_000,
  silenceMs: null,
};
/** 20 ms in which every sample is `level`. */
const frame = (level: number) => Buffer.from(new Int16Array(160).fill(level).buffer);

let folder: string;
let server: Server;
let recordings: Recordings;
let url: string;
let aheadMs = 0;
const warnings: string[] = [];
const clock: Clock = { ...systemClock(), now: () => Date.now() + aheadMs };
const sockets: WebSocket[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cb-recordings-"));
  aheadMs = 0;
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `ws://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/jambonz/audio`;
  recordings = open(join(folder, "recordings"));
  server.on("upgrade", (request, socket, head) => recordings.handleUpgrade(request, socket, head) || socket.destroy());
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await recordings.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

function open(place: string): Recordings {
  const media = createMediaShelf({
    folder: join(folder, "media"),
    promptsFolder: fileURLToPath(new URL("../../../../packages/prompts/audio", import.meta.url)),
    key: Buffer.alloc(32, 1),
    clock,
  });
  return createRecordings({
    folder: place,
    path: "/jambonz/audio",
    url,
    credentials: { username: "jambonz", password: "secret" },
    key: Buffer.alloc(32, 2),
    media,
    clock,
    log: { warn: (_details, message) => void warnings.push(message) },
  });
}

/** A `listen` of jambonz that has said what it sends. */
async function listen(to: ListenTo, metadata: object = to.metadata, password = to.password) {
  const auth = Buffer.from(`${to.username}:${password}`).toString("base64");
  const socket = new WebSocket(to.url, ["audio.drachtio.org"], { headers: { authorization: `Basic ${auth}` } });
  sockets.push(socket);
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  socket.send(JSON.stringify({ sampleRate: 8000, mixType: "mono", ...metadata }));
  const say = (...levels: number[]) => {
    for (const level of levels) socket.send(frame(level));
  };
  const hangUp = async () => {
    socket.close(1000);
    await closed;
  };
  return { socket, say, closed, hangUp };
}

const levels = (wav: Buffer, frames: number) =>
  Array.from({ length: frames }, (_, index) => wav.readInt16LE(44 + index * 320));
const fileOnShelf = (sha256: string) => readFile(join(folder, "media/private", recording.companyId, `${sha256}.wav`));
const onDisk = async () => {
  const place = join(folder, "recordings", recording.companyId, recording.recordingId);
  const sizes = (await readdir(place)).map(async (file) => (await stat(join(place, file))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

describe("a recording", () => {
  test("is on the disk while it is made, but for what came in the last tenth of a second", async () => {
    const { say } = await listen(await recordings.listenTo(recording, effect, 1));
    say(...new Array<number>(52).fill(900));
    // Nobody has closed anything: what a kill would leave behind.
    await expect.poll(onDisk).toBeGreaterThanOrEqual(50 * 320);
    expect(await recordings.recorder.flowing(recording)).toBe(true);
  });

  test("of two stretches is one piece, in order, and says how long it is", async () => {
    const first = await listen(await recordings.listenTo(recording, effect, 1));
    first.say(1, 2, 3);
    await first.hangUp();
    expect(await recordings.recorder.ended(recording)).toEqual({ durationMs: 60, lastEnd: "closed" });
    const to = await recordings.listenTo(recording, effect, 2);
    // The tone was heard, and what is left of the longest is less by what there is.
    expect(to).toMatchObject({ beep: false, maxMs: 59_940 });
    const second = await listen(to);
    second.say(4, 5);
    await second.hangUp();
    const whole = await recordings.whole(recording);
    expect(whole?.durationMs).toBe(100);
    const wav = await fileOnShelf(whole?.sha256 ?? "");
    expect(levels(wav, 5)).toEqual([1, 2, 3, 4, 5]);
    // 8 kHz, mono, 16 bit, and as many bytes of samples as the header says.
    expect([wav.readUInt32LE(24), wav.readUInt16LE(22), wav.readUInt16LE(34), wav.readUInt32LE(40)]).toEqual([
      8000, 1, 16, 1600,
    ]);
  });

  test("that another process left half written is joined all the same", async () => {
    const first = await listen(await recordings.listenTo(recording, effect, 1));
    first.say(...new Array<number>(10).fill(7));
    await expect.poll(onDisk).toBe(3_200);
    // The next process finds the file as it is: nothing said that it is over.
    const next = open(join(folder, "recordings"));
    const { durationMs } = await next.recorder.ended(recording);
    expect(durationMs).toBe(200);
    await first.hangUp();
    expect((await next.whole(recording))?.durationMs).toBe(200);
    await next.close();
  });

  test("ends at its longest", async () => {
    const { say, closed } = await listen(await recordings.listenTo(recording, { ...effect, maxMs: 200 }, 1));
    say(...new Array<number>(20).fill(5));
    expect(await closed).toBe(1000);
    expect(await recordings.recorder.ended(recording)).toEqual({ durationMs: 200, lastEnd: "closed" });
  });

  test("ends with silence, of which a moment is kept", async () => {
    const { say, closed } = await listen(await recordings.listenTo(recording, { ...effect, silenceMs: 1_000 }, 1));
    say(...new Array<number>(25).fill(3_000), ...new Array<number>(60).fill(10));
    expect(await closed).toBe(1000);
    expect(await recordings.recorder.ended(recording)).toEqual({ durationMs: 800, lastEnd: "silence" });
  });

  test("can be heard by who made it, and is gone when it is taken back", async () => {
    const { say, hangUp } = await listen(await recordings.listenTo(recording, effect, 1));
    say(8);
    await hangUp();
    const path = await recordings.preview(recording);
    expect(path).toMatch(/^co_.*\/[0-9a-f]{64}\.wav$/);
    const sha256 = path?.slice(-68, -4) ?? "";
    expect(levels(await fileOnShelf(sha256), 1)).toEqual([8]);
    await recordings.remove(recording, { andAudio: true });
    await expect(fileOnShelf(sha256)).rejects.toMatchObject({ code: "ENOENT" });
    expect(await recordings.whole(recording)).toBeNull();
  });
});

describe("who may send", () => {
  test("nobody without the password", async () => {
    const to = await recordings.listenTo(recording, effect, 1);
    await expect(listen(to, to.metadata, "guessed")).rejects.toThrow("401");
  });

  test.each([
    ["says nothing of a grant", () => ({})],
    ["says something else", () => ({ grant: "x".repeat(100) })],
    ["has one of another key", (grant: string) => ({ grant: `${grant.slice(0, -3)}AAA` })],
  ])("not who %s", async (_, change) => {
    const to = await recordings.listenTo(recording, effect, 1);
    const { closed } = await listen(to, change(String(to.metadata.grant)));
    expect(await closed).toBe(1008);
  });

  test("once with each grant, and not after a minute", async () => {
    const to = await recordings.listenTo(recording, effect, 1);
    const first = await listen(to);
    first.say(1);
    await first.hangUp();
    const second = await listen(to);
    second.say(2);
    expect(await second.closed).toBe(1008);
    // Whoever tries spoils nothing of what is there.
    expect(await recordings.recorder.ended(recording)).toEqual({ durationMs: 20, lastEnd: "closed" });
    expect((await recordings.whole(recording))?.durationMs).toBe(20);
    const late = await recordings.listenTo(recording, effect, 2);
    aheadMs = 61_000;
    expect(await (await listen(late)).closed).toBe(1008);
  });

  test("nor with one that was used at another process", async () => {
    const to = await recordings.listenTo(recording, effect, 1);
    const first = await listen(to);
    first.say(1);
    await first.hangUp();
    expect((await recordings.whole(recording))?.durationMs).toBe(20);
    await recordings.close();
    recordings = open(join(folder, "recordings"));
    const second = await listen(to);
    second.say(2);
    expect(await second.closed).toBe(1011);
    expect((await recordings.whole(recording))?.durationMs).toBe(20);
  });
});

describe("no room", () => {
  test("a folder that cannot be written to is said before anybody listens", async () => {
    await writeFile(join(folder, "a-file"), "");
    const nowhere = open(join(folder, "a-file"));
    await expect(nowhere.listenTo(recording, effect, 1)).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  test("a stretch that cannot be written ends, and says so", async () => {
    const to = await recordings.listenTo(recording, effect, 1);
    await rm(join(folder, "recordings"), { recursive: true });
    const { say, closed } = await listen(to);
    say(1, 2, 3);
    expect(await closed).toBe(1011);
    expect(await recordings.recorder.ended(recording)).toEqual({ durationMs: 0, lastEnd: "failed" });
    expect(warnings).toContain("a recording could not be written");
  });
});

describe("a conversation", () => {
  /** 20 ms in which every sample of the caller is one level, every sample of the operator another. */
  const both = (left: number, right: number) =>
    Buffer.from(Int16Array.from({ length: 320 }, (_, at) => (at % 2 === 0 ? left : right)).buffer);
  const talkOf = async (epoch: number, { swapped = false } = {}) => {
    const { url: to, wsAuth, ...options } = await recordings.listenToTalk(recording, epoch, { swapped });
    expect(options).toMatchObject({ mixType: "stereo", sampleRate: 8000 });
    return listen({ url: to, ...wsAuth, metadata: options.metadata, maxMs: 0, beep: false });
  };

  test("of two stretches is one piece of two channels; a stretch that was cut in a sample keeps the sides apart", async () => {
    const first = await talkOf(1);
    for (let at = 0; at < 10; at++) first.socket.send(both(100, 200));
    // Cut: half of a pair of samples more.
    first.socket.send(both(100, 200).subarray(0, 2));
    await first.hangUp();
    const second = await talkOf(2);
    for (let at = 0; at < 5; at++) second.socket.send(both(300, 400));
    await second.hangUp();
    const whole = await recordings.wholeTalk(recording);
    expect(whole?.durationMs).toBe(300);
    expect(whole?.peaks.length).toBeGreaterThan(50);
    const wav = await fileOnShelf(whole?.sha256 ?? "");
    expect([wav.readUInt16LE(22), wav.readUInt32LE(28), wav.readUInt16LE(32), wav.readUInt32LE(40)]).toEqual([
      2,
      32_000,
      4,
      15 * 640,
    ]);
    const pairs = Array.from({ length: 15 }, (_, index) => [
      wav.readInt16LE(44 + index * 640),
      wav.readInt16LE(46 + index * 640),
    ]);
    expect(pairs.slice(0, 10)).toEqual(Array(10).fill([100, 200]));
    expect(pairs.slice(10)).toEqual(Array(5).fill([300, 400]));
  });

  test("of which a stretch came from the operator's leg has the caller left all the same", async () => {
    const first = await talkOf(1, { swapped: true });
    first.socket.send(both(200, 100));
    await first.hangUp();
    const second = await talkOf(2);
    second.socket.send(both(101, 201));
    await second.hangUp();
    const wav = await fileOnShelf((await recordings.wholeTalk(recording))?.sha256 ?? "");
    const pairs = [0, 1].map((part) => [wav.readInt16LE(44 + part * 640), wav.readInt16LE(46 + part * 640)]);
    expect(pairs).toEqual([
      [100, 200],
      [101, 201],
    ]);
  });
});
