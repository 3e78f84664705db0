import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ApiClient, createClient, type VoicemailMessage } from "@cordboard/api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { until } from "../support/until.ts";

/**
 * Messages that callers leave while things go wrong, in two runtimes behind a balancer: the audio of a call may arrive at the one, the call
 * itself at the other. What a caller says is numbered, frame by frame, so that what was kept of it can be told.
 */
let cluster: Cluster;
let desk: ApiClient;
let boxId: string;

/** Of a caller's speech: 20 ms, 50 a second. */
const FRAME_BYTES = 320;
const MIN_MS = 2_000;
/** What a kill may cost, in frames: 300 ms. */
const MOST_LOST = 15;

beforeAll(async () => {
  cluster = await startCluster({ runtimes: 2 });
  const { admin } = cluster;
  const [operator] = must(await admin.call("operators.list")).items;
  if (!operator) throw new Error("no operator");
  const notice = { mails: ["after@example.com"], attach: true, language: "en" as const };
  const box = { name: "After hours", queueId: null, operatorIds: [operator.operatorId], retentionDays: 30, notice };
  boxId = must(await admin.call("voicemailBoxes.create", { body: box })).boxId;
  await serveVoicemail();
  desk = createClient({ baseUrl: cluster.url, fetch, language: "en", keepCookies: true });
  const { newPassword } = must(
    await admin.call("operators.newPassword", { params: { operatorId: operator.operatorId } }),
  );
  must(await desk.call("desk.signIn", { body: { code: operator.code, password: newPassword } }));
});
afterEach(async () => {
  if (cluster.story.now("caller") !== "idle") cluster.telephones.hangup("caller");
  for (const { messageId } of await messages()) await desk.call("deskMessages.delete", { params: { messageId } });
});
afterAll(() => cluster.close());

/** The line records a message at once, and says what became of it. */
async function serveVoicemail() {
  const { admin } = cluster;
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const edge = (from: string, output: string, to: string) => ({ from, output, to });
  const prompt = (builtIn: string) => ({ texts: {}, builtIn });
  const times = { maxMs: 60_000, minMs: MIN_MS, silenceMs: null, patienceMs: 3_000 };
  const document = {
    formatVersion: 1,
    id: "messages",
    name: "Messages",
    languages: ["fr-FR"],
    prompts: { sent: prompt("voicemailSent"), empty: prompt("voicemailTooShort"), full: prompt("voicemailFull") },
    entry: "box",
    nodes: [
      node("box", "voicemail", {
        ...{ box: boxId, greeting: null, beep: true, finishOnKey: "#", attempts: 1, tooShortPrompt: null },
        ...{ review: true, reviewPrompt: null, ...times },
      }),
      node("sent", "hangup", { prompt: "sent" }),
      node("empty", "hangup", { prompt: "empty" }),
      node("full", "hangup", { prompt: "full" }),
    ],
    edges: [edge("box", "sent", "sent"), edge("box", "empty", "empty"), edge("box", "unavailable", "full")],
    layout: {},
  };
  must(await admin.call("flows.publish", { params: { flowId: "messages" }, body: { document, note: "" } }));
  for (const { lineId, ...line } of must(await admin.call("lines.list")).items) {
    must(
      await admin.call("lines.change", { params: { lineId }, body: { ...line, flowId: "messages", queueId: null } }),
    );
  }
}

const messages = async (): Promise<VoicemailMessage[]> =>
  must(await desk.call("deskMessages.list", { query: {} })).items;
const recordings = () => join(cluster.folder, "recordings");
/** What is left on the disk of recordings under way. */
const underWay = () => {
  try {
    return readdirSync(recordings(), { recursive: true })
      .filter((file) => String(file).endsWith(".l16"))
      .map(String);
  } catch {
    return [];
  }
};
const delivered = () =>
  until(async () => (await messages())[0], "a message", { say: () => cluster.log.slice(-5).join("\n") });

/** Speaks numbered frames from `first` on, until it is told to stop. */
function speak(first = 0) {
  const spokenAt: number[] = [];
  const timer = setInterval(() => {
    const level = levelOf(first + spokenAt.length);
    cluster.telephones.speak("caller", Buffer.from(new Int16Array(FRAME_BYTES / 2).fill(level).buffer));
    spokenAt.push(Date.now());
  }, 20);
  return { spokenAt, stop: () => clearInterval(timer) };
}
const levelOf = (frame: number) => 1_000 + frame * 10;

/** Which frames of the caller's a message has, in its order. */
async function framesOf({ messageId, durationMs }: VoicemailMessage): Promise<number[]> {
  const { url } = must(await desk.call("deskMessages.audio", { params: { messageId } }));
  const wav = Buffer.from(await (await fetch(`${cluster.url}${url}`)).arrayBuffer());
  const samples = wav.subarray(44, 44 + wav.readUInt32LE(40));
  expect(durationMs).toBe(Math.floor(samples.length / 16));
  const frames: number[] = [];
  for (let at = 0; at + FRAME_BYTES <= samples.length; at += FRAME_BYTES) {
    const level = samples.readInt16LE(at);
    // Silence between is what jambonz sends while nothing is said.
    if (level !== 0) frames.push((level - 1_000) / 10);
  }
  return frames;
}

