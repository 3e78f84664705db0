import type { ApiClient, Company, PersonalDataExport } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createRecorder } from "../call-records/recorder.ts";
import { type CallToKeep, keepCall } from "../call-records/testing/kept-call.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { systemClock } from "../ports/index.ts";
import { wavFile } from "../recordings/index.ts";
import { createMailbox } from "../voicemail/index.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let companies = 0;
const logged: string[] = [];

beforeAll(async () => {
  runtime = await startTestRuntime({ onLog: (line) => logged.push(line) });
});
afterAll(() => runtime.close());
beforeEach(async () => {
  company = await runtime.company(`demo${companies++}`);
  admin = await runtime.user(company, "admin");
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const lea = "+33612345678";
const start = Date.UTC(2026, 10, 23, 9);
let kept = 0;
const keep = (call: Partial<CallToKeep> = {}) => {
  kept += 1;
  const usual = { companyId: company.companyId, count: kept, startedAt: start + kept, endedAfterMs: 5_000 };
  return keepCall(runtime.store.connection, { ...usual, ...call });
};
const record = async () => {
  const { told } = runtime.features.callRecords;
  const warn = (details: object) => expect.fail(JSON.stringify(details));
  const recorder = createRecorder({ connection: runtime.store.connection, told, clock: systemClock(), log: { warn } });
  await recorder.recordDue();
};

let left = 0;
async function leave(from: string | null) {
  left += 1;
  const recordingId = `rec_${left.toString(16).padStart(32, "0")}`;
  const mailbox = createMailbox({
    connection: runtime.store.connection,
    bus: runtime.bus,
    clock: systemClock(),
    recordings: {
      whole: async ({ companyId }) => ({
        sha256: await runtime.media.addPrivate(companyId, wavFile(Buffer.alloc(160, left), recordingId)),
        durationMs: 10,
        peaks: [1],
      }),
      remove: async () => undefined,
    },
  });
  await mailbox.deliver({
    ...{ companyId: company.companyId, callId: `call_${"c".repeat(32)}`, recordingId, boxId: "box_1", minMs: 1 },
    ...{ from, hidden: from === null, callerName: from === lea ? "Léa Martin" : "Paul", lineName: "Main" },
  });
}

async function promise(number: string, live: boolean) {
  const id = `callback_${(++kept).toString(16).padStart(32, "0")}.1`;
  await runtime.store.connection.collection<{ _id: string }>("waitingCalls").insertOne({
    ...{ _id: id, companyId: company.companyId, isCallback: true, live, number, queueIds: ["queue_1"] },
    ...{ joinedAt: start, closedAt: live ? null : start + 1, state: live ? "connecting" : "left", leftReason: null },
  });
}

/** All that the store holds of this company, as text. */
async function everything(): Promise<string> {
  const { companyId } = company;
  const names = ["calls", "callRecords", "traceEvents", "messages", "waitingCalls", "audit", "shifts"];
  const found = names.map((name) => runtime.store.connection.collection(name).find({ companyId }).toArray());
  return JSON.stringify(await Promise.all(found));
}

test("all that is held of a number is counted, given out with its sound, and erased; what is others' stays", async () => {
  const digits = [[1_000, "input.digits", { digits: "4711" }]] as const;
  await keep({ lines: digits, fields: { from: lea, callerName: "Léa Martin" } });
  await keep({ fields: { from: "0612345678" } });
  await keep({ fields: { direction: "outbound", from: "+33123456789", to: lea } });
  const others = await keep({ fields: { from: "+33612345670", callerName: "Paul" } });
  await record();
  await leave(lea);
  await leave("+33612345670");
  await leave(null);
  await promise(lea, false);
  await promise("+33612345670", false);

  const body = { number: "06 12 34 56 78" };
  expect(must(await admin.call("personalData.find", { body }))).toEqual({
    ...{ calls: 3, messages: 1, recordings: 0, callbacks: 1, changes: 0, underWay: 0 },
  });
  const given: PersonalDataExport = must(await admin.call("personalData.export", { body }));
  expect(given.number).toBe(lea);
  expect(given.calls).toHaveLength(3);
  expect(JSON.stringify(given.calls)).toContain("4711");
  const [message] = given.messages;
  expect(Buffer.from(String(message?.audio), "base64").subarray(0, 4).toString()).toBe("RIFF");
  expect(JSON.stringify(given)).not.toContain("33612345670");

  expect(must(await admin.call("personalData.erase", { body }))).toMatchObject({ calls: 3, messages: 1, callbacks: 1 });
  const now = await everything();
  for (const trace of ["33612345678", "0612345678", "Léa Martin", "4711"]) expect(now).not.toContain(trace);
  expect(now).toContain("33612345670");
  expect(now).toContain("Paul");
  // The day's figures still count them, as nobody's.
  const listed = must(await admin.call("calls.list", { query: {} })).items;
  expect(listed).toHaveLength(4);
  expect(listed.filter(({ hidden }) => hidden)).toHaveLength(3);
  expect(must(await admin.call("calls.trace", { params: { callId: others } })).events.length).toBeGreaterThan(0);
  expect(must(await admin.call("personalData.find", { body }))).toMatchObject({ calls: 0, messages: 0, callbacks: 0 });
});

test("a call that runs and a callback that is being made are left alone, and told", async () => {
  await keep({ fields: { from: lea, status: "live", endedAt: null } });
  await promise(lea, true);
  const body = { number: lea };
  expect(must(await admin.call("personalData.find", { body }))).toMatchObject({ calls: 0, callbacks: 1, underWay: 2 });
  expect(must(await admin.call("personalData.erase", { body }))).toMatchObject({ calls: 0, callbacks: 0, underWay: 2 });
  expect(await everything()).toContain(lea);
});

test("the audit log says that it was done and by whom, not of whom; no log line has the number either", async () => {
  await keep({ fields: { from: lea } });
  await record();
  const change = { callbackId: "callback_1", targetName: lea };
  await runtime.store.connection.collection<{ _id: string }>("audit").insertOne({
    ...{ _id: `audit_${kept}`, companyId: company.companyId, at: start, action: "callbacks.change" },
    ...{ by: { kind: "user", userId: null, name: "Inès" }, address: null, resource: "callbacks" },
    ...{ targetId: change.callbackId, targetName: lea, before: JSON.stringify({ number: lea }), after: null },
  });
  logged.length = 0;
  const body = { number: lea };
  expect(must(await admin.call("personalData.find", { body })).changes).toBe(1);
  must(await admin.call("personalData.export", { body }));
  must(await admin.call("personalData.erase", { body }));
  const told = must(await admin.call("audit.list", { query: { resource: "personalData" } })).items;
  expect(told.map(({ action, after }) => [action, after])).toMatchObject([
    ["personalData.erase", { calls: 1, changes: 1 }],
    ["personalData.export", { calls: 1, changes: 1 }],
  ]);
  const audit = JSON.stringify(await runtime.store.connection.collection("audit").find({}).toArray());
  expect(audit).toContain("callbacks.change");
  expect(audit).not.toContain("612345678");
  expect(logged.join("\n")).not.toContain("612345678");
});

test("is for administrators alone, of their own company, and of whole numbers", async () => {
  await keep({ fields: { from: lea } });
  await record();
  const body = { number: lea };
  const supervisor = await runtime.user(company, "supervisor");
  expect(await supervisor.call("personalData.find", { body })).toMatchObject({ error: { code: "notAllowed" } });
  const other = await runtime.user(await runtime.company(`demo${companies++}`), "admin");
  expect(must(await other.call("personalData.erase", { body }))).toMatchObject({ calls: 0 });
  expect(must(await admin.call("personalData.find", { body: { number: "+33 6 12 34 56 79" } }))).toMatchObject({
    calls: 0,
  });
  expect(await admin.call("personalData.find", { body: { number: "Léa" } })).toMatchObject({
    error: { code: "numberUnreadable" },
  });
});
