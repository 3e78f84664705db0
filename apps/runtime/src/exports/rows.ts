import { type CsvCell, csvCell } from "@cordboard/api";
import type { Streamed } from "../http/handlers.ts";

type Cell = CsvCell | readonly unknown[];
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

function cell(value: Cell): string {
  return csvCell(isList(value) ? value.map(nameOf).join(", ") : value);
}

const isList = (value: Cell): value is readonly unknown[] => Array.isArray(value);

/** A thing by its name; an answer with the key of its question before it. */
function nameOf(item: unknown): string {
  if (typeof item !== "object" || item === null || !("name" in item)) return String(item);
  return "key" in item ? `${item.key}: ${item.name}` : String(item.name);
}
