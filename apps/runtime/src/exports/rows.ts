import type { Streamed } from "../http/handlers.ts";

type Cell = string | number | boolean | null | readonly unknown[];
export type Cells = Readonly<Record<string, Cell>>;

/** Rows as lines of JSON, or as a table: UTF-8 with its mark and semicolons, which spreadsheets in France and elsewhere open as it is. */
export function asLines<Row extends Cells>(
  rows: AsyncIterable<Row>,
  { format, name, columns }: { format: "ndjson" | "csv"; name: string; columns: readonly (keyof Row & string)[] },
): Streamed {
  if (format === "ndjson") {
    return { contentType: "application/x-ndjson; charset=utf-8", fileName: `${name}.ndjson`, pieces: json(rows) };
  }
  return { contentType: "text/csv; charset=utf-8", fileName: `${name}.csv`, pieces: table(rows, columns) };
}

async function* json(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* table<Row extends Cells>(
  rows: AsyncIterable<Row>,
  columns: readonly (keyof Row & string)[],
): AsyncGenerator<string> {
  yield `\uFEFF${columns.join(";")}\r\n`;
  for await (const row of rows) yield `${columns.map((column) => cell(row[column] ?? null)).join(";")}\r\n`;
}

/** A cell of a table whose cells this separates. */
export function cell(value: Cell, separator = ";"): string {
  if (value === null) return "";
  const text = Array.isArray(value) ? value.map(nameOf).join(", ") : String(value);
  // A spreadsheet runs what begins like a formula, and callers choose their names themselves.
  const safe = typeof value === "string" && /^[=@\t\r]|^[+-](?!\d+$)/.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A thing by its name; an answer with the key of its question before it. */
function nameOf(item: unknown): string {
  if (typeof item !== "object" || item === null || !("name" in item)) return String(item);
  return "key" in item ? `${item.key}: ${item.name}` : String(item.name);
}
