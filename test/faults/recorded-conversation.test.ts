import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import { framesOf, speakNumbered } from "../support/numbered-speech.ts";
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

/** What a kill may cost, in frames: 300 ms. */
const MOST_LOST = 15;

beforeAll(async () => {
  cluster = await startCluster({ runtimes: 2 });
  await serveShortFlow(cluster);
  for (const { queueId, ...queue } of must(await cluster.admin.call("queues.list")).items) {
    const recording = { share: 100, byOperator: true, retentionDays: 30 };
    must(await cluster.admin.call("queues.change", { params: { queueId }, body: { ...queue, recording } }));
  }
  const { rev, ...rules } = must(await cluster.admin.call("dialling.get"));
  const recording = { share: 100, byOperator: true, retentionDays: 30 };
  must(await cluster.admin.call("dialling.change", { body: { ...rules, rev, recording } }));
  operator = await cluster.signIn(101);
});
afterEach(async () => {
  for (const id of ["11", "caller"]) if (cluster.story.now(id) !== "idle") cluster.telephones.hangup(id);
  await freeOperators(operator);
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
/** What was recorded in a call, once it is kept. */
async function kept(callId: string) {
  const found = await until(async () => {
    const { recordings } = must(await cluster.admin.call("calls.get", { params: { callId } }));
    return recordings.length > 0 ? recordings : null;
  }, "the recording to be kept");
  expect(found).toHaveLength(1);
  const params = { recordingId: found[0]?.recordingId ?? "" };
  const { url } = must(await cluster.admin.call("recordings.audio", { params }));
  return Buffer.from(await (await fetch(`${cluster.url}${url}`)).arrayBuffer());
}

test("killed at both runtimes, paused and gone on with: one recording, in order, without what was said in the pause", async () => {
  const call = placeCall(cluster, "caller");
  await operator.waitFor(({ offer }) => offer !== null, "an offer");
  await operator.accept();
  await cluster.story.waitFor("11", "ringing");
  cluster.telephones.answer("11");
  await operator.waitFor(({ state }) => state === "talking", "the conversation");
  await until(arriving, "the recording to begin", { say: () => cluster.log.slice(-5).join("\n") });

  const speaking = speakNumbered(cluster.telephones, "caller");
  const deaths: number[] = [];
  for (const runtime of cluster.runtimes) {
    await speaking.more(75);
    deaths.push(speaking.spokenAt.length);
    await runtime.kill();
    await until(arriving, "the recording to go on", { say: () => cluster.log.slice(-5).join("\n") });
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
  const wav = await kept(callId);
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

const see = (id: string, what: string | RegExp, ms?: number) => cluster.story.waitFor(id, what, ms);
/** The person whose number it is has their telephone rung, after the operator has picked up. */
async function rung(number: string, ring: () => Promise<unknown>): Promise<string> {
  cluster.telephones.register({ id: "caller", addresses: [number] });
  await ring();
  await see("11", "ringing");
  cluster.telephones.answer("11");
  await see("caller", "ringing");
  const callId = operator.view().call?.callId ?? "";
  cluster.telephones.answer("caller");
  await see("caller", "talking recordingNotice");
  expect(cluster.story.now("11")).not.toBe("talking bridged");
  return callId;
}

test("who is called back is told before they are connected, and recorded over the death of every runtime; on hold nothing is, and the sides stay apart", async () => {
  const { queueId } = must(await cluster.admin.call("queues.list")).items[0] ?? { queueId: "" };
  const number = "+33610000001";
  const callId = await rung(number, async () => {
    must(await cluster.admin.call("callbacks.create", { body: { number, queueId } }));
    await operator.waitFor(({ offer }) => !!offer?.callback, "the callback to be offered");
    await operator.accept();
  });
  expect(operator.view().state).not.toBe("talking");
  cluster.telephones.press("caller", "5");
  await see("11", "talking bridged");
  await operator.waitFor(({ state, call }) => state === "talking" && call?.recording === "on", "the conversation");
  await until(arriving, "the recording to begin", { say: () => cluster.log.slice(-5).join("\n") });

  const speaking = speakNumbered(cluster.telephones, "caller");
  const inesSpeaks = speakNumbered(cluster.telephones, "11");
  await speaking.more(50);
  for (const runtime of cluster.runtimes) {
    await runtime.kill();
    await until(arriving, "the recording to go on", { say: () => cluster.log.slice(-5).join("\n") });
  }
  await speaking.more(50);
  const hold = async (held: boolean) => (await operator.put(`/api/desk/calls/${callId}/hold`, { held })).status;
  await expect.poll(() => hold(true)).toBe(200);
  await see("caller", /pleaseWait|holdMusic/);
  await until(() => !arriving(), "the recording to stop");
  const heldAt = speaking.spokenAt.length;
  await speaking.more(50);
  const backAt = speaking.spokenAt.length;
  await expect.poll(() => hold(false)).toBe(200);
  await see("caller", "talking bridged");
  await until(arriving, "the recording to go on");
  await speaking.more(75);
  speaking.stop();
  inesSpeaks.stop();
  cluster.telephones.hangup("caller");
  await see("11", "idle");

  const wav = await kept(callId);
  // The stand-in for jambonz sends the voice of the leg that it is asked for alone: first the operator's, from the hold on the person's.
  const [left, right] = [framesOf(wav), framesOf(wav, "right")];
  for (const frames of [left, right]) expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b));
  expect(left.filter((frame) => frame < backAt - 2)).toEqual([]);
  expect(left.at(-1)).toBeGreaterThan(speaking.spokenAt.length - MOST_LOST);
  expect(right.length).toBeGreaterThan(75);
  expect(right.filter((frame) => frame > heldAt + 2)).toEqual([]);
  await until(() => underWay().length === 0, "the parts to be gone");
});

test("who was dialled refuses by 9: that is heard, they talk, and nothing is recorded, whoever asks", async () => {
  const number = "+33610000002";
  const callId = await rung(number, () => operator.post("/api/desk/dial", { number }));
  cluster.telephones.press("caller", "9");
  await see("caller", "talking recordingRefused");
  expect(cluster.story.now("11")).not.toBe("talking bridged");
  await see("11", "talking bridged");
  await operator.waitFor(({ state }) => state === "talking", "the conversation");
  expect(operator.view().call?.recording).toBeUndefined();
  const answer = await operator.post("/api/desk/recording", { wish: "start" });
  expect(await answer.json()).toEqual({ recording: "refused" });
  cluster.telephones.hangup("caller");
  await see("11", "idle");
  await until(async () => cluster.collection("callRecords").findOne({ _id: callId as never }), "the record");
  expect(must(await cluster.admin.call("calls.get", { params: { callId } })).recordings).toEqual([]);
  expect(underWay()).toEqual([]);
});
