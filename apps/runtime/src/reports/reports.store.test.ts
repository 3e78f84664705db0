import type { Company, Report } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { callRecordCollection } from "../call-records/index.ts";
import { createRecorder } from "../call-records/recorder.ts";
import { callCollections } from "../calls/model.ts";
import { createFigures } from "../figures/index.ts";
import { type HalfDay, halfDay } from "../figures/testing/half-day.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { reportCollections } from "./model.ts";
import { createReports, type ReportAsked } from "./service.ts";

let runtime: TestRuntime;
let company: Company;
let day: HalfDay;

/** Eight in the morning in Paris. */
const from = Date.UTC(2026, 10, 23, 7);
const date = "2026-11-23";
const HOUR = 3_600_000;
const id = (prefix: string, count: number) => `${prefix}_${count.toString(16).padStart(32, "0")}`;
const queueIds = [id("queue", 1), id("queue", 2)] as const;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  const operatorIds = [id("op", 1), id("op", 2), id("op", 3)];
  day = await halfDay({ companyId: company.companyId, queueIds, operatorIds, from, hours: 4, callers: 170, seed: 7 });
  const { connection } = runtime.store;
  const { calls, traceEvents } = callCollections(connection);
  const { offers, shifts, shiftTimes } = callCentreCollections(connection);
  await calls.insertMany(
    day.calls.map((call) => ({ ...call, ...{ unsettled: call.status === "live" || call.outbox.length > 0 } })),
  );
  await traceEvents.insertMany([...day.traceEvents]);
  await offers.insertMany([...day.offers]);
  await shifts.insertMany([...day.shifts]);
  await shiftTimes.insertMany([...day.shiftTimes]);
});
afterAll(() => runtime.close());

const scope = () => systemScope(company.companyId);
const clockAt = (now: number) => ({ now: () => now, at: () => () => {} });
/** Reports as a process has them that was started at that time. */
const reportsAt = (now: number) =>
  createReports({ connection: runtime.store.connection, ...runtime.features, clock: clockAt(now) });
const asked = (report: ReportAsked["report"], more: Partial<ReportAsked> = {}): ReportAsked => ({
  ...{ report, from: date, to: date, language: "en", ...more },
});

async function record(now: number) {
  const { connection } = runtime.store;
  const { told } = runtime.features.callRecords;
  const log = { warn: (details: object) => expect.fail(JSON.stringify(details)) };
  const reports = reportsAt(now);
  await createRecorder({ connection, told, clock: clockAt(now), log, onRecorded: reports.recorded }).recordDue();
}

/** What the report has more of than the day's page is left aside. */
async function expectAsThePage(now: number) {
  const { connection } = runtime.store;
  const page = await createFigures({ connection, ...runtime.features, clock: clockAt(now) }).day(scope(), { date });
  const queues = await reportsAt(now).get(scope(), asked("queues", { step: "quarter" }));
  expect(queues.total).toMatchObject(page.total);
  expect(page.queues.filter(({ figures }) => figures.offered > 0)).not.toHaveLength(0);
  for (const { queueId, figures } of page.queues)
    expect(queues.rows.find((row) => row.id === queueId)?.figures).toMatchObject(figures);
  const soFar = page.slots.slice(0, queues.slots.length);
  expect(queues.slots.map((slot) => [slot.from, slot.figures.offered, slot.figures.answeredInTime])).toEqual(
    soFar.map((slot) => [slot.from, slot.figures.offered, slot.figures.answeredInTime]),
  );
  const operators = await reportsAt(now).get(scope(), asked("operators", { step: "quarter" }));
  expect(operators.rows.map(({ id: operatorId }) => operatorId).sort()).toEqual(
    page.operators.map(({ operatorId }) => operatorId).sort(),
  );
  for (const { operatorId, figures } of page.operators) {
    const { pauses, ...shown } = figures;
    const row = operators.rows.find((one) => one.id === operatorId)?.figures;
    expect(row).toMatchObject(shown);
    for (const { reason, label, ms } of pauses)
      expect(row?.[`pause.${[reason, label].filter(Boolean).join(".")}`]).toBe(ms);
  }
  const lines = await reportsAt(now).get(scope(), asked("lines"));
  expect(lines.total).toMatchObject({ calls: page.calls.total, running: page.calls.running });
  for (const { result, count } of page.calls.results) expect(lines.total[result]).toBe(count);
  for (const report of [queues, operators, lines]) expectToAddUp(report);
  return { page, queues, operators, lines };
}

