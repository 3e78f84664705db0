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
    ...{ calls: 3, messages: 1, recordings: 0, callbacks: 1, contacts: 0, told: 0, changes: 0, underWay: 0 },
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

test("everything that the store holds of a number: given out, erased, and found nowhere afterwards", async () => {
  const { connection } = runtime.store;
  const { companyId } = company;
  const other = "+33612345670";
  // What calls, boxes and callbacks leave.
  const callId = await keep({ fields: { from: lea, callerName: "Léa Martin" } });
  await keep({ fields: { from: other, callerName: "Paul" } });
  await record();
  await leave(lea);
  await promise(lea, false);
  await connection.collection<{ _id: string }>("callNotes").insertOne({
    ...{ _id: "offer_of_lea", rev: 1, companyId, callId, operatorId: "op_1", queueId: null, at: start },
    ...{ outcome: null, note: "Léa, ring back on 06 12 34 56 78", unrecorded: false },
  });
  // A contact, written by REST: its entry of the audit log names her as well.
  const contact = {
    ...{ name: "Léa Martin", company: "", numbers: ["06 12 34 56 78"], language: null, customerNumber: "C-1042" },
    ...{ vip: false, blocked: false, preferredOperatorId: null, externalIds: [], fields: {}, notes: "careful" },
  };
  must(await admin.call("contacts.create", { body: contact }));
  must(await admin.call("contacts.create", { body: { ...contact, name: "Paul", numbers: [other] } }));
  // What programs and people outside were told.
  const data = { callId, from: lea, hidden: false, callerName: "Léa Martin", lineName: "Main" };
  const event = { companyId, seq: 1, type: "call.started", subject: callId, at: start, toldAt: start, data };
  await connection.collection<{ _id: string }>("events").insertMany([
    { _id: `evt_${kept}a`, ...event },
    { _id: `evt_${kept}b`, ...event, seq: 2, data: { ...data, from: other, callerName: "Paul" } },
  ]);
  await connection.collection<{ _id: string }>("webhookDeliveries").insertOne({
    ...{ _id: `dlv_${kept}`, companyId, webhookId: "hook_1", eventId: `evt_${kept}a`, seq: 1, type: "call.started" },
    ...{ subject: callId, happenedAt: start, body: JSON.stringify(data), state: "delivered", nextAt: 0 },
    ...{ lockedUntil: 0, attempts: [], createdAt: start, resentOf: null },
  });
  await connection.collection<{ _id: string }>("mails").insertMany(
    ["due", "sent"].map((state) => ({
      ...{ _id: `voicemail.${kept}${state}`, companyId, to: "a@example.com", attachments: [], state, attempts: 0 },
      ...{ subject: `Voicemail from Léa Martin (${lea}): Service`, text: state === "due" ? `${lea} …` : "" },
      ...{ html: null, nextAt: start * 2, postedAt: start, endedAt: null, lastProblem: null },
    })),
  );
  const asked = { companyId, who: "key_1", key: "k1", what: "POST /api/calls" };
  const keyed = await runtime.features.idempotency.begin(asked);
  if (keyed.kind !== "first") throw new Error("not the first");
  await keyed.done({ status: 200, body: { number: lea } });

  const body = { number: lea };
  expect(must(await admin.call("personalData.find", { body }))).toEqual({
    ...{ calls: 1, messages: 1, recordings: 0, callbacks: 1, contacts: 1, told: 5, changes: 1, underWay: 0 },
  });
  const given = JSON.stringify(must(await admin.call("personalData.export", { body })));
  for (const part of ["careful", "call.started", "Voicemail from", '"answer":{"status":200', "contacts.create"]) {
    expect([part, given.includes(part)]).toEqual([part, true]);
  }
  expect(given).not.toContain("Paul");
  expect(must(await admin.call("personalData.erase", { body }))).toMatchObject({ contacts: 1, told: 5, changes: 1 });

  const database = connection.db;
  if (!database) throw new Error("not connected");
  const whole: [name: string, text: string][] = [];
  for (const { name } of await database.listCollections().toArray()) {
    whole.push([name, JSON.stringify(await database.collection(name).find({ companyId }).toArray())]);
  }
  expect(whole.length).toBeGreaterThan(20);
  for (const trace of ["33612345678", "0612345678", "06 12 34 56 78", "Léa Martin"]) {
    expect([trace, whole.filter(([, text]) => text.includes(trace)).map(([name]) => name)]).toEqual([trace, []]);
  }
  // What is others' is still there, the log of events has no gap, and what was asked under a key is not done again.
  const events = await connection.collection("events").find({ companyId }).sort({ seq: 1 }).toArray();
  expect(events.map(({ seq, data: told }) => [seq, told.from, told.callerName, told.hidden])).toEqual([
    [1, null, null, true],
    [2, other, "Paul", false],
  ]);
  expect(must(await admin.call("contacts.list", { query: {} })).items.map(({ name }) => name)).toEqual(["Paul"]);
  await expect(runtime.features.idempotency.begin(asked)).rejects.toMatchObject({ code: "idempotencyUnknown" });
  expect(must(await admin.call("personalData.find", { body }))).toEqual({
    ...{ calls: 0, messages: 0, recordings: 0, callbacks: 0, contacts: 0, told: 0, changes: 0, underWay: 0 },
  });
});
