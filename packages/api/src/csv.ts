import type { ScreenLanguage } from "./schemas.ts";

export type CsvCell = string | number | boolean | null;

/** How spreadsheets in that language read a table that is opened as it is. */
export const csvForms: Readonly<Record<ScreenLanguage, { readonly separator: ";" | ","; readonly point: "," | "." }>> =
  {
    fr: { separator: ";", point: "," },
    en: { separator: ",", point: "." },
  };

/**
 * A cell of a table whose cells `separator` parts. What a spreadsheet would calculate is made text, for callers choose their names themselves;
 * telephone numbers and figures stay as they are.
 */
export function csvCell(value: CsvCell, separator = ";"): string {
  if (value === null) return "";
  const text = String(value);
  const calculates = /^[=@\t\r]/.test(text) || /^[+-](?![\d\s.,]+$)/.test(text);
  const safe = typeof value === "string" && calculates ? `'${text}` : text;
  return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row of a table, with its end. */
export const csvRow = (cells: readonly CsvCell[], separator = ";"): string =>
  `${cells.map((value) => csvCell(value, separator)).join(separator)}\r\n`;

/** A whole table as spreadsheets of that language open it: UTF-8 with its mark, figures with that language's point. */
export function csvTable(rows: readonly (readonly CsvCell[])[], language: ScreenLanguage): string {
  const { separator, point } = csvForms[language];
  const written = (value: CsvCell) => (typeof value === "number" ? String(value).replace(".", point) : value);
  return `\uFEFF${rows.map((cells) => csvRow(cells.map(written), separator)).join("")}`;
}