/** Rows and slots each add up to the total, in everything that can be added. */
function expectToAddUp({ columns, rows, slots, total }: Report) {
  for (const { id: figure, kind } of columns) {
    if (kind === "share" || /^(average|median|answer9|longest)/.test(figure)) continue;
    const sum = (parts: readonly { readonly figures: Report["total"] }[]) =>
      parts.reduce((all, { figures }) => all + (figures[figure] ?? 0), 0);
    expect([figure, sum(rows), sum(slots)]).toEqual([figure, total[figure], total[figure]]);
  }
}

describe("a half day", () => {
  test("is the same on the day's page and in the reports while it goes on: nothing is recorded or summed up yet", async () => {
    const { queues } = await expectAsThePage(day.now);
    expect(queues.total.offered).toBeGreaterThan(100);
    expect(queues.slots).toHaveLength(49);
  });

  test("is the same once its calls are recorded and its quarters summed up", async () => {
    await record(day.now);
    await reportsAt(day.now).round(company.companyId);
    const { quarters } = reportCollections(runtime.store.connection);
    expect(await quarters.countDocuments({ companyId: company.companyId })).toBeGreaterThan(8);
    await expectAsThePage(day.now);
  });

  test("is the same whoever counts: two at once, again, and everything anew", async () => {
    const two = [reportsAt(day.now), reportsAt(day.now)];
    await Promise.all(two.map((reports) => reports.recorded(day.calls)));
    await Promise.all(two.map((reports) => reports.round(company.companyId)));
    await expectAsThePage(day.now);
    const before = await reportsAt(day.now).get(scope(), asked("queues"));
    expect(await reportsAt(day.now).rebuild({ ...scope(), role: "admin" })).toEqual({ from: expect.any(String) });
    for (let done = false; !done; ) done = await reportsAt(day.now).round(company.companyId);
    expect(await reportsAt(day.now).get(scope(), asked("queues"))).toEqual(before);
  });

  test("tells the choices in its menu, and where callers gave up", async () => {
    const choices = await reportsAt(day.now).get(scope(), asked("choices"));
    const pressed = day.calls.filter(({ traceTail, _id }) =>
      [...traceTail, ...day.traceEvents.filter(({ callId }) => callId === _id)].some(
        ({ kind }) => kind === "input.digits",
      ),
    );
    expect(choices.total.count).toBe(pressed.length);
    const exits = await reportsAt(day.now).get(scope(), asked("exits"));
    const { total } = await reportsAt(day.now).get(scope(), asked("lines"));
    expect(exits.total.count).toBe((total.abandoned ?? 0) + (total.shortAbandoned ?? 0) + (total.hungUp ?? 0));
  });
});

