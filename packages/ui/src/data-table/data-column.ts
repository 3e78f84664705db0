import type { ReactNode } from "react";

/** One column of a `DataTable`. */
export type DataColumn<Row> = {
  readonly id: string;
  readonly header: string;
  /** What rows are sorted by and searched in; `null` sorts last. */
  readonly value: (row: Row) => string | number | boolean | null;
  /** How it is drawn; without it the value itself. The first column's cell should hold the row's link. */
  readonly cell?: (row: Row) => ReactNode;
  /** What a file of the table has of it, where that is not the value; `null`: the column is left out there. */
  readonly text?: ((row: Row) => string | number | null) | null;
  /** Figures stand at the end. */
  readonly align?: "start" | "end";
  /** Left out where the window is narrow. */
  readonly spare?: boolean;
  readonly sortable?: boolean;
};

/** By which column, and whether backwards. */
export type DataSort = { readonly column: string; readonly descending: boolean };

/** A sort as it stands in an address: `name`, or `-name` for backwards; `null` for anything else. */
export function readSort(written: string | null): DataSort | null {
  if (written === null || written === "" || written === "-") return null;
  return written.startsWith("-")
    ? { column: written.slice(1), descending: true }
    : { column: written, descending: false };
}

/** The same, to write into an address. */
export function writeSort(sort: DataSort | null): string | null {
  return sort === null ? null : `${sort.descending ? "-" : ""}${sort.column}`;
}

/** Letters without their accents and capitals: whoever looks for `helene` finds Hélène. */
function plainLetters(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word of a search is in one of the row's columns. */
export function matchesSearch<Row>(row: Row, columns: readonly DataColumn<Row>[], search: string): boolean {
  const words = plainLetters(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = plainLetters(columns.map((column) => String(column.value(row) ?? "")).join("\n"));
  return words.every((word) => text.includes(word));
}

/** A table as it goes into a file: a row of headings, and all rows that are found, in the order in which they are shown. */
export type WrittenTable = readonly (readonly (string | number | null)[])[];

/** The same of rows that are found and sorted already. */
export function writtenTable<Row>(rows: readonly Row[], columns: readonly DataColumn<Row>[]): WrittenTable {
  const written = columns.filter(({ text }) => text !== null);
  const cell = (row: Row, { text, value }: DataColumn<Row>) => {
    const own = text ? text(row) : value(row);
    return typeof own === "boolean" ? String(own) : own;
  };
  return [written.map(({ header }) => header), ...rows.map((row) => written.map((column) => cell(row, column)))];
}
