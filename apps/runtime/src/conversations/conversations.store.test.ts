import type { ApiClient, Company, RecordingRules } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CallDocument } from "../calls/model.ts";
import type { TalkToKeep } from "../calls/recorder.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { wavFile } from "../recordings/index.ts";
import { callbackOrder, dialOrder } from "../testing/callback-order.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { createKeeping } from "./index.ts";

const clock = virtualClock();
const DAY_MS = 86_400_000;
let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let admin: ApiClient;
const recorded = new Set<string>();
let rules: RecordingRules | null = { share: 0, byOperator: false, retentionDays: 30 };
let drawn = 0;
let rulesOfDialled: RecordingRules | null = null;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const keeping = () =>
  createKeeping({
    connection: runtime.store.connection,
    draw: () => drawn,
    rulesOf: async () => rules,
    rulesOfDialled: async () => rulesOfDialled,
    log: { error: () => undefined },
    recordings: {
      listenToTalk: async () => expect.fail("nothing is listened to here"),
      wholeTalk: async ({ companyId, recordingId }) => {
        if (!recorded.has(recordingId)) return null;
        const sha256 = await runtime.media.addPrivate(companyId, wavFile(Buffer.alloc(6_400), recordingId, 2));
        return { sha256, durationMs: 200, peaks: [0, 40] };
      },
      remove: async ({ recordingId }) => void recorded.delete(recordingId),
    },
  });

let talks = 0;
async function talk(about: Partial<TalkToKeep> = {}) {
  talks += 1;
  const recordingId = `rec_${talks.toString(16).padStart(32, "0")}`;
  const callId = `call_${talks.toString(16).padStart(32, "0")}`;
  recorded.add(recordingId);
  const kept: TalkToKeep = {
    ...{ companyId: company.companyId, callId, recordingId, state: "on", queueId: "queue_1", operatorId: "operator_1" },
    ...{ operatorName: "Inès", number: "+33612345678", startedAt: clock.now(), ...about },
  };
  await runtime.store.connection.collection<{ _id: string }>("callRecords").insertOne({
    ...{
      _id: callId,
      companyId: company.companyId,
      direction: "inbound",
      from: kept.number,
      hidden: false,
      to: "+33123456789",
    },
    ...{
      callerName: null,
      lineId: null,
      lineName: "Main",
      flowId: null,
      flowVersionId: null,
      startedAt: kept.startedAt,
    },
    ...{
      answeredAt: null,
      endedAt: kept.startedAt,
      endedBy: "caller",
      result: "answered",
      visits: [],
      rung: [],
      choices: [],
    },
    ...{
      nodesVisited: 1,
      queueIds: [],
      operatorIds: [],
      recorded: true,
      callerDigits: "33612345678",
      callerGrams: ["5678"],
    },
  });
  await keeping().keep(kept);
  return { kept, callId, recordingId: recordingId.replace("rec_", "conv_") };
}
const conversations = () => runtime.store.connection.collection("conversations").countDocuments({});

test("what is recorded: as the flow says, else as the queue draws; never what the caller refused, whoever asks", async () => {
  const call = (recordingWish: CallDocument["recordingWish"]) =>
    ({
      companyId: company.companyId,
      recordingWish,
      queue: { queueId: "queue_1" },
      recordedTalk: null,
    }) as CallDocument;
  const said = async (wish: CallDocument["recordingWish"]) => {
    const { begins, mayRecord, mayStart } = keeping();
    return [await begins(call(wish)), await mayRecord(call(wish)), await mayStart(call(wish))];
  };
  rules = { share: 25, byOperator: false, retentionDays: 30 };
  drawn = 0.24;
  expect(await said(null)).toEqual([true, true, false]);
  drawn = 0.25;
  expect(await said(null)).toEqual([false, true, false]);
  rules = { share: 0, byOperator: true, retentionDays: 30 };
  drawn = 0;
  expect(await said(null)).toEqual([false, true, true]);
  expect(await said("on")).toEqual([true, true, true]);
  for (const wish of ["off", "refused"] as const) expect(await said(wish)).toEqual([false, false, false]);
  rules = null;
  expect(await said(null)).toEqual([false, false, false]);
  rules = { share: 100, byOperator: true, retentionDays: 30 };
});

test("of a call that we place it is settled before: by the rule of its queue, or that for dialled calls", async () => {
  const { companyId } = company;
  const { plan } = keeping();
  rules = { share: 25, byOperator: false, retentionDays: 30 };
  drawn = 0.24;
  expect(await plan(callbackOrder({ companyId }))).toEqual({ begins: true, byOperator: false, notice: true, days: 30 });
  drawn = 0.25;
  expect(await plan(callbackOrder({ companyId }))).toBeNull();
  expect(await plan(dialOrder({ companyId }))).toBeNull();
  rulesOfDialled = { share: 0, byOperator: true, retentionDays: 7, notice: false };
  expect(await plan(dialOrder({ companyId }))).toEqual({ begins: false, byOperator: true, notice: false, days: 7 });
  // Colleagues, and telephones that are tried.
  expect(await plan(dialOrder({ companyId, party: { kind: "telephone", telephoneId: "tel_13" } }))).toBeNull();
  expect(await plan(dialOrder({ companyId, party: { kind: "nobody" } }))).toBeNull();
  rules = { share: 100, byOperator: true, retentionDays: 30 };
});