async function toTheTone() {
  cluster.telephones.call({ telephone: "caller", from: "+33639981234", to: cluster.line });
  await cluster.story.waitFor("caller", "talking voicemailGreeting");
  // Who knows the greeting need not hear it out.
  cluster.telephones.press("caller", "#");
  await cluster.story.waitFor("caller", "talking tone");
  await until(() => underWay().length > 0, "the recording to begin", { say: () => cluster.story.tell() });
}

test("left and sent: operators hear it, also a part of it, and nothing stays behind", async () => {
  await toTheTone();
  const { spokenAt, stop } = speak();
  await until(() => spokenAt.length >= 130, "the caller to have spoken");
  stop();
  cluster.telephones.press("caller", "#");
  await cluster.story.waitFor("caller", "talking voicemailReview");
  cluster.telephones.press("caller", "2");
  // One's own message, by its private address.
  await cluster.story.waitFor("caller", /talking http.*\/media\/co_.*\.wav/);
  cluster.telephones.press("caller", "1");
  await cluster.story.waitFor("caller", "talking voicemailSent");
  const message = await delivered();
  expect(message).toMatchObject({ state: "new", boxName: "After hours", from: "+33639981234" });
  const frames = await framesOf(message);
  expect(frames).toEqual(frames.map((_, index) => index));
  expect(frames.length).toBeGreaterThan(120);
  const { url } = must(await desk.call("deskMessages.audio", { params: { messageId: message.messageId } }));
  const part = await fetch(`${cluster.url}${url}`, { headers: { Range: "bytes=44-363" } });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, FRAME_BYTES]);
  await until(() => underWay().length === 0, "the parts to be gone");
});

test("hung up in the greeting: nothing is kept", async () => {
  cluster.telephones.call({ telephone: "caller", from: "+33639981234", to: cluster.line });
  await cluster.story.waitFor("caller", "talking voicemailGreeting");
  cluster.telephones.hangup("caller");
  await callOver();
  expect(await messages()).toEqual([]);
  expect(underWay()).toEqual([]);
});

test("hung up under two seconds: dropped; after two seconds: delivered", async () => {
  await toTheTone();
  cluster.telephones.hangup("caller");
  await callOver();
  expect(await messages()).toEqual([]);
  expect(underWay()).toEqual([]);

  await toTheTone();
  const { spokenAt, stop } = speak();
  await until(() => spokenAt.length >= 110, "the caller to have spoken");
  stop();
  cluster.telephones.hangup("caller");
  const frames = await framesOf(await delivered());
  expect(frames).toEqual(frames.map((_, index) => index));
  expect(frames.length).toBeGreaterThan(100);
});

test("one runtime is killed, then the other, while it is spoken: what was said is there, in order", async () => {
  const mailsBefore = await cluster.collection("mails").countDocuments({ to: "after@example.com" });
  await toTheTone();
  const speaking = speak();
  const { spokenAt } = speaking;
  /** Of each death: the frames that were spoken before it, and those that were spoken when audio arrived again. */
  const deaths: { before: number }[] = [];
  for (const runtime of cluster.runtimes) {
    const from = spokenAt.length;
    await until(() => spokenAt.length >= from + 75, "the caller to have spoken");
    deaths.push({ before: spokenAt.length });
    await runtime.kill();
    // Whether it was the call's, the audio's or neither's runtime: it goes on, or comes back.
    const parts = underWay().length;
    await until(
      () => underWay().some((file) => file.endsWith(".open.l16")) && underWay().length >= parts,
      "the recording to go on",
    );
  }
  const from = spokenAt.length;
  await until(() => spokenAt.length >= from + 150, "the caller to have spoken on");
  speaking.stop();
  cluster.telephones.press("caller", "#");
  await cluster.story.waitFor("caller", "talking voicemailReview");
  cluster.telephones.press("caller", "1");
  await cluster.story.waitFor("caller", "talking voicemailSent");
  const frames = await framesOf(await delivered());
  // In order, none twice.
  expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b));
  for (const { before } of deaths) {
    const kept = frames.filter((frame) => frame < before).length;
    const heardUntil = frames.findLast((frame) => frame < before) ?? 0;
    expect(before - 1 - heardUntil, `lost at the death after ${before} frames (kept ${kept})`).toBeLessThanOrEqual(
      MOST_LOST,
    );
  }
  // Whoever joined the recording, and however often: its mail is one.
  const mails = cluster.collection("mails");
  await until(async () => (await mails.countDocuments({ state: "sent" })) > 0, "the mail to leave");
  const subject = "Voicemail from +33639981234: After hours";
  const ids = await mails.distinct("_id", { to: "after@example.com", subject });
  expect(ids).toHaveLength(mailsBefore + 1);
  // The last stretch is whole: it begins somewhere after the second death and has no gap.
  const last = frames.filter((frame) => frame >= from + 50);
  expect(last).toEqual(last.map((_, index) => (last[0] ?? 0) + index));
  expect(last.at(-1)).toBeGreaterThan(spokenAt.length - MOST_LOST);
});

