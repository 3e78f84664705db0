import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { callCollections } from "../calls/model.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { createFigures } from "./service.ts";
import { byHand } from "./testing/by-hand.ts";
import { halfDay } from "./testing/half-day.ts";

let runtime: TestRuntime;
beforeEach(async () => {
  runtime = await startTestRuntime();
});
afterEach(() => runtime.close());

const HOUR = 3_600_000;
const id = (prefix: string, count: number) => `${prefix}_${count.toString(16).padStart(32, "0")}`;

/** Midnight of Paris before the clocks change, which they do at two or at three: calls come until after it. */
describe.each([
  ["23", "2026-03-29", Date.UTC(2026, 2, 28, 23), "spring", 11],
  ["25", "2026-10-25", Date.UTC(2026, 9, 24, 22), "autumn", 12],
] as const)("a day of %s hours", (length, date, midnight, code, seed) => {
  test("has its calls in the quarters of an hour in which they came, each once, as the traces have them", async () => {
    const { companyId } = await runtime.company(code);
    const queueIds = [id("queue", seed), id("queue", seed + 100)] as const;
    const operatorIds = [1, 2, 3].map((count) => id("op", seed * 10 + count));
    const given = { companyId, queueIds, operatorIds, from: midnight, hours: 5, callers: 150, seed };
    const day = await halfDay(given);
    const { connection } = runtime.store;
    const { calls, traceEvents } = callCollections(connection);
    const { offers, shifts, shiftTimes } = callCentreCollections(connection);
    await calls.insertMany(day.calls.map((call) => ({ ...call, unsettled: call.status === "live" })));
    await traceEvents.insertMany([...day.traceEvents]);
    await offers.insertMany([...day.offers]);
    await shifts.insertMany([...day.shifts]);
    await shiftTimes.insertMany([...day.shiftTimes]);

    const clock = { now: () => day.now, at: () => () => {} };
    const service = createFigures({ connection, ...runtime.features, clock });
    const figures = await service.day(systemScope(companyId), { date });
    const until = midnight + Number(length) * HOUR;
    const expected = byHand(day, { from: midnight, until });
    expect([Date.parse(figures.from), Date.parse(figures.until)]).toEqual([midnight, until]);
    expect(figures.total).toEqual(expected.total);
    expect(Object.fromEntries(figures.queues.map((queue) => [queue.queueId, queue.figures]))).toEqual(expected.queues);
    expect(Object.fromEntries(figures.operators.map((one) => [one.operatorId, one.figures]))).toEqual(
      expected.operators,
    );
    expect(figures.slots.map((slot) => Date.parse(slot.from))).toEqual(
      Array.from({ length: Number(length) * 4 }, (_, quarter) => midnight + quarter * (HOUR / 4)),
    );
    const counted = Object.fromEntries(
      figures.slots
        .filter(({ figures: { offered } }) => offered > 0)
        .map(({ from, figures: { offered, answered, left, abandoned } }) => [
          from,
          { offered, answered, left, abandoned },
        ]),
    );
    expect(counted).toEqual(expected.slots);
    // Some came before the change, some after it.
    const came = day.calls.map(({ startedAt }) => startedAt);
    expect(Math.min(...came)).toBeLessThan(midnight + HOUR);
    expect(Math.max(...came)).toBeGreaterThan(midnight + 4 * HOUR);
    expect(figures.slots.reduce((sum, slot) => sum + slot.calls, 0)).toBe(came.length);
    expect(figures.calls.total).toBe(came.length);
  });
});
