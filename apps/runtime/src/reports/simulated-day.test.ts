import type { ReportBy, ReportName } from "@cordboard/api";
import { beforeAll, expect, test } from "vitest";
import type { CallRecord } from "../call-records/index.ts";
import { recordOfCall } from "../call-records/record-of-call.ts";
import { answersSaid, type Said, surveyId } from "../figures/testing/answers-said.ts";
import { type ByHand, byHand } from "../figures/testing/by-hand.ts";
import { type CountsByHand, countsByHand } from "../figures/testing/counts-by-hand.ts";
import { type HalfDay, halfDay } from "../figures/testing/half-day.ts";
import { boardByHand, boardOf, dequeuedByHand, dequeuedOf } from "../figures/testing/told-live.ts";
import { tracesOf } from "../figures/testing/traces-of.ts";
import { withHolds } from "../figures/testing/with-holds.ts";
import { givenAnswers } from "../script-runs/given-answers.ts";
import { reportKinds } from "./kinds.ts";
import { QUARTER_MS, quarterOf } from "./quarters.ts";
import { addRow, emptyRow, type RowSums } from "./report-kind.ts";
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
let hand: ByHand;
let counted: CountsByHand;
let records: readonly CallRecord[];
let said: readonly Said[];
let sums: ReadonlyMap<number, Sums>;

beforeAll(async () => {
  const lived = await halfDay({
    companyId: id("co", 1),
    queueIds: [id("queue", 1), id("queue", 2)],
    operatorIds: Array.from({ length: OPERATORS }, (_, count) => id("op", count + 1)),
    ...{ from, hours: HOURS, callers: CALLS, seed: 11, everything: true },
  });
  day = withHolds(lived);
  hand = byHand(day, { from: midnight, until: midnight + 86_400_000 });
  counted = countsByHand(day, { attempts: 2 });
  const names = { queue: (queueId: string) => queueId, operator: (operatorId: string) => operatorId };
  const outcomes = new Map<string, string[]>();
  for (const { callId, outcome } of [...day.callNotes].sort((one, other) => one.at - other.at))
    if (outcome !== null) outcomes.set(callId, [...new Set([...(outcomes.get(callId) ?? []), outcome])]);
  records = tracesOf(day).map(({ call, lines }) => ({
    ...recordOfCall(call, lines, names),
    outcomes: outcomes.get(call._id) ?? [],
  }));
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
  const promises = day.waitingCalls.filter(({ isCallback }) => isCallback);
  const surveyed = answersSaid(day);
  said = surveyed.said;
  const answers = new Map(surveyed.runs.map((run) => [run.callId, givenAnswers(run)]));
  const seen = {
    records,
    answers,
    times,
    wrapUps,
    offers: day.offers,
    promises,
    operatorNames: new Map<string, string>(),
  };
  sums = sumsOfQuarters(seen, from, quarterOf(day.now) + QUARTER_MS, day.now);
}, 300_000);

const lastCall = ({ current }: HalfDay["shifts"][number]) => ({
  callId: current?.callId ?? null,
  queueId: current?.queueId ?? null,
});

