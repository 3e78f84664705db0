import type { InputOf, Routes } from "@cordboard/api";
import type { Filter } from "mongodb";

/** What is asked of every export. */
export type Asked = InputOf<Routes["exports.calls"]>["query"];

/** So many are read at once. */
export const AT_ONCE = 500;

/** Reads page after page by a time and, of one moment, by id, from where the cursor was and to before `known`. */
export async function* pages<Row extends { readonly _id: string }>(
  by: keyof Row & string,
  { from, to, cursor }: Asked,
  known: number,
  find: (filter: Filter<Row>) => Promise<Row[]>,
): AsyncGenerator<Row> {
  const end = Math.min(known, to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to));
  let after = cursor === undefined ? null : readCursor(cursor);
  for (;;) {
    const place = after ? { $or: [{ [by]: { $gt: after.at } }, { [by]: after.at, _id: { $gt: after.id } }] } : {};
    const since = Math.max(Date.parse(from), after?.at ?? 0);
    const rows = await find({ [by]: { $gte: since, $lt: end }, ...place } as Filter<Row>);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = { at: Number(last[by]), id: last._id };
  }
}

function readCursor(cursor: string): { readonly at: number; readonly id: string } {
  const cut = cursor.indexOf(".");
  return { at: Number(cursor.slice(0, cut)), id: cursor.slice(cut + 1) };
}

/** Several rows come of one thing: `<its cursor>.n<rows of it that were given>`. The thing is read again, and those are passed over. */
export function placeAmong(cursor: string | undefined): {
  readonly cursor: string | undefined;
  readonly seen: { readonly id: string; readonly count: number } | null;
} {
  const [, whole, count] = /^(.*)\.n(\d{1,9})$/.exec(cursor ?? "") ?? [];
  if (whole === undefined) return { cursor, seen: null };
  const { at, id } = readCursor(whole);
  // An id without its end sorts just before it.
  return { cursor: `${at}.${id.slice(0, -1)}`, seen: { id, count: Number(count) } };
}
