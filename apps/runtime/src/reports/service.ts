import type { InputOf, Report, ReportName, Routes, ScreenLanguage } from "@cordboard/api";
import { reportsOfLimited, standardGoal } from "@cordboard/api";
import { demand, demandWholeCompany, reachesOperator, type Scope } from "../access/index.ts";
import type { CallRecord } from "../call-records/index.ts";
import { SHORT_MS } from "../call-records/short-ms.ts";
import type { Directory } from "../desk/index.ts";
import type { Clock } from "../ports/index.ts";
import { createChanges } from "./changes.ts";
import { type CountAsked, type Counted, counted, isWanted } from "./counted.ts";
import { markQuarters, quartersOfRecord } from "./marks.ts";
import { reportCollections, type SumsKind } from "./model.ts";
import { daysAfter, daysBetween, momentAfter, periodOf } from "./periods.ts";
import { emptyRow, type RowSums } from "./report-kind.ts";
import { createRollUp } from "./roll-up.ts";
import { rowNames } from "./row-names.ts";
import { createSeenStore, type SeenGiven } from "./seen-store.ts";
import { addSums, emptySums, type Sums } from "./sums.ts";
import { createSumsReader } from "./sums-reader.ts";

export interface ReportsGiven extends SeenGiven {
  readonly clock: Clock;
}

export type ReportAsked = Omit<InputOf<Routes["reports.get"]>["query"], "step"> & {
  readonly report: ReportName;
  readonly step?: Report["step"];
  readonly language: ScreenLanguage;
};

/** A report with its rows in each slot, as its table for spreadsheets has them. */
export interface WholeReport {
  readonly report: Report;
  /** By slot, by row. Counted when it is asked for: there are thousands. */
  readonly cells: () => readonly ReadonlyMap<string, Report["total"]>[];
  /** The same of the period that it is compared with; nothing where it is with none. */
  readonly comparedCells?: () => readonly ReadonlyMap<string, Report["total"]>[];
}

const FORGET_EACH_MS = 6 * 3_600_000;

const iso = (at: number) => new Date(at).toISOString();

