import type { Company, DayFigures } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { createRecorder } from "../call-records/recorder.ts";
import { callCollections } from "../calls/model.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { createDeskDay } from "./desk-day.ts";
import { createFigures } from "./service.ts";
import { byHand } from "./testing/by-hand.ts";
import { type HalfDay, halfDay } from "./testing/half-day.ts";

let runtime: TestRuntime;
let company: Company;
let day: HalfDay;

/** Eight in the morning in Paris. */
const from = Date.UTC(2026, 10, 23, 7);
const hours = 4;
const midnight = Date.UTC(2026, 10, 22, 23);
const date = "2026-11-23";
const id = (prefix: string, count: number) => `${prefix}_${count.toString(16).padStart(32, "0")}`;
const queueIds = [id("queue", 1), id("queue", 2)] as const;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  const operatorIds = [id("op", 1), id("op", 2), id("op", 3)];
  day = await halfDay({ companyId: company.companyId, queueIds, operatorIds, from, hours, callers: 170, seed: 7 });
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

function figuresAt(now: number) {
  const { connection } = runtime.store;
  const clock = { now: () => now, at: () => () => {} };
  return createFigures({ connection, ...runtime.features, clock });
}
const iso = (at: number) => new Date(at).toISOString();
const scope = () => systemScope(company.companyId);

describe.each(["told from the traces of the calls", "told from the call records"])("a half day, %s", (how) => {
  let figures: DayFigures;
  beforeAll(async () => {
    const { connection } = runtime.store;
    const { told } = runtime.features.callRecords;
    const clock = { now: () => day.now, at: () => () => {} };
    const log = { warn: (details: object) => expect.fail(JSON.stringify(details)) };
    if (how.includes("records")) await createRecorder({ connection, told, clock, log }).recordDue();
    figures = await figuresAt(day.now).day(scope(), { date });
  });
  const expected = () => byHand(day, { from: midnight, until: midnight + 86_400_000 });

  test("has something of everything in it", () => {
    const { total, calls } = figures;
    for (const count of [total.answered, total.abandoned, total.shortAbandoned, total.left, total.answeredInTime])
      expect(count).toBeGreaterThan(0);
    expect(calls.running + total.waiting).toBeGreaterThan(0);
    expect(total.offered).toBe(total.answered + total.abandoned + total.shortAbandoned + total.left + total.waiting);
    for (const { figures: operator } of figures.operators) {
      expect(operator.calls).toBeGreaterThan(0);
      expect(operator.pauses.map(({ label }) => label)).toContain("lunch");
    }
    expect(figures.operators.reduce((sum, { figures: { missed } }) => sum + missed, 0)).toBeGreaterThan(0);
    expect(figures.operators.reduce((sum, { figures: { refused } }) => sum + refused, 0)).toBeGreaterThan(0);
  });

  test("counts its calls by result as the traces do", () => {
    expect(Object.fromEntries(figures.calls.results.map(({ result, count }) => [result, count]))).toEqual(
      expected().results,
    );
    expect(figures.calls.total).toBe(day.calls.length);
    expect(figures.calls.running).toBe(day.calls.filter(({ status }) => status === "live").length);
  });

  test("has the figures of its queues as the traces have them", () => {
    expect(figures.total).toEqual(expected().total);
    const queues = Object.fromEntries(figures.queues.map(({ queueId, figures: queue }) => [queueId, queue]));
    expect(queues).toEqual(expected().queues);
  });

  test("has the figures of its operators as their agents showed them", () => {
    const operators = Object.fromEntries(
      figures.operators.map(({ operatorId, figures: operator }) => [operatorId, operator]),
    );
    expect(operators).toEqual(expected().operators);
  });

  test("shows each operator their own day with the same figures, and each of their pauses", async () => {
    const { connection } = runtime.store;
    const clock = { now: () => day.now, at: () => () => {} };
    const deskDay = createDeskDay({ connection, ...runtime.features, clock });
    for (const { operatorId, figures: seen } of figures.operators) {
      const { figures: own, pauses } = await deskDay({ ...scope(), role: "operator", actorId: operatorId });
      expect(own).toEqual(seen);
      const ends = pauses.map(
        ({ from: begun, until }) => [Date.parse(begun), Date.parse(until ?? iso(day.now))] as const,
      );
      expect(ends.reduce((sum, [begun, until]) => sum + until - begun, 0)).toBe(seen.pausedMs);
      expect(ends).toEqual([...ends].sort(([a], [b]) => a - b));
      expect(pauses.map(({ label }) => label)).toContain("lunch");
    }
    const stranger = await deskDay({ ...scope(), role: "operator", actorId: id("op", 9) });
    expect([stranger.figures.signedInMs, stranger.figures.calls, stranger.pauses]).toEqual([0, 0, []]);
  });

  test("has the figures of each quarter of an hour, and they add up", async () => {
    const slots = figures.slots.filter(({ figures: { offered } }) => offered > 0);
    expect(
      Object.fromEntries(
        slots.map(({ from: at, figures: { offered, answered, left, abandoned } }) => [
          at,
          { offered, answered, left, abandoned },
        ]),
      ),
    ).toEqual(expected().slots);
    expect(figures.slots).toHaveLength(96);
    expect(figures.slots.reduce((sum, slot) => sum + slot.calls, 0)).toBe(figures.calls.total);
    const byHour = await figuresAt(day.now).day(scope(), { date, slot: "hour" });
    expect(byHour.slots).toHaveLength(24);
    expect(byHour.slots.reduce((sum, slot) => sum + slot.figures.answered, 0)).toBe(figures.total.answered);
  });

  test("can be asked for one queue alone", async () => {
    const alone = await figuresAt(day.now).day(scope(), { date, queueId: queueIds[1] });
    expect(alone.total).toEqual(expected().queues[queueIds[1]]);
    expect(alone.slots.reduce((sum, slot) => sum + slot.figures.offered, 0)).toBe(alone.total.offered);
  });
});

test("the days before and after have nothing of it", async () => {
  for (const other of ["2026-11-22", "2026-11-24"]) {
    const figures = await figuresAt(day.now).day(scope(), { date: other });
    expect([figures.calls.total, figures.total.offered, figures.operators]).toEqual([0, 0, []]);
  }
});

test("a night's work is cut at midnight: each day has its part, and together they have all", async () => {
  const { shifts } = callCentreCollections(runtime.store.connection);
  const open = await shifts.findOne({ companyId: company.companyId, live: true });
  if (!open) throw new Error("everybody has gone home");
  const later = midnight + 86_400_000 + 3_600_000;
  const of = async (other: string) =>
    (await figuresAt(later).day(scope(), { date: other })).operators.find(
      ({ operatorId }) => operatorId === open.operatorId,
    )?.figures.signedInMs ?? 0;
  expect(await of("2026-11-24")).toBe(3_600_000);
  expect((await of(date)) + (await of("2026-11-24"))).toBe(later - open.signedInAt);
});

test("a day that the calendar has not is refused", async () => {
  const supervisor = await runtime.user(company, "supervisor");
  const answer = await supervisor.call("figures.day", { query: { date: "2026-02-30" } });
  expect(answer).toMatchObject({ ok: false, error: { code: "requestInvalid" } });
  const shown = await supervisor.call("figures.day", { query: { date } });
  expect(shown).toMatchObject({ ok: true, value: { date, timeZone: "Europe/Paris", serviceLevelMs: 20_000 } });
});
