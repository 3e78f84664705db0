import type { ReportName } from "@cordboard/api";
import { beforeAll, expect, test } from "vitest";
import type { CallRecord } from "../call-records/index.ts";
import { recordOfCall } from "../call-records/record-of-call.ts";
import { byHand } from "../figures/testing/by-hand.ts";
import { type HalfDay, halfDay } from "../figures/testing/half-day.ts";
import { addRow, emptyRow, type RowSums, reportKinds } from "./kinds.ts";
import { QUARTER_MS, quarterOf } from "./quarters.ts";
import type { Sums } from "./sums.ts";
import { sumsOfQuarters } from "./sums-of-quarters.ts";

/** A working day of a company: what its engine, its call centre and its records make of it, and what reports make of that. */
const CALLS = 3_000;
const OPERATORS = 40;
const HOURS = 8;
const id = (prefix: string, count: number) => `${prefix}_${count.toString(16).padStart(32, "0")}`;
const from = Date.UTC(2026, 10, 23, 7);
const midnight = Date.UTC(2026, 10, 22, 23);

let day: HalfDay;
let records: readonly CallRecord[];
let sums: ReadonlyMap<number, Sums>;

beforeAll(async () => {
  day = await halfDay({
    companyId: id("co", 1),
    queueIds: [id("queue", 1), id("queue", 2)],
    operatorIds: Array.from({ length: OPERATORS }, (_, count) => id("op", count + 1)),
    ...{ from, hours: HOURS, callers: CALLS, seed: 11 },
  });
  const traces = new Map<string, HalfDay["traceEvents"][number][]>();
  for (const event of day.traceEvents) traces.set(event.callId, [...(traces.get(event.callId) ?? []), event]);
  records = day.calls.map((call) => {
    const events = new Map([...call.traceTail, ...(traces.get(call._id) ?? [])].map((event) => [event.seq, event]));
    const inOrder = [...events.values()].sort((a, b) => a.seq - b.seq);
    return recordOfCall(call, inOrder, { queue: (queueId) => queueId, operator: (operatorId) => operatorId });
  });
  const open = day.shifts
    .filter(({ live }) => live)
    .map((shift) => ({ ...shift, shiftId: shift._id, from: shift.since, until: day.now, callId: null, queueId: null }));
  const times = [...day.shiftTimes, ...open.filter(({ until, since }) => until > since)];
  const wrapUps = [
    ...day.shiftTimes.filter(({ state }) => state === "wrapUp"),
    ...day.shifts.flatMap((shift) =>
      shift.live && shift.state === "wrapUp"
        ? [{ ...shift, shiftId: shift._id, from: shift.since, until: day.now, ...lastCall(shift) }]
        : [],
    ),
  ];
  const seen = { records, times, wrapUps, offers: day.offers, promises: [], operatorNames: new Map<string, string>() };
  sums = sumsOfQuarters(seen, from, quarterOf(day.now) + QUARTER_MS, day.now);
}, 300_000);

const lastCall = ({ current }: HalfDay["shifts"][number]) => ({
  callId: current?.callId ?? null,
  queueId: current?.queueId ?? null,
});

/** A report's rows and total, as the product makes them from its sums. */
function reported(report: ReportName) {
  const kind = reportKinds[report];
  const rows = new Map<string, RowSums>();
  const total = emptyRow();
  for (const quarter of sums.values()) {
    for (const [key, row] of kind.rows(quarter, { goalOf: () => 20_000 })) {
      const known = rows.get(key) ?? emptyRow();
      rows.set(key, known);
      addRow(known, row);
      addRow(total, row);
    }
  }
  return {
    total: kind.figures(total, total),
    rows: new Map([...rows].map(([key, row]) => [key, kind.figures(row, total)])),
  };
}
const expected = () => byHand(day, { from: midnight, until: midnight + 86_400_000 });

test("every call of the day is accounted for once: in one result, or running", () => {
  expect(new Set(records.map(({ _id }) => _id)).size).toBe(CALLS);
  const { calls, running, ...figures } = reported("lines").total;
  const results = Object.entries(figures).filter(([figure]) => !/Ms$|messages/.test(figure));
  expect(calls).toBe(CALLS);
  expect(results.reduce((sum, [, count]) => sum + (count ?? 0), running ?? 0)).toBe(CALLS);
  const byResult = Object.fromEntries(results.filter(([, count]) => (count ?? 0) > 0));
  expect(byResult).toEqual(expected().results);
  for (const report of ["flows", "versions"] as const) expect(reported(report).total.calls).toBe(CALLS);
});

test("queues are as the traces of their callers have them", () => {
  const { total, rows } = reported("queues");
  const hand = expected();
  expect(total).toMatchObject(hand.total);
  expect([...rows.keys()].sort()).toEqual(Object.keys(hand.queues).sort());
  for (const [queueId, figures] of rows) expect(figures).toMatchObject(hand.queues[queueId] ?? {});
  expect(total.answered).toBeGreaterThan(CALLS / 4);
});

test("operators are as their own screens showed them", () => {
  const { rows } = reported("operators");
  const hand = expected().operators;
  expect(rows.size).toBe(OPERATORS);
  for (const [operatorId, figures] of rows) {
    const { pauses = [], ...shown } = hand[operatorId] ?? {};
    expect(figures).toMatchObject(shown);
    for (const { reason, label, ms } of pauses)
      expect(figures[`pause.${[reason, label].filter(Boolean).join(".")}`]).toBe(ms);
  }
});

test("choices are the keys that were pressed, and callers hang up where their trace says", () => {
  const pressed = new Set(
    [
      ...day.traceEvents,
      ...day.calls.flatMap(({ _id: callId, traceTail }) => traceTail.map((one) => ({ ...one, callId }))),
    ]
      .filter(({ kind }) => kind === "input.digits")
      .map(({ callId, seq }) => `${callId} ${seq}`),
  );
  expect(reported("choices").total.count).toBe(pressed.size);
  const talked = new Set(
    records.filter(({ rung }) => rung.some(({ answeredAt }) => answeredAt !== null)).map(({ _id }) => _id),
  );
  const hungUp = day.calls.filter(({ _id, endedBy }) => endedBy === "caller" && !talked.has(_id));
  expect(reported("exits").total.count).toBe(hungUp.length);
});
