import type { InputOf, Report, ReportName, Routes, ScreenLanguage } from "@cordboard/api";
import { standardGoal } from "@cordboard/api";
import { demand, type Scope } from "../access/index.ts";
import type { CallRecord } from "../call-records/index.ts";
import { SHORT_MS } from "../call-records/short-ms.ts";
import type { Clock } from "../ports/index.ts";
import { createChanges } from "./changes.ts";
import { addRow, emptyRow, type RowSums, reportKinds } from "./kinds.ts";
import { markQuarters, quartersOfRecord } from "./marks.ts";
import { reportCollections } from "./model.ts";
import { periodOf } from "./periods.ts";
import { createRollUp } from "./roll-up.ts";
import { rowNames } from "./row-names.ts";
import { createSeenStore, type SeenGiven } from "./seen-store.ts";
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
    const { report, from, to, step = "day", language } = asked;
    const directory = await directories.of(companyId);
    const { timeZone } = directory.company;
    const now = clock.now();
    const period = periodOf(from, to, step, timeZone);
    const kind = reportKinds[report];
    const by = step === "quarter" || step === "hour" ? "quarters" : "days";
    const { slots, counting } = await read(companyId, period, [kind.reads], by, now);
    const goalOf = (queueId: string) => (directory.queues.get(queueId)?.goal ?? standardGoal).withinMs;
    const wanted = asked.only === undefined ? null : new Set(asked.only.split(","));
    const total = emptyRow();
    const rows = new Map<string, RowSums>();
    const names: Record<string, string> = {};
    // A queue that nobody called is worth a row of noughts: its silence may be the news.
    if (report === "queues") for (const queueId of directory.queues.keys()) rows.set(queueId, emptyRow());
    const ofSlots = slots.map((sums) => {
      const all = emptyRow();
      const theirs = kind.rows(sums, { goalOf });
      for (const [id, row] of theirs) {
        addRow(known(rows, id), row);
        if (isWanted(wanted, id)) addRow(all, row);
      }
      addRow(total, all);
      Object.assign(names, sums.names);
      return { all, theirs };
    });
    for (const id of rows.keys()) if (!isWanted(wanted, id)) rows.delete(id);
    const nameOf = await rowNames(connection, report, [...rows.keys()], { companyId, directory, names, language });
    const soFar = period.slots.filter((slot) => slot.from <= now).length;
    const figures = (row: RowSums) => kind.figures(row, total);
    return {
      report: {
        ...{ report, from, to, step, timeZone, computedAt: iso(now), counting, shortMs: SHORT_MS },
        columns: kind.columns(total),
        total: figures(total),
        rows: [...rows]
          .map(([id, row]) => ({ id, ...nameOf(id), figures: figures(row) }))
          .sort((a, b) => (a.of ?? "").localeCompare(b.of ?? "", language) || a.name.localeCompare(b.name, language)),
        slots: period.slots.slice(0, soFar).map((slot, at) => ({
          ...{ from: iso(slot.from), until: iso(slot.until) },
          figures: figures(ofSlots[at]?.all ?? emptyRow()),
        })),
      },
      cells: () =>
        ofSlots
          .slice(0, soFar)
          .map(
            ({ theirs }) => new Map([...theirs].filter(([id]) => rows.has(id)).map(([id, row]) => [id, figures(row)])),
          ),
    };
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

export type Reports = ReturnType<typeof createReports>;

function known(rows: Map<string, RowSums>, id: string): RowSums {
  const row = rows.get(id) ?? emptyRow();
  rows.set(id, row);
  return row;
}

/** Of an id that names several things any of them will do: a flow is asked for by its own id, and so are all its nodes. */
const isWanted = (wanted: ReadonlySet<string> | null, id: string): boolean =>
  wanted === null || wanted.has(id) || id.split("|").some((part) => wanted.has(part));