test("what is noted, corrected and kept the next day counts where it belongs", async () => {
  const { connection } = runtime.store;
  const { companyId } = company;
  const later = day.now + 26 * HOUR;
  const records = callRecordCollection(connection);
  const some = await records.findOne({ companyId, result: "answered", startedAt: { $lt: from + HOUR } });
  if (!some) throw new Error("nobody was answered in the first hour");
  await reportsAt(later).get(scope(), asked("queues"));

  await records.updateOne({ _id: some._id }, { $set: { outcomes: ["sold"] } });
  await reportsAt(later).recorded([some]);
  const outcomes = await reportsAt(later).get(scope(), asked("outcomes"));
  expect(outcomes.rows).toMatchObject([{ name: "sold", figures: { count: 1, share: 1 } }]);
  const quarters = await reportsAt(later).get(scope(), asked("outcomes", { step: "quarter" }));
  expect(quarters.slots.filter(({ figures }) => figures.count === 1)).toHaveLength(1);

  const { waitingCalls } = callCentreCollections(connection);
  const callback = {
    ...{ scheduleId: null, heldFor: null, notBefore: 0, urgent: false, once: false, attemptsAllowed: 3, retryMs: 1 },
    attempts: [],
  };
  const promise = {
    companyId,
    isCallback: true,
    queueIds: [queueIds[0]],
    callback,
    joinedAt: from + HOUR,
    closedAt: null,
  };
  await waitingCalls.insertOne({ _id: "w_1", ...promise, leftReason: null, live: true } as never);
  // Promised yesterday, found when it is over: only then it is known of.
  await waitingCalls.updateOne({ _id: "w_1" }, { $set: { closedAt: later, leftReason: "answered", live: false } });
  const kept = await reportsAt(later).get(scope(), asked("queues"));
  expect(kept.total).toMatchObject({ promised: 1, promisesKept: 1, promisesOpen: 0 });

  const supervisor = { ...scope(), role: "supervisor" as const };
  const before = await reportsAt(later).get(supervisor, asked("operators"));
  const operatorId = id("op", 1);
  const corrections = connection.collection("timeCorrections");
  const said = { companyId, operatorId, from: from + HOUR, until: from + 3 * HOUR, as: "absent", label: null };
  await corrections.insertOne({ _id: "fix_1", ...said, at: later, changedAt: later } as never);
  const corrected = await reportsAt(later).get(supervisor, asked("operators"));
  const signedIn = (report: Report) => report.rows.find((row) => row.id === operatorId)?.figures.signedInMs ?? 0;
  expect(signedIn(corrected)).toBeLessThan(signedIn(before));
  await corrections.updateOne({ _id: "fix_1" as never }, { $set: { removed: true, changedAt: later + 20_000 } });
  expect(signedIn(await reportsAt(later + 21_000).get(supervisor, asked("operators")))).toBe(signedIn(before));
});

describe("compared with the same days a week before", () => {
  const WEEK = 7 * 24 * HOUR;
  const nextWeek = { from: "2026-11-30", to: "2026-11-30", compare: date };

  test("the other period is as it is when it is asked for alone, over a period without a call too", async () => {
    const alone = await reportsAt(day.now + WEEK).get(scope(), asked("queues", { step: "hour" }));
    const later = await reportsAt(day.now + 2 * WEEK).get(scope(), asked("queues", { ...nextWeek, step: "hour" }));
    expect(later.compared).toMatchObject({ from: date, to: date, total: alone.total });
    expect(later.total.offered).toBe(0);
    expect(later.compared?.slots.map(({ offered }) => offered)).toEqual(
      alone.slots.map(({ figures }) => figures.offered),
    );
    for (const { id: queueId, figures } of alone.rows) expect(later.compared?.rows[queueId]).toEqual(figures);
    expect(later.rows.map((row) => row.id)).toEqual(alone.rows.map((row) => row.id));
  });

  test("a day that goes on is compared up to the same quarter of an hour", async () => {
    const alone = await reportsAt(day.now + WEEK).get(scope(), asked("queues", { step: "quarter" }));
    const tenOClock = from + 2 * HOUR + 60_000;
    const going = await reportsAt(tenOClock + WEEK).get(scope(), asked("queues", nextWeek));
    const until = alone.slots.filter((slot) => Date.parse(slot.until) <= tenOClock);
    expect(going.compared?.until).toBe(until.at(-1)?.until);
    expect(going.compared?.total.offered).toBe(until.reduce((sum, { figures }) => sum + (figures.offered ?? 0), 0));
    expect(going.compared?.total.offered).toBeLessThan(alone.total.offered ?? 0);
  });
});

