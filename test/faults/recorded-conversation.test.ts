import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { until } from "../support/until.ts";

/**
 * A conversation is recorded while both runtimes are killed, one after the other, and while its operator pauses the recording. What the caller
 * says is numbered, frame by frame, so that what was kept of it can be told.
 */
let cluster: Cluster;
let operator: OperatorClient;

/** Of the caller's speech: 20 ms. Of the recording, which has two channels, the double. */
const FRAME_BYTES = 320;
/** What a kill may cost, in frames: 300 ms. */
const MOST_LOST = 15;

beforeAll(async () => {
  cluster = await startCluster({ runtimes: 2 });
  await serveShortFlow(cluster);
  for (const { queueId, ...queue } of must(await cluster.admin.call("queues.list")).items) {
    const recording = { share: 100, byOperator: true, retentionDays: 30 };
    must(await cluster.admin.call("queues.change", { params: { queueId }, body: { ...queue, recording } }));
  }
  operator = await cluster.signIn(101);
});
afterAll(() => cluster.close());

const underWay = () => {
  try {
    return readdirSync(join(cluster.folder, "recordings"), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(".l16"));
  } catch {
    return [];
  }
};
/** Sound is written ten times a second; the part of a process that was killed stays open for ever. */
const arriving = () =>
  underWay().some((file) => {
    const about = statSync(join(cluster.folder, "recordings", file), { throwIfNoEntry: false });
    return file.endsWith(".open.l16") && about !== undefined && Date.now() - about.mtimeMs < 500;
  });
const levelOf = (frame: number) => 1_000 + frame * 10;

function speak(name: string) {
  const spokenAt: number[] = [];
  const timer = setInterval(() => {
    const level = levelOf(spokenAt.length);
    cluster.telephones.speak(name, Buffer.from(new Int16Array(FRAME_BYTES / 2).fill(level).buffer));
    spokenAt.push(Date.now());
  }, 20);
  const more = (frames: number) => {
    const from = spokenAt.length;
    return until(() => spokenAt.length >= from + frames, "the caller to have spoken", { ms: 30_000 });
  };
  return { spokenAt, more, stop: () => clearInterval(timer) };
}

/** Which frames of the caller's a recording has on its left, in its order. */
function framesOf(wav: Buffer): number[] {
  const samples = wav.subarray(44, 44 + wav.readUInt32LE(40));
  const frames: number[] = [];
  for (let at = 0; at + 4 <= samples.length; at += 4) {
    const level = samples.readInt16LE(at);
    const frame = (level - 1_000) / 10;
    if (level !== 0 && frames.at(-1) !== frame) frames.push(frame);
  }
  return frames;
}

test("killed at both runtimes, paused and gone on with: one recording, in order, without what was said in the pause", async () => {
  const call = placeCall(cluster, "caller");
  await operator.waitFor(({ offer }) => offer !== null, "an offer", 30_000);
  await operator.accept();
  await cluster.story.waitFor("11", "ringing");
  cluster.telephones.answer("11");
  await operator.waitFor(({ state }) => state === "talking", "the conversation", 30_000);
  await until(arriving, "the recording to begin", { say: () => cluster.log.slice(-5).join("\n") });

  const speaking = speak("caller");
  const deaths: number[] = [];
  for (const runtime of cluster.runtimes) {
    await speaking.more(75);
    deaths.push(speaking.spokenAt.length);
    await runtime.kill();
    await until(arriving, "the recording to go on", { ms: 30_000, say: () => cluster.log.slice(-5).join("\n") });
  }
  await speaking.more(100);

  const wish = async (asked: string) => {
    const answer = await operator.post("/api/desk/recording", { wish: asked });
    return ((await answer.json()) as { recording: string }).recording;
  };
  expect(await wish("pause")).toBe("paused");
  await until(() => !arriving(), "the recording to pause");
  const pausedAt = speaking.spokenAt.length;
  await speaking.more(60);
  const resumedAt = speaking.spokenAt.length;
  expect(await wish("resume")).toBe("on");
  await until(arriving, "the recording to go on");
  await speaking.more(100);
  speaking.stop();
  call.hangUp();
  await call.ended();

  const { _id: callId } = await call.stored();
  const kept = await until(async () => {
    const { recordings } = must(await cluster.admin.call("calls.get", { params: { callId } }));
    return recordings.length > 0 ? recordings : null;
  }, "the recording to be kept");
  expect(kept).toHaveLength(1);
  const [recording] = kept;
  const { url } = must(
    await cluster.admin.call("recordings.audio", { params: { recordingId: recording?.recordingId ?? "" } }),
  );
  const wav = Buffer.from(await (await fetch(`${cluster.url}${url}`)).arrayBuffer());
  expect(wav.readUInt16LE(22)).toBe(2);
  const frames = framesOf(wav);
  expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b));
  // Of what was said before each death all but a moment is there.
  for (const before of deaths) {
    const last = frames.findLast((frame) => frame < before) ?? 0;
    expect(before - 1 - last, `lost at the death after ${before} frames`).toBeLessThanOrEqual(MOST_LOST);
  }
  // Nothing of the pause: a frame or two were under way when it began.
  expect(frames.filter((frame) => frame > pausedAt + 2 && frame < resumedAt - 2)).toEqual([]);
  expect(frames.at(-1)).toBeGreaterThan(speaking.spokenAt.length - MOST_LOST);
  // Found by it, and nothing stays behind.
  const found = must(await cluster.admin.call("calls.list", { query: { recorded: true } })).items;
  expect(found.map((one) => one.callId)).toEqual([callId]);
  await until(() => underWay().length === 0, "the parts to be gone");
});
