import { csvForms, csvRow, isTypicalStep, type Report, type ReportTable, type ScreenLanguage } from "@cordboard/api";
import { reportColumnName, reportOf, reportRowName, reportWord } from "@cordboard/api/report-words";
import { Temporal } from "temporal-polyfill";
import type { WholeReport } from "./service.ts";

/**
 * A report as a table for spreadsheets, line by line: UTF-8 with its mark, durations in seconds, shares in per cent, times in the company's zone.
 * `pauses`: what the company calls its reasons.
 */
export function* reportCsv(
  { report, cells, comparedCells }: WholeReport,
  table: ReportTable,
  language: ScreenLanguage,
  pauses: ReadonlyMap<string, string>,
): Generator<string> {
  const { separator, point } = csvForms[language];
  const { columns, rows, slots, total, timeZone, step, compared } = report;
  const line = (texts: readonly string[]) => csvRow(texts, separator);
  const word = (key: string) => reportWord(language, key);
  const hasOf = table !== "slots" && rows.some(({ of }) => of !== null);
  const bySlot = table !== "rows";
  const byRow = table !== "slots";
  /** Beside each figure that of the period it is compared with. */
  const figures = (of: Report["total"], before: Report["total"] | undefined) =>
    columns.flatMap(({ id, kind }) => [
      written(of[id] ?? null, kind, point),
      ...(compared ? [written(before?.[id] ?? null, kind, point)] : []),
    ]);
  const names = ({ of, name }: Report["rows"][number]) => [
    ...(hasOf ? [of === null ? "" : reportOf(language, of)] : []),
    reportRowName(language, report.report, name),
  ];
  yield `\uFEFF${line([
    ...(bySlot ? [word("slot")] : []),
    ...(hasOf ? [word(`of.${report.report}`)] : []),
    ...(byRow ? [word(`row.${report.report}`)] : []),
    ...columns.flatMap((column) => {
      const named = reportColumnName(language, column, pauses);
      const name = column.kind === "count" ? named : `${named} (${word(`unit.${column.kind}`)})`;
      return compared ? [name, `${name} ${compared.from}/${compared.to}`] : [name];
    }),
  ])}`;
  if (table === "rows")
    for (const row of rows) yield line([...names(row), ...figures(row.figures, compared?.rows[row.id])]);
  else {
    const inSlots = byRow ? cells() : [];
    const before = byRow ? (comparedCells?.() ?? []) : [];
    for (const [at, slot] of slots.entries()) {
      const when = slotText(slot.from, timeZone, step);
      if (table === "slots") yield line([when, ...figures(slot.figures, compared?.slots[at])]);
      else {
        for (const row of rows) {
          const [found, then] = [inSlots[at]?.get(row.id), before[at]?.get(row.id)];
          if (found ?? then) yield line([when, ...names(row), ...figures(found ?? {}, then)]);
        }
      }
    }
  }
  if (table !== "both") yield line([word("total"), ...(hasOf ? [""] : []), ...figures(total, compared?.total)]);
}

function written(value: number | null, kind: Report["columns"][number]["kind"], point: string): string {
  if (value === null) return "";
  if (kind === "count") return String(value).replace(".", point);
  const shown = kind === "ms" ? Math.round(value / 1000) : Math.round(value * 1000) / 10;
  return String(shown).replace(".", point);
}

/** `2026-11-23`, or `2026-11-23 08:15`: read as a time by spreadsheets in every language. */
function slotText(from: string, timeZone: string, step: Report["step"]): string {
  const at = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone);
  const date = at.toPlainDate().toString();
  const time = at.toPlainTime().toString().slice(0, 5);
  if (isTypicalStep(step)) return time;
  return step === "quarter" || step === "hour" ? `${date} ${time}` : date;
}