test("of a call that we placed it is as was settled, once the person was told; who waits in line then is asked for by its rule", async () => {
  const { begins, mayStart } = keeping();
  const settled = { begins: true, byOperator: true, notice: true, days: 30 };
  const said = async (
    placed: Partial<NonNullable<CallDocument["placed"]>>,
    recordingWish: CallDocument["recordingWish"] = null,
  ) => {
    const queue = placed.inLine ? { queueId: "queue_1" } : null;
    const call = { companyId: company.companyId, recordingWish, queue, placed, recordedTalk: null };
    return [await begins(call as unknown as CallDocument), await mayStart(call as unknown as CallDocument)];
  };
  expect(await said({ recording: settled })).toEqual([false, false]);
  expect(await said({ recording: settled, told: true })).toEqual([true, true]);
  expect(await said({ recording: settled }, "on")).toEqual([true, true]);
  expect(await said({ recording: settled, told: true }, "refused")).toEqual([false, false]);
  expect(await said({ recording: { ...settled, notice: false, begins: false } })).toEqual([false, true]);
  expect(await said({})).toEqual([false, false]);
  rules = { share: 100, byOperator: true, retentionDays: 30 };
  expect(await said({ inLine: true })).toEqual([false, false]);
  expect(await said({ inLine: true, recording: settled })).toEqual([false, false]);
  expect(await said({ inLine: true, recording: settled, told: true })).toEqual([true, true]);
  expect(await said({ inLine: true }, "on")).toEqual([true, true]);
});

test("it is kept once, found by its call, heard by supervisors with an entry in the log each time, and by nobody else", async () => {
  const { kept, callId, recordingId } = await talk();
  // The process died before it noted that it had kept it: the next one does it again.
  recorded.add(kept.recordingId);
  await keeping().keep(kept);
  expect(recorded.size).toBe(0);
  const detail = must(await supervisor.call("calls.get", { params: { callId } }));
  expect(detail.recordings).toMatchObject([
    { recordingId, durationMs: 200, peaks: [0, 40], operator: { name: "Inès" } },
  ]);
  expect(
    must(await supervisor.call("calls.list", { query: { recorded: true } })).items.map((one) => one.callId),
  ).toEqual([callId]);
  const params = { recordingId };
  for (let times = 0; times < 2; times++) {
    const { url } = must(await supervisor.call("recordings.audio", { params }));
    const heard = Buffer.from(await (await fetch(`${runtime.baseUrl}${url}`)).arrayBuffer());
    expect([heard.readUInt16LE(22), heard.readUInt32LE(40)]).toEqual([2, 6_400]);
  }
  const told = must(await admin.call("audit.list", { query: { resource: "recordings" } })).items;
  expect(told.map(({ action, targetId, by }) => [action, targetId, by.name])).toEqual([
    ["recordings.audio", recordingId, "supervisor of demo"],
    ["recordings.audio", recordingId, "supervisor of demo"],
  ]);
  const author = await runtime.user(company, "author");
  expect(await author.call("recordings.audio", { params })).toMatchObject({ error: { code: "notAllowed" } });
  const other = await runtime.user(await runtime.company("other"), "admin");
  expect(await other.call("recordings.audio", { params })).toMatchObject({ error: { code: "notFound" } });
  must(await supervisor.call("recordings.delete", { params }));
  expect(await supervisor.call("recordings.audio", { params })).toMatchObject({ error: { code: "notFound" } });
  expect(must(await supervisor.call("calls.list", { query: { recorded: true } })).items).toEqual([]);
});

test("it is part of what is held of a person", async () => {
  await talk();
  const body = { number: "06 12 34 56 78" };
  expect(must(await admin.call("personalData.find", { body })).recordings).toBe(1);
  const { recordings } = must(await admin.call("personalData.export", { body }));
  expect(Buffer.from(String(recordings[0]?.audio), "base64").subarray(0, 4).toString()).toBe("RIFF");
  expect(must(await admin.call("personalData.erase", { body })).recordings).toBe(1);
  expect(await conversations()).toBe(0);
});

test("it is deleted when its time is over, as its queue said when it was made; nothing recorded is nothing kept", async () => {
  const { kept } = await talk();
  rules = { share: 100, byOperator: true, retentionDays: 1 };
  const short = await talk();
  const before = await conversations();
  recorded.delete(kept.recordingId);
  await keeping().keep({ ...kept, recordingId: `rec_${"f".repeat(32)}` });
  expect(await conversations()).toBe(before);
  await clock.advance(2 * DAY_MS);
  await runtime.features.conversations.sweep();
  expect(await conversations()).toBe(before - 1);
  const { url } = { url: short.recordingId };
  expect(await supervisor.call("recordings.audio", { params: { recordingId: url } })).toMatchObject({ ok: false });
  // What was dialled has no queue, and the days that were settled with it.
  const dialled = await talk({ queueId: null, days: 3 });
  const kept3 = await runtime.store.connection.collection("conversations").findOne({ callId: dialled.callId });
  expect(kept3?.keptUntil - dialled.kept.startedAt).toBe(3 * DAY_MS);
  await clock.advance(30 * DAY_MS);
  await runtime.features.conversations.sweep();
  expect(await conversations()).toBe(0);
});
