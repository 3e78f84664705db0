import type { AlarmCallSettings, ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callRecordCollection } from "../call-records/index.ts";
import { createRecorder } from "../call-records/recorder.ts";
import { type CallDocument, callCollections } from "../calls/model.ts";
import { createCallNews } from "../events/call-news.ts";
import type { EventLog } from "../events/event-log.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { type CallOrder, randomId } from "../ports/index.ts";
import { type VirtualClock, virtualClock } from "../testing/virtual-clock.ts";
import { type AlarmDocument, alarmCollections } from "./model.ts";

let runtime: TestRuntime;
let clock: VirtualClock;
let company: Company;
let admin: ApiClient;
const orders: CallOrder[] = [];
/** Whether the next order comes through, as before a kill -9 it may not. */
let dies = false;
const ANN = "+33612345678";
const BOB = "+33687654321";

let companies = 0;

beforeAll(async () => {
  clock = virtualClock();
  runtime = await startTestRuntime({
    clock,
    doctor: {
      installation: {
        jambonz: { apiUrl: "http://127.0.0.1:9", accountSid: "acc", apiKey: "key" },
        ...{ applicationSid: null, webhookSecret: null, facingUrl: "http://127.0.0.1:9" },
        socket: { username: "", password: "" },
      },
      placeCall: async (order) => {
        if (dies) throw new Error("killed");
        orders.push(order);
        return "taken";
      },
    },
  });
});
afterAll(() => runtime.close());
beforeEach(async () => {
  orders.length = 0;
  dies = false;
  company = await runtime.company(`c${++companies}`);
  admin = await runtime.user(company, "admin");
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }) =>
  answer.ok ? "ok" : answer.error.code;

const standard: AlarmCallSettings = {
  numbers: [
    { name: "Ann", number: "06 12 34 56 78", language: "en", scheduleId: null },
    { name: "Bob", number: BOB, language: "fr", scheduleId: null },
  ],
  ...{ kinds: ["diskFilling", "noSpeech"], rounds: 2, repeatMinutes: 15, perHour: 12 },
};

async function call(calls: AlarmCallSettings | null) {
  const { rev } = must(await admin.call("alarms.settings"));
  return admin.call("alarms.changeSettings", { body: { mails: [], webhook: null, calls, rev } });
}

const alarms = () => alarmCollections(runtime.store.connection).alarms;
async function goesWrong(kind: AlarmDocument["kind"], about: string | null = null): Promise<string> {
  const _id = randomId("alarm");
  const { companyId } = company;
  await alarms().insertOne({
    ...{ _id, companyId, key: kind, kind, about, since: clock.now(), endedAt: null, live: true, seenAt: clock.now() },
    ...{ toTell: [], hook: null, quiet: false },
  });
  return _id;
}
const round = async () =>
  runtime.features.alarmCalling.round(company, await runtime.features.alarms.settingsOf(company.companyId));
const listed = async () => must(await admin.call("alarms.calls", { query: {} })).items;

/** What jambonz and whoever was called made of the last order. */
async function became(what: "silent" | "answering machine" | "pressed 1", status: "ended" | "live" = "ended") {
  const order = orders.at(-1);
  if (!order) throw new Error("nobody was called");
  const event = (seq: number, kind: string, details: object, nodeId: string | null = null) => ({
    ...{ seq, at: clock.now(), kind, nodeId, details },
  });
  const told = {
    silent: [event(2, "number.missed", { result: "silent" })],
    "answering machine": [event(2, "number.pickedUp", {}), event(3, "moved", { output: "noInput" }, "nConfirm")],
    "pressed 1": [event(2, "number.pickedUp", {}), event(3, "moved", { output: "confirmed" }, "nConfirm")],
  };
  const { companyId, callId: _id } = order;
  const over = status === "ended";
  await callCollections(runtime.store.connection).calls.insertOne({
    ...{ _id, companyId, rev: 1, ownerEpoch: 1, owner: "p", callSid: _id, direction: "outbound", from: null },
    ...{ hidden: false, callerName: null, to: order.number, lineId: null, lineName: "", flowId: "alarm-call" },
    ...{ flowVersionId: null, language: "en-GB", status, startedAt: clock.now(), answeredAt: null },
    ...{ endedAt: over ? clock.now() : null, endedBy: over ? "us" : null, snapshot: null, timers: [], outbox: [] },
    ...{ media: null, queue: null, leg: null, script: null, cuts: 0, cutAt: null, unrecorded: true, traceSeq: 3 },
    ...{ placed: { party: order.party }, unsettled: false },
    traceTail: [event(1, "began", { direction: "outbound", alarm: true }), ...told[what]],
  } as unknown as CallDocument);
  await round();
}
const passes = (minutes: number) => clock.stallFor(minutes * 60_000);
/** Who was called: an order that is given again is the same call. */
const called = () => [...new Map(orders.map((order) => [order.callId, order.number])).values()];

