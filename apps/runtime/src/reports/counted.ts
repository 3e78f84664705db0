import type { Report, ReportBy, ReportName, ReportStep } from "@cordboard/api";
import { isTypicalStep } from "@cordboard/api";
import { reportKinds } from "./kinds.ts";
import { type Period, periodOf, slotAt } from "./periods.ts";
import { quarterOf } from "./quarters.ts";
import { addRow, addsUp, emptyRow, type ReportKind, type RowSums } from "./report-kind.ts";
import type { createSumsReader } from "./sums-reader.ts";

type Figures = Report["total"];

export interface CountAsked {
  readonly companyId: string;
  readonly timeZone: string;
  readonly report: ReportName;
  readonly from: string;
  readonly to: string;
  readonly step: ReportStep;
  readonly weekdays: readonly number[];
  /** Only these rows; null: all. */
  readonly wanted: ReadonlySet<string> | null;
  readonly by: ReportBy | null;
  readonly goalOf: (queueId: string) => number;
  readonly now: number;
  /** What is later is left out. */
  readonly cutAt?: number | null;
}

/** A period with its sums: of all, by row, by slot. */
export interface Counted {
  readonly period: Period;
  readonly until: number;
  readonly total: RowSums;
  readonly rows: Map<string, RowSums>;
  readonly slots: readonly { readonly all: RowSums; readonly theirs: ReadonlyMap<string, RowSums> }[];
  readonly names: Readonly<Record<string, string>>;
  readonly counting: boolean;
  /** Of a typical day: how many days there was anything on. */
  readonly days: number | null;
  readonly columns: Report["columns"];
  /** The figures of a row, of a slot or of all; of a typical day, on average. */
  readonly figures: (row: RowSums) => Figures;
}

/** Adds a period up. */
export async function counted(read: ReturnType<typeof createSumsReader>, asked: CountAsked): Promise<Counted> {
  const { companyId, timeZone, report, from, to, step, weekdays, wanted, by: apart, goalOf, now, cutAt = null } = asked;
  const typical = isTypicalStep(step);
  const whole = periodOf(from, to, step, timeZone, { weekdays, over: now });
  const period = cutAt === null ? whole : { ...whole, until: Math.min(whole.until, quarterOf(cutAt)) };
  const kind = reportKinds[report];
  const by = typical || step === "quarter" || step === "hour" ? "quarters" : "days";
  const { slots, counting, busy } = await read(companyId, period, kind.reads, by, now);
  const total = emptyRow();
  const rows = new Map<string, RowSums>();
  const names: Record<string, string> = {};
  const ofSlots = slots.map((sums) => {
    const all = emptyRow();
    const rowsOf = [...kind.rows(sums, { goalOf, wanted, by: apart })];
    const theirs = new Map(kind.narrows ? rowsOf : rowsOf.filter(([id]) => isWanted(wanted, id)));
    for (const [id, row] of theirs) {
      addRow(known(rows, id), row);
      addRow(all, row);
    }
    Object.assign(names, sums.names, sums.answerNames);
    return { all, theirs };
  });
  for (const row of rows.values()) addRow(total, row);
  const days = typical ? new Set(busy.map((at) => slotAt(period.days, at))).size : null;
  const columns = kind.columns(total);
  return {
    ...{ period: whole, until: period.until, total, rows, slots: ofSlots, names, counting, days, columns },
    figures: (row) => averaged(kind, row, total, columns, days),
  };
}

function averaged(
  kind: ReportKind,
  row: RowSums,
  total: RowSums,
  columns: Report["columns"],
  days: number | null,
): Figures {
  const figures = kind.figures(row, total);
  if (days === null) return figures;
  const mean = ({ id, kind }: Report["columns"][number], value: number) =>
    kind === "ms"
      ? [id, Math.round(value / Math.max(1, days))]
      : [id, Math.round((value * 100) / Math.max(1, days)) / 100];
  return {
    ...figures,
    ...Object.fromEntries(columns.filter(addsUp).map((column) => mean(column, figures[column.id] ?? 0))),
  };
}

function known(rows: Map<string, RowSums>, id: string): RowSums {
  const row = rows.get(id) ?? emptyRow();
  rows.set(id, row);
  return row;
}

/** Of an id that names several things any of them will do: a flow is asked for by its own id, and so are all its nodes. */
export const isWanted = (wanted: ReadonlySet<string> | null, id: string): boolean =>
  wanted === null || wanted.has(id) || id.split("|").some((part) => wanted.has(part));