test("a typical day is the average of the days that have anything, and each of its hours is", async () => {
  const later = day.now + 30 * 24 * HOUR;
  const of = (more: Partial<ReportAsked>) =>
    reportsAt(later).get(scope(), asked("queues", { to: "2026-12-06", ...more }));
  const whole = await of({ step: "day" });
  const typical = await of({ step: "hourOfDay" });
  expect([typical.days, typical.slots.length]).toEqual([1, 24]);
  expect(typical.total).toEqual(whole.total);
  const hours = await reportsAt(later).get(scope(), asked("queues", { step: "hour" }));
  expect(typical.slots.map(({ figures }) => figures.offered)).toEqual(
    hours.slots.map(({ figures }) => figures.offered),
  );
  // Days that were counted before their quarters were kept together, or long ago, are put together when somebody asks.
  const { dayQuarters } = reportCollections(runtime.store.connection);
  expect((await dayQuarters.deleteMany({ companyId: company.companyId })).deletedCount).toBeGreaterThan(0);
  expect(await of({ step: "hourOfDay" })).toEqual(typical);
  expect(await dayQuarters.countDocuments({ companyId: company.companyId })).toBeGreaterThan(0);
  // The day was a Monday.
  expect(await of({ step: "quarterOfDay", weekdays: "2,3" })).toMatchObject({ days: 0, total: { offered: 0 } });
});

test("sums stay when what they were counted from is deleted, and are counted no lower by what changes then", async () => {
  const { connection } = runtime.store;
  const { companyId } = company;
  const old = day.now + 200 * 24 * HOUR;
  const before = await reportsAt(day.now + 50 * HOUR).get(scope(), asked("queues"));
  await callRecordCollection(connection).deleteMany({ companyId });
  await callCentreCollections(connection).shiftTimes.deleteMany({ companyId });
  await reportsAt(old).recorded(day.calls);
  await reportsAt(old).round(companyId);
  const after = await reportsAt(old).get(scope(), asked("queues"));
  expect([after.total, after.rows]).toEqual([before.total, before.rows]);
});

test("sums are kept for five years, those of a day's quarters together for as long as a report by days may be", async () => {
  const { quarters, days, dayQuarters } = reportCollections(runtime.store.connection);
  const whose = { companyId: company.companyId };
  expect([await quarters.countDocuments(whose), await days.countDocuments(whose)]).not.toContain(0);
  expect(await dayQuarters.countDocuments(whose)).toBeGreaterThan(0);
  await reportsAt(day.now + 420 * 24 * HOUR).round(company.companyId);
  expect(await dayQuarters.countDocuments(whose)).toBe(0);
  await reportsAt(day.now + 1_800 * 24 * HOUR).round(company.companyId);
  expect(await quarters.countDocuments(whose)).toBeGreaterThan(0);
  await reportsAt(day.now + 1_930 * 24 * HOUR).round(company.companyId);
  expect([await quarters.countDocuments(whose), await days.countDocuments(whose)]).toEqual([0, 0]);
});

test("who may read calls may read reports, of their own company and as a table; others, and what is no period, are refused", async () => {
  const supervisor = await runtime.user(company, "supervisor");
  const period = { from: date, to: date };
  const got = await supervisor.call("reports.get", { params: { report: "queues" }, query: period });
  expect(got).toMatchObject({ ok: true, value: { timeZone: "Europe/Paris", step: "day" } });
  const table = await supervisor.call("reports.csv", {
    params: { report: "queues" },
    query: { ...period, table: "slots", language: "fr" },
  });
  expect(table.ok && new TextDecoder("utf-8", { ignoreBOM: true }).decode(table.value)).toMatch(
    /^\uFEFFDébut;Proposés;.*\r\n2026-11-23;\d+;/,
  );
  const backwards = { params: { report: "queues" as const }, query: { from: date, to: "2026-11-22" } };
  expect(await supervisor.call("reports.get", backwards)).toMatchObject({ error: { code: "requestInvalid" } });
  expect(await supervisor.call("reports.rebuild")).toMatchObject({ error: { code: "notAllowed" } });
  const author = await runtime.user(company, "author");
  const refused = await author.call("reports.get", { params: { report: "queues" }, query: period });
  expect(refused).toMatchObject({ error: { code: "notAllowed" } });
  const other = await runtime.company("other");
  const theirs = await (await runtime.user(other, "supervisor")).call("reports.get", {
    params: { report: "lines" },
    query: period,
  });
  expect(theirs).toMatchObject({ ok: true, value: { total: { calls: 0 }, rows: [] } });
  const { client } = await runtime.apiKey(company, ["calls:read"]);
  expect(await client.call("reports.get", { params: { report: "exits" }, query: period })).toMatchObject({ ok: true });
});