describe("an alarm", () => {
  test("calls one number after the other until somebody presses 1, and then nobody any more", async () => {
    must(await call(standard));
    const alarmId = await goesWrong("diskFilling", "server-1");
    await round();
    expect(called()).toEqual([ANN]);
    expect(orders[0]).toMatchObject({
      ...{ first: "party", callbackId: null, offerId: null, queueId: null },
      party: { kind: "alarm", told: [{ kind: "diskFilling", about: "server-1" }], speaks: true },
      card: { language: "en-GB", callerName: "Ann" },
    });
    await round();
    expect(called()).toEqual([ANN]);
    await became("silent");
    expect(called()).toEqual([ANN, BOB]);
    expect(orders.at(-1)?.card.language).toBe("fr-FR");
    // Confirmed while they are on the line still: at once.
    await became("pressed 1", "live");
    const alarm = must(await admin.call("alarms.list", { query: {} })).items[0];
    expect(alarm).toMatchObject({ alarmId, confirmed: { name: "Bob" } });
    passes(60);
    await round();
    await round();
    expect(called()).toEqual([ANN, BOB]);
    expect((await listed()).map(({ name, result }) => [name, result])).toEqual([
      ["Bob", "confirmed"],
      ["Ann", "silent"],
    ]);
  });

  test("that an answering machine took is told to the next, again after the pause, and not for ever", async () => {
    must(await call(standard));
    await goesWrong("diskFilling");
    await round();
    for (let calls = 0; calls < 2; calls += 1) await became("answering machine");
    passes(14);
    await round();
    expect(called()).toEqual([ANN, BOB]);
    passes(2);
    await round();
    await became("silent");
    await became("silent");
    passes(600);
    await round();
    expect(called()).toEqual([ANN, BOB, ANN, BOB]);
    expect((await listed()).map(({ result }) => result)).toEqual([
      ...["silent", "silent", "notConfirmed", "notConfirmed"],
    ]);
  });

  test("waits while jambonz does not answer, and calls when it is back; one that is over calls nobody", async () => {
    must(await call(standard));
    const gone = await goesWrong("jambonzGone");
    const disk = await goesWrong("diskFilling");
    await round();
    expect(called()).toEqual([]);
    await alarms().updateOne({ _id: gone }, { $set: { live: false, endedAt: clock.now() } });
    await round();
    expect(called()).toEqual([ANN]);
    await alarms().updateOne({ _id: disk }, { $set: { live: false, endedAt: clock.now() } });
    await became("silent");
    passes(120);
    await round();
    expect(called()).toEqual([ANN]);
  });

  test("says no names while texts cannot be spoken; what is not to be told by telephone is not", async () => {
    must(await call(standard));
    await goesWrong("queueUnstaffed", "Sales");
    await round();
    expect(called()).toEqual([]);
    await goesWrong("noSpeech");
    await round();
    expect(orders[0]?.party).toMatchObject({ told: [{ kind: "noSpeech" }], speaks: false });
  });

  test("calls only in somebody's hours", async () => {
    const own = systemScope(company.companyId);
    const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const never = { name: "Never", timeZone: null, week: none, holidays: [] };
    const { scheduleId } = await runtime.features.schedules.create(own, never);
    const numbers = standard.numbers.map((one, at) => ({ ...one, scheduleId: at === 0 ? scheduleId : null }));
    must(await call({ ...standard, numbers }));
    await goesWrong("diskFilling");
    await round();
    expect(called()).toEqual([BOB]);
    const removed = await admin.call("schedules.delete", { params: { scheduleId } });
    expect(codeOf(removed)).toBe("inUse");
  });
});

describe("a process that dies, and two that decide at once", () => {
  test("of one try there is one call, whoever places it", async () => {
    must(await call(standard));
    await goesWrong("diskFilling");
    dies = true;
    await expect(round()).rejects.toThrow("killed");
    dies = false;
    await Promise.all([round(), round(), round()]);
    expect(new Set(orders.map(({ callId }) => callId)).size).toBe(1);
    expect(await listed()).toHaveLength(1);
    await became("silent");
    await Promise.all([round(), round()]);
    expect(new Set(orders.map(({ callId }) => callId)).size).toBe(2);
    expect(await listed()).toHaveLength(2);
  });

  test("one that was not placed within a minute is given up, and the next number is called", async () => {
    must(await call(standard));
    await goesWrong("diskFilling");
    dies = true;
    await expect(round()).rejects.toThrow("killed");
    dies = false;
    passes(2);
    await round();
    expect(called()).toEqual([BOB]);
    expect((await listed()).map(({ result }) => result)).toEqual([null, "lost"]);
  });
});

