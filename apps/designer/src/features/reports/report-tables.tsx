import type { Report, ReportColumn, ReportRow, ReportSlot } from "@cordboard/api";
import { type DataColumn, type DataSort, DataTable } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./reports.module.css";
import type { ReportWords } from "./use-report-words.ts";

interface Given {
  readonly report: Report;
  readonly columns: readonly ReportColumn[];
  readonly words: ReportWords;
}

/** Narrow windows show the first few figures of each row, as a card. */
const ON_CARDS = 6;

function figureColumns<Row extends { readonly figures: Report["total"] }>(
  { report, columns, words }: Given,
  sortable: boolean,
  /** Of the period that it is compared with; null: with none. */
  before: ((row: Row) => Report["total"] | undefined) | null,
): DataColumn<Row>[] {
  return columns.map((column, at) => ({
    id: column.id,
    header: words.column(column),
    align: "end",
    sortable,
    value: ({ figures }) => figures[column.id] ?? null,
    cell: (row) => {
      const figure = row.figures[column.id];
      // A question has figures that its answers have not, and the other way round: that is no gap.
      const shown = figure === null && report.report === "answers" ? "" : words.figure(figure, column.kind);
      if (before === null) return shown;
      return (
        <div>
          {shown}
          {/* Each in a line of its own: columns stay as narrow as their figures. */}
          {words.before(row.figures[column.id], before(row)?.[column.id], column.kind).map((part) => (
            <span key={part} className={styles.before}>
              {part}
            </span>
          ))}
        </div>
      );
    },
    spare: at >= ON_CARDS,
  }));
}

/** A line for each queue, operator, line … */
export function RowTable(given: Given) {
  const { report, words } = given;
  const { compared } = report;
  const { t } = useTranslation("reports");
  const [sort, setSort] = useState<DataSort | null>(null);
  const hasOf = report.rows.some(({ of }) => of !== null);
  const own: DataColumn<ReportRow> = {
    id: "name",
    header: words.word(`row.${report.report}`),
    value: ({ name }) => words.row(report, name),
    cell: ({ name }) => words.row(report, name),
  };
  const belongsTo: readonly DataColumn<ReportRow>[] = hasOf
    ? [
        {
          id: "of",
          header: words.word(`of.${report.report}`),
          value: ({ of }) => (of === null ? null : words.of(of)),
        },
      ]
    : [];
  const columns: readonly DataColumn<ReportRow>[] = [
    // An answer is read after its question.
    ...(report.report === "answers" ? [...belongsTo, own] : [own, ...belongsTo]),
    ...figureColumns<ReportRow>(given, true, compared ? ({ id }) => compared.rows[id] : null),
  ];
  return (
    <DataTable
      label={t("byRow")}
      rows={report.rows}
      columns={columns}
      rowId={({ id }) => id}
      sort={sort}
      onSort={setSort}
      empty={<p className={styles.none}>{t("noRow")}</p>}
    />
  );
}

/** A line for each step of the period. */
export function SlotTable(given: Given) {
  const { report, words } = given;
  const { compared } = report;
  const { t } = useTranslation("reports");
  const columns: readonly DataColumn<ReportSlot>[] = [
    { id: "from", header: words.word("slot"), sortable: false, value: ({ from }) => words.slot(report, from) },
    ...figureColumns<ReportSlot>(given, false, compared ? (slot) => compared.slots[report.slots.indexOf(slot)] : null),
  ];
  return (
    <DataTable
      label={t("bySlot")}
      rows={report.slots}
      columns={columns}
      rowId={({ from }) => from}
      sort={null}
      onSort={() => undefined}
      pageSize={100}
      keepsColumns
    />
  );
}