const asked = { goalOf: () => 20_000, wanted: null, by: null };
/** A report's rows and total, as the product makes them from its sums. */
function reported(report: ReportName, { by = null, only }: { by?: ReportBy | null; only?: readonly string[] } = {}) {
  const kind = reportKinds[report];
  const rows = new Map<string, RowSums>();
  const total = emptyRow();
  for (const quarter of sums.values()) {
    for (const [key, row] of kind.rows(quarter, { ...asked, by, wanted: only ? new Set(only) : null })) {
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
/** A report's rows with what `figures` of them are not nought. */
const rowsOf = (report: ReportName, ...figures: readonly string[]) =>
  Object.fromEntries(
    [...reported(report).rows]
      .map(([key, row]) => [key, Object.fromEntries(figures.flatMap((name) => (row[name] ? [[name, row[name]]] : [])))])
      .filter(([, row]) => Object.keys(row as object).length > 0),
  );
const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, count) => all + count, 0);
const counts = (of: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(of).map(([key, count]) => [key, { count }]));

test("the live board has counted the day as the traces have it", () => {
  expect(boardOf(day)).toEqual(boardByHand(hand));
  for (const figure of ["answered", "abandoned", "shortAbandoned", "left", "answeredInTime"] as const)
    expect([figure, hand.total[figure] > 0]).toEqual([figure, true]);
});

test("the events tell of every caller how they left the line, and after how long, as the traces have it", () => {
  const [told, traced] = [dequeuedOf(day), dequeuedByHand(hand)];
  const ways = (left: typeof told) =>
    [...left].map(([callId, all]) => [callId, ...all.map(({ queueId, reason }) => [queueId, reason])]).sort();
  expect(ways(told)).toEqual(ways(traced));
  // To the second: the line may hear of a caller up to 150 ms after the call has it, when the call's last word is being confirmed.
  for (const [callId, all] of traced) {
    for (const [index, { waitedMs }] of all.entries()) {
      const apart = Math.abs(waitedMs - (told.get(callId)?.[index]?.waitedMs ?? Number.NaN));
      expect([callId, index, apart < 1_000]).toEqual([callId, index, true]);
    }
  }
});

test("every call of the day is accounted for once: in one result, or running", () => {
  expect(new Set(records.map(({ _id }) => _id)).size).toBe(day.calls.length);
  expect(day.calls.filter(({ direction }) => direction === "inbound").length).toBeGreaterThanOrEqual(CALLS);
  const { calls, running, ...figures } = reported("lines").total;
  const results = Object.entries(figures).filter(([figure]) => !/Ms$|messages/.test(figure));
  expect(calls).toBe(day.calls.length);
  expect(results.reduce((all, [, count]) => all + (count ?? 0), running ?? 0)).toBe(day.calls.length);
  const byResult = Object.fromEntries(results.filter(([, count]) => (count ?? 0) > 0));
  expect(byResult).toEqual(hand.results);
  // With something of everything in it.
  for (const result of ["answered", "transferred", "callback", "voicemail", "abandoned", "shortAbandoned", "left"])
    expect([result, hand.results[result]]).toEqual([result, expect.any(Number)]);
  for (const report of ["flows", "versions"] as const) expect(reported(report).total.calls).toBe(day.calls.length);
});

test("queues are as the traces of their callers have them", () => {
  const { total, rows } = reported("queues");
  expect(total).toMatchObject(hand.total);
  expect([...rows.keys()].sort()).toEqual(Object.keys(hand.queues).sort());
  for (const [queueId, figures] of rows) expect(figures).toMatchObject(hand.queues[queueId] ?? {});
  expect(total.answered).toBeGreaterThan(CALLS / 4);
  // Somebody was on hold in every third conversation, and the queues' holds are the operators'.
  expect(total.holds).toBeGreaterThan((total.answered ?? 0) / 4);
  const ofOperators = reported("operators").total;
  expect([ofOperators.holds, ofOperators.heldMs]).toEqual([total.holds, total.heldMs]);
});

test("each quarter of an hour is as the traces have it", () => {
  const slots: Record<string, unknown> = {};
  for (const [at, quarter] of sums) {
    const [all, kind] = [emptyRow(), reportKinds.queues];
    for (const row of kind.rows(quarter, asked).values()) addRow(all, row);
    const { offered, answered, left, abandoned } = kind.figures(all, all);
    if (offered) slots[new Date(at).toISOString()] = { offered, answered, left, abandoned };
  }
  expect(slots).toEqual(hand.slots);
});

test("operators are as their own screens showed them", () => {
  const { rows } = reported("operators");
  expect(rows.size).toBe(OPERATORS);
  for (const [operatorId, figures] of rows) {
    const { pauses = [], ...shown } = hand.operators[operatorId] ?? {};
    expect(figures).toMatchObject({ ...shown, passedOn: counted.passedOn[operatorId] ?? 0 });
    for (const { reason, label, ms } of pauses)
      expect(figures[`pause.${[reason, label].filter(Boolean).join(".")}`]).toBe(ms);
  }
  expect(sum(counted.passedOn)).toBeGreaterThan(100);
});

test("promises are told by what became of the number: kept, given up, called in, or open", () => {
  const figures = ["promised", "promisesKept", "promisesGivenUp", "promisesCalledIn", "promisesOpen"];
  expect(rowsOf("queues", ...figures)).toEqual(counted.promises);
  for (const figure of figures) expect([figure, reported("queues").total[figure]]).not.toEqual([figure, 0]);
  expect(reported("queues").total.promisesCancelled).toBe(0);
});

test("messages count where their callers waited before, and with their line", () => {
  const messages = Object.entries(counted.messages).map(([queueId, count]) => [queueId, { messages: count }]);
  expect(rowsOf("queues", "messages")).toEqual(Object.fromEntries(messages));
  expect(reported("lines").total.messages).toBe(counted.allMessages);
  expect(counted.allMessages).toBeGreaterThan(sum(counted.messages));
});

test("who is passed on, or put through, counts by way and target, and as reached when somebody talked to them then", () => {
  const nonZero = ({ made, reached }: { made: number; reached: number }) => (reached ? { made, reached } : { made });
  expect(rowsOf("transfers", "made", "reached")).toEqual(
    Object.fromEntries(Object.entries(counted.transfers).map(([key, row]) => [key, nonZero(row)])),
  );
  for (const way of ["operator|operator", "operator|queue", "operator|flow", "operator|number", "flow|number"])
    expect(Object.keys(counted.transfers).join(" ")).toContain(way);
});

test("outcomes are what operators noted, in the queue that answered last", () => {
  expect(rowsOf("outcomes", "count")).toEqual(counts(counted.outcomes));
  expect(sum(counted.outcomes)).toBeGreaterThan(CALLS / 4);
});

test("choices are the keys that led somewhere, and callers hang up where their trace says", () => {
  expect(rowsOf("choices", "count")).toEqual(counts(counted.choices));
  expect(Object.keys(counted.choices).length).toBeGreaterThan(6);
  expect(rowsOf("exits", "count")).toEqual(counts(counted.exits));
  expect(Object.keys(counted.exits).length).toBeGreaterThan(4);
});

test("answers are what operators noted last, counted once a call and question, in total, by queue and by operator", () => {
  const isAnswered = (one: Said, key: string) =>
    ({
      satisfied: one.satisfied !== null,
      reasons: one.reasons.length > 0,
      grade: one.grade !== null,
      remark: one.remark,
    })[key] ?? false;
  const valuesOf = ({ satisfied, reasons, grade }: Said, key: string) =>
    ({
      satisfied: satisfied === null ? [] : [String(satisfied)],
      reasons,
      grade: grade === null ? [] : [String(grade)],
    })[key] ?? [];
  const byHandOf = (some: readonly Said[], group: string) =>
    Object.fromEntries(
      ["satisfied", "reasons", "grade", "remark"].flatMap((key) => {
        const place = `${group}|${surveyId}|${key}`;
        const theirs = some.filter((one) => isAnswered(one, key));
        if (theirs.length === 0) return [];
        const values = [...new Set(theirs.flatMap((one) => valuesOf(one, key)))];
        const gave = (value: string) => theirs.filter((one) => valuesOf(one, key).includes(value)).length;
        return [
          [`${place}|`, { answeredQuestion: theirs.length }],
          ...values.map((value) => [
            `${place}|${value}`,
            { given: gave(value), givenShare: gave(value) / theirs.length },
          ]),
        ];
      }),
    );
  const shown = (how: Parameters<typeof reported>[1]) => {
    const rows = [...reported("answers", how).rows].map(([key, { answeredQuestion, given, givenShare }]) => [
      key,
      given === null ? { answeredQuestion } : { given, givenShare },
    ]);
    return Object.fromEntries(rows);
  };
  expect(said.length).toBeGreaterThan(CALLS / 4);
  expect(shown({})).toEqual(byHandOf(said, ""));
  const each = (of: (one: Said) => string) =>
    Object.assign(
      {},
      ...[...new Set(said.map(of))].map((group) =>
        byHandOf(
          said.filter((one) => of(one) === group),
          group,
        ),
      ),
    );
  expect(shown({ by: "queue" })).toEqual(each(({ queueId }) => queueId));
  expect(shown({ by: "operator" })).toEqual(each(({ operatorId }) => operatorId));

  // Of one question in one queue: as many calls as answered it, and as many answers, for each caller gave one.
  const queueId = said[0]?.queueId ?? "";
  const only = [queueId, `${surveyId}|satisfied`];
  const those = said.filter((one) => one.queueId === queueId && one.satisfied !== null).length;
  expect(reported("answers", { only }).total).toMatchObject({ answeredQuestion: those, given: those });
  const grades = said.flatMap(({ grade }) => grade ?? []);
  const mean = grades.reduce((all, grade) => all + grade, 0) / grades.length;
  const { averageNumber } = reported("answers", { only: [`${surveyId}|grade`] }).total;
  expect(averageNumber).toBeCloseTo(mean, 2);
});
