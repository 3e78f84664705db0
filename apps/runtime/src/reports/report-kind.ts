import type { Report, ReportBy, ReportColumn } from "@cordboard/api";
import type { SumsKind } from "./model.ts";
import type { QueueSums, Sums } from "./sums.ts";
import { addTally } from "./tally.ts";

type Figures = Report["total"];

/** What one row adds up to. Of everything but queues there is only `sums`; how long who gave up waited is in it, and not by seconds. */
export type RowSums = Omit<QueueSums, "abandonedIn">;

export interface Asked {
  readonly goalOf: (queueId: string) => number;
  /** Of a report that narrows itself: what it is narrowed to; null: to nothing. */
  readonly wanted: ReadonlySet<string> | null;
  /** Whether answers are counted for each queue or operator apart. */
  readonly by: ReportBy | null;
}

/** How a report is made of sums: its rows, and the figures of a row. */
export interface ReportKind {
  readonly reads: SumsKind;
  /** Its rows are of what is wanted already. */
  readonly narrows?: true;
  rows(sums: Sums, asked: Asked): ReadonlyMap<string, RowSums>;
  columns(all: RowSums): ReportColumn[];
  /** `of`: everything that shares are of. */
  figures(row: RowSums, of: RowSums): Figures;
}

export const emptyRow = (): RowSums => ({ sums: {}, longestMs: 0, answeredIn: {} });

export function addRow(row: RowSums, more: RowSums): void {
  addTally(row.sums, more.sums);
  row.longestMs = Math.max(row.longestMs, more.longestMs);
  addTally(row.answeredIn, more.answeredIn);
}

/** Figures that add up over rows and steps; means, percentiles, longest waits and shares do not. */
export const addsUp = ({ id, kind }: ReportColumn): boolean =>
  kind !== "share" && !/^(average|median|answer9|longest)/.test(id);
