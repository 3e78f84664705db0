import { type Doc, isDoc, MISSING, typeName } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { compareValues, encodeCompoundKey } from "./keys.ts";
import { isNumber, toDouble } from "./numbers.ts";
import { someAt, splitPath } from "./paths.ts";

export interface SortKey {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** MongoDB's limit for sorting in memory, in bytes; this store has no other way of sorting. */
export const MAX_SORT_BYTES = 100 * 1024 * 1024;

/** Reads a sort document. `$meta` and `$natural` are refused. */
export function parseSort(sort: unknown): SortKey[] {
  if (sort === undefined || sort === null) return [];
  if (!isDoc(sort))
    throw new MongoError(14, `BSON field 'sort' is the wrong type '${typeName(sort)}', expected type 'object'`);
  return Object.entries(sort).map(([path, direction]) => {
    if (path.startsWith("$")) throw new MongoError(2, `sort by ${path} is not carried by the embedded store`);
    const number = isNumber(direction) ? toDouble(direction) : Number.NaN;
    if (number !== 1 && number !== -1)
      throw new MongoError(15975, `$sort key ordering must be 1 (for ascending) or -1 (for descending)`);
    return { path, parts: splitPath(path), direction: number };
  });
}

/** Where a document stands in the order: bytes to be compared. An array counts as its least element, or its greatest when descending. */
export function sortKeyOf(doc: Doc, sort: readonly SortKey[]): Buffer {
  const values = sort.map((key) => extreme(doc, key));
  return encodeCompoundKey(
    values,
    sort.map((key) => key.direction),
  );
}

function extreme(doc: Doc, key: SortKey): unknown {
  let chosen: unknown = MISSING;
  let found = false;
  someAt(doc, key.parts, true, (value) => {
    const candidates = Array.isArray(value) ? (value.length === 0 ? [undefined] : value) : [value];
    for (const candidate of candidates) {
      if (!found || compareValues(candidate, chosen) * key.direction < 0) chosen = candidate;
      found = true;
    }
    return false;
  });
  return chosen === MISSING ? null : chosen;
}

interface Sorted<T> {
  readonly key: Buffer;
  readonly arrival: number;
  readonly item: T;
}

/** Collects items in order of their keys, equal keys in order of arrival; with a limit it keeps only what can still be among the first. */
export class Sorter<T> {
  #items: Sorted<T>[] = [];
  #bytes = 0;
  #arrivals = 0;
  readonly #limit: number;
  readonly #sizeOf: (item: T) => number;

  constructor(limit: number, sizeOf: (item: T) => number) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  add(key: Buffer, item: T): void {
    this.#items.push({ key, arrival: this.#arrivals++, item });
    this.#bytes += key.length + this.#sizeOf(item);
    if (this.#items.length > 2 * this.#limit + 100 || this.#bytes > MAX_SORT_BYTES) this.#cut();
    if (this.#bytes > MAX_SORT_BYTES) {
      throw new MongoError(
        292,
        `Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes, but did not opt in to external sorting.`,
      );
    }
  }

  take(): T[] {
    this.#cut();
    return this.#items.map(({ item }) => item);
  }

  #cut(): void {
    this.#items.sort((a, b) => Buffer.compare(a.key, b.key) || a.arrival - b.arrival);
    if (this.#items.length <= this.#limit) return;
    this.#items.length = this.#limit;
    this.#bytes = 0;
    for (const { key, item } of this.#items) this.#bytes += key.length + this.#sizeOf(item);
  }
}