/** Reports over a period, from the sums of its days and quarters of an hour. */
export function createReports(given: ReportsGiven) {
  const { connection, directories, clock } = given;
  const seen = createSeenStore(given);
  const changes = createChanges(connection);
  const rollUp = createRollUp({ connection, directories, seen });
  const read = createSumsReader({ connection, directories, seen, changes, rollUp });
  const collections = reportCollections(connection);
  /** When old sums were deleted last, by company. */
  const forgotten = new Map<string, number>();

  async function whole(scope: Scope, asked: ReportAsked): Promise<WholeReport> {
    demand(scope, "read", "calls");
    const { companyId } = scope;
    const { report, from, to, step = "day", language, compare } = asked;
    const directory = await directories.of(companyId);
    // The other reports count what belongs to no queue: a line, a flow, a choice in a menu.
    if (!reportsOfLimited.some((name) => name === report)) demandWholeCompany(scope);
    const { timeZone } = directory.company;
    const now = clock.now();
    const asksFor = asked.only === undefined ? null : new Set(asked.only.split(","));
    const base: Omit<CountAsked, "from" | "to"> = {
      ...{ companyId, timeZone, report, step, now, by: asked.by ?? null },
      weekdays: (asked.weekdays ?? "").split(",").filter(Boolean).map(Number),
      wanted: wantedOf(scope, report, asksFor, directory),
      goalOf: (queueId) => (directory.queues.get(queueId)?.goal ?? standardGoal).withinMs,
    };
    const present = await counted(read, { ...base, from, to });
    const { period, rows, figures } = present;
    const before = compare === undefined ? null : await earlier(base, { from, to, compare }, present);
    // A queue that nobody called is worth a row of noughts: its silence may be the news.
    const ids = new Set([...rows.keys(), ...(before?.rows.keys() ?? [])]);
    if (report === "queues")
      for (const queueId of directory.queues.keys()) if (isWanted(base.wanted, queueId)) ids.add(queueId);
    const names = { ...before?.names, ...present.names };
    const nameOf = await rowNames(connection, report, [...ids], { companyId, directory, names, language });
    const soFar = present.days === null ? period.slots.filter((slot) => slot.from <= now).length : period.slots.length;
    const slots = present.slots.slice(0, soFar);
    const days = (of: Counted) => (of.days === null ? {} : { days: of.days });
    const rowFigures = (of: Counted) => (id: string) => [id, of.figures(of.rows.get(id) ?? emptyRow())] as const;
    return {
      report: {
        ...{ report, from, to, step, timeZone, computedAt: iso(now), shortMs: SHORT_MS },
        counting: present.counting || (before?.counting ?? false),
        columns: before === null ? present.columns : allColumns(present.columns, before.columns),
        total: figures(present.total),
        rows: [...ids]
          .map((id) => ({ id, ...nameOf(id), figures: rowFigures(present)(id)[1] }))
          .sort((a, b) => (a.of ?? "").localeCompare(b.of ?? "", language) || a.name.localeCompare(b.name, language)),
        slots: period.slots.slice(0, soFar).map((slot, at) => ({
          ...{ from: iso(slot.from), until: iso(slot.until) },
          figures: figures(slots[at]?.all ?? emptyRow()),
        })),
        ...days(present),
        ...(before && {
          compared: {
            ...{ from: before.from, to: before.to, until: iso(before.until), ...days(before) },
            total: before.figures(before.total),
            rows: Object.fromEntries([...ids].map(rowFigures(before))),
            slots: slots.map((_, at) => before.figures(before.slots[at]?.all ?? emptyRow())),
          },
        }),
      },
      cells: () => slots.map(({ theirs }) => cellsOf(theirs, present)),
      comparedCells: () =>
        (before?.slots ?? []).slice(0, soFar).map(({ theirs }) => cellsOf(theirs, before ?? present)),
    };
  }

  /** The period of as many days that begins with `compare`; where the present one goes on, up to the same time of the same day. */
  async function earlier(
    base: Omit<CountAsked, "from" | "to">,
    { from, to, compare }: { readonly from: string; readonly to: string; readonly compare: string },
    { period, days }: Counted,
  ): Promise<Counted & { readonly from: string; readonly to: string }> {
    const { now, timeZone } = base;
    const shift = daysBetween(from, compare);
    const goesOn = days === null && now >= period.from && now < period.until;
    const other = { from: compare, to: daysAfter(to, shift) };
    const cutAt = goesOn ? momentAfter(now, shift, timeZone) : null;
    return { ...(await counted(read, { ...base, ...other, cutAt })), ...other };
  }

  /** Looks what changed, and counts it; then a day of what is counted anew. True: nothing is left to do. */
  async function round(companyId: string): Promise<boolean> {
    const now = clock.now();
    if (now - (forgotten.get(companyId) ?? 0) > FORGET_EACH_MS) {
      await rollUp.forget(companyId, now);
      forgotten.set(companyId, now);
    }
    const liveFrom = await seen.liveFrom(companyId, now);
    await changes.mark(companyId, now, () => seen.oldest(companyId));
    const all = await rollUp.countMarked(companyId, liveFrom);
    return (await rollUp.countAnew(companyId, liveFrom)) && all;
  }

  return {
    whole,
    round,
    async get(scope: Scope, asked: ReportAsked): Promise<Report> {
      return (await whole(scope, asked)).report;
    },
    /** Everything of one kind that a period adds up to, to the moment, and since when anything was counted. */
    async sumsOver(
      companyId: string,
      { from, to }: { readonly from: string; readonly to: string },
      kind: SumsKind,
    ): Promise<{ readonly sums: Sums; readonly counting: boolean; readonly timeZone: string; readonly now: number }> {
      const { timeZone } = (await directories.of(companyId)).company;
      const now = clock.now();
      const { slots, counting } = await read(companyId, periodOf(from, to, "month", timeZone), kind, "days", now);
      const sums = emptySums();
      for (const slot of slots) addSums(sums, slot);
      return { sums, counting, timeZone, now };
    },
    async rebuild(scope: Scope): Promise<{ from: string | null }> {
      demand(scope, "write", "company");
      const from = await rollUp.beginAnew(scope.companyId, clock.now());
      return { from: from === null ? null : iso(from) };
    },
    /** Says that calls were recorded, or their records changed. To be durable before whoever says it forgets that it was to be said. */
    async recorded(records: readonly Pick<CallRecord, "companyId" | "startedAt" | "endedAt">[]): Promise<void> {
      for (const companyId of new Set(records.map((record) => record.companyId))) {
        const theirs = records.filter((record) => record.companyId === companyId);
        await markQuarters(collections, companyId, theirs.flatMap(quartersOfRecord));
      }
    },
  };
}

/** The rows that are asked for, as far as this scope may see them; null: all. Of operators: those who serve a queue that it supervises. */
function wantedOf(
  scope: Scope,
  report: ReportName,
  asked: ReadonlySet<string> | null,
  { queues, operators }: Directory,
): ReadonlySet<string> | null {
  if (!scope.queues) return asked;
  if (report === "answers") {
    const own = [...scope.queues];
    const named = own.filter((id) => asked?.has(id));
    const others = [...(asked ?? [])].filter((id) => !id.startsWith("queue_"));
    const isOfOthers = named.length === 0 && [...(asked ?? [])].some((id) => id.startsWith("queue_"));
    // A queue that is none: nothing is to be found, rather than everything.
    return new Set([...others, ...(isOfOthers || own.length === 0 ? ["queue_"] : named.length > 0 ? named : own)]);
  }
  const theirs =
    report === "queues"
      ? [...scope.queues]
      : [...operators.keys()].filter((operatorId) => reachesOperator(scope, operatorId, queues));
  return new Set(theirs.filter((id) => asked === null || asked.has(id)));
}

export type Reports = ReturnType<typeof createReports>;

const cellsOf = (theirs: ReadonlyMap<string, RowSums>, { figures }: Counted) =>
  new Map([...theirs].map(([id, row]) => [id, figures(row)]));

/** Reasons for a pause may be there in one of two periods alone. */
function allColumns(present: Report["columns"], before: Report["columns"]): Report["columns"] {
  const known = new Set(present.map(({ id }) => id));
  return [...present, ...before.filter(({ id }) => !known.has(id))];
}