test("where nothing can be written the caller is told, and the flow goes on", async () => {
  rmSync(recordings(), { recursive: true, force: true });
  writeFileSync(recordings(), "in the way");
  try {
    cluster.telephones.call({ telephone: "caller", from: "+33639981234", to: cluster.line });
    await cluster.story.waitFor("caller", "talking voicemailGreeting");
    cluster.telephones.press("caller", "#");
    await cluster.story.waitFor("caller", "talking voicemailFull");
    await cluster.story.waitFor("caller", "idle");
  } finally {
    renameSync(recordings(), `${recordings()}.aside`);
  }
  // As soon as it can be written again, it is.
  await toTheTone();
  const { spokenAt, stop } = speak();
  await until(() => spokenAt.length >= 110, "the caller to have spoken");
  stop();
  cluster.telephones.hangup("caller");
  expect((await delivered()).durationMs).toBeGreaterThan(MIN_MS);
});

test("consulted by telephone while both runtimes die: the caller goes on in the box, and what they do is done", async () => {
  await toTheTone();
  const { spokenAt, stop } = speak();
  await until(() => spokenAt.length >= 150, "the caller to have spoken");
  stop();
  cluster.telephones.hangup("caller");
  const { messageId } = await delivered();
  await callOver();
  await serveConsultation();
  const { admin } = cluster;
  must(await admin.call("voicemailBoxes.setCode", { params: { boxId }, body: { code: "2580" } }));

  cluster.telephones.call({ telephone: "caller", from: "+33639981234", to: cluster.line });
  await cluster.story.waitFor("caller", "talking mailboxEnterCode");
  cluster.telephones.press("caller", "1111#");
  await cluster.story.waitFor("caller", "talking mailboxWrong");
  await cluster.story.waitFor("caller", "talking mailboxEnterCode");
  cluster.telephones.press("caller", "2580#");
  await cluster.story.waitFor("caller", "talking mailboxMenu");
  cluster.telephones.press("caller", "1");
  await cluster.story.waitFor("caller", /talking http.*\/media\/co_.*\.wav/);
  cluster.telephones.press("caller", "2");
  await cluster.story.waitFor("caller", "talking mailboxPaused");
  for (const runtime of cluster.runtimes) await runtime.kill();
  cluster.telephones.press("caller", "2");
  await cluster.story.waitFor("caller", /talking http.*\/media\/co_.*\.wav/);
  await cluster.story.waitFor("caller", "talking mailboxMessageMenu");
  expect(await messages()).toMatchObject([{ messageId, state: "kept", heard: { by: { kind: "telephone" } } }]);
  cluster.telephones.press("caller", "7");
  await cluster.story.waitFor("caller", "talking mailboxDeleted");
  await cluster.story.waitFor("caller", "talking mailboxNoMore");
  expect(await messages()).toEqual([]);
  cluster.telephones.hangup("caller");
  await callOver();
  const traces = JSON.stringify(await cluster.collection("traceEvents").find({}).toArray());
  expect(traces).toContain("asksMailbox");
  // Ids and times may have these digits among theirs.
  expect(traces).not.toMatch(/(?<![0-9a-z])2580(?![0-9a-z])/);
});

/** The line opens the box. */
async function serveConsultation() {
  const { admin } = cluster;
  const config = { box: boxId, attempts: 3, envelope: false, callBack: true, greetings: true, patienceMs: 8_000 };
  const document = {
    ...{ formatVersion: 1, id: "consult", name: "Consult", languages: ["fr-FR"], prompts: {}, entry: "box" },
    nodes: [
      { id: "box", name: "box", type: "mailbox", typeVersion: 1, config },
      { id: "end", name: "end", type: "hangup", typeVersion: 1, config: { prompt: null } },
    ],
    edges: [{ from: "box", output: "unavailable", to: "end" }],
    layout: {},
  };
  must(await admin.call("flows.publish", { params: { flowId: "consult" }, body: { document, note: "" } }));
  for (const { lineId, ...line } of must(await admin.call("lines.list")).items) {
    must(await admin.call("lines.change", { params: { lineId }, body: { ...line, flowId: "consult", queueId: null } }));
  }
}

/** The last call is over, and nothing of it is left to be told. */
async function callOver() {
  await cluster.story.waitFor("caller", "idle");
  await until(async () => {
    const call = (await cluster.calls()).at(-1);
    return call?.status === "ended" && call.outbox.length === 0;
  }, "the call to be over");
}