describe("who may be called", () => {
  test("no emergency or premium number, none abroad, none that asked not to be called", async () => {
    const numbered = (number: string) => call({ ...standard, numbers: [{ ...standard.numbers[0], number } as never] });
    expect(codeOf(await numbered("112"))).toBe("alarmCallsEmergency");
    expect(codeOf(await numbered("0899 70 00 00"))).toBe("dialPremium");
    expect(codeOf(await numbered("+1 212 555 0100"))).toBe("dialCountry");
    must(await admin.call("doNotCall.add", { body: { numbers: [BOB], note: "asked" } }));
    expect(codeOf(await call(standard))).toBe("dialDoNotCall");
    expect(codeOf(await admin.call("alarms.testCall", { body: { name: "B", number: BOB, language: "fr" } }))).toBe(
      "dialDoNotCall",
    );
    expect(orders).toEqual([]);
  });

  test("who asked for it later is passed over, and that is written down", async () => {
    must(await call(standard));
    must(await admin.call("doNotCall.add", { body: { numbers: [ANN], note: "" } }));
    await goesWrong("diskFilling");
    await round();
    await round();
    expect(called()).toEqual([BOB]);
    expect((await listed()).map(({ name, result }) => [name, result])).toEqual([
      ["Bob", null],
      ["Ann", "refused"],
    ]);
  });

  test("a trial calls now, six times an hour at most, and is no try of an alarm", async () => {
    const body = { name: "Ann", number: "0612345678", language: "en" as const };
    const { callId } = must(await admin.call("alarms.testCall", { body }));
    expect(orders).toMatchObject([{ callId, number: ANN, party: { kind: "alarm", told: [] } }]);
    await became("pressed 1");
    expect(await listed()).toMatchObject([{ callId, trial: true, alarms: [], result: "confirmed" }]);
    for (let count = 0; count < 5; count += 1) must(await admin.call("alarms.testCall", { body }));
    expect(codeOf(await admin.call("alarms.testCall", { body }))).toBe("tooManyRequests");
    const supervisor = await runtime.user(company, "supervisor");
    expect(codeOf(await supervisor.call("alarms.testCall", { body }))).toBe("notAllowed");
    expect(codeOf(await supervisor.call("alarms.calls", { query: {} }))).toBe("ok");
  });
});

test("settings that do not speak of calls leave them as they are; null ends them", async () => {
  const saved = must(await call(standard));
  expect(saved).toMatchObject({ canCall: true, calls: { numbers: [{ number: ANN }, { number: BOB }] } });
  const body = { mails: [], webhook: null, rev: saved.rev };
  expect(must(await admin.call("alarms.changeSettings", { body })).calls).toEqual(saved.calls);
  expect(must(await call(null)).calls).toBeNull();
});

test("no report counts such a call, no export has it, and no program is told of it", async () => {
  must(await call(standard));
  await goesWrong("diskFilling");
  await round();
  await became("pressed 1");
  const { connection } = runtime.store;
  const events: unknown[] = [];
  const log = { append: async (told: readonly unknown[]) => void events.push(...told) } as EventLog;
  const news = createCallNews({
    connection,
    log,
    countryOf: async () => "FR",
    operatorNames: async () => String,
    now: clock.now,
  });
  await news.lookForBegun(company.companyId);
  const recorder = createRecorder({
    ...{ connection, clock, told: runtime.features.callRecords.told, log: { warn() {} } },
    onRecorded: (records) => news.recorded(records.filter(({ companyId }) => companyId === company.companyId)),
  });
  await recorder.recordDue();
  expect(events).toEqual([]);
  const { companyId } = company;
  expect(await callRecordCollection(connection).findOne({ companyId })).toMatchObject({
    internal: true,
    result: "finished",
  });
  passes(120);
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const query = { from: day, to: day };
  const report = must(await admin.call("reports.get", { params: { report: "lines" }, query }));
  expect([report.total.calls ?? 0, report.rows]).toEqual([0, []]);
  const integrator = await runtime.apiKey(company, ["calls:read"]);
  const exported = await fetch(`${runtime.baseUrl}/api/exports/calls?from=2020-01-01T00:00:00.000Z`, {
    headers: { authorization: `Bearer ${integrator.token}` },
  });
  expect([exported.status, await exported.text()]).toEqual([200, ""]);
});
