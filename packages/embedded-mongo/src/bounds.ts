import { BRACKET, bracketOf } from "./bson-values.ts";
import type { FieldFilter } from "./filter.ts";
import { afterPrefix, compareValues, encodeKey, invertKey } from "./keys.ts";
import { isNumber, toDouble } from "./numbers.ts";

/** What the tests of one field leave of an index: single keys, or one stretch of keys. */
export interface FieldBounds {
  /** Encoded values, ascending, each once; `undefined` when the bounds are a stretch. */
  readonly points: readonly Buffer[] | undefined;
  /** From (inclusive) and to (exclusive), encoded ascending; `undefined` when the bounds are points. */
  readonly range: readonly [Buffer, Buffer] | undefined;
  /** The tests that the bounds answer completely, so that they need not be asked of the documents again. */
  readonly answered: readonly FieldFilter[];
}

/** Bounds are exact only where the indexed field never held an array: then one document has one key. */
export function fieldBounds(tests: readonly FieldFilter[], holdsArrays: boolean): FieldBounds | undefined {
  return pointBounds(tests, holdsArrays) ?? rangeBounds(tests, holdsArrays);
}

/** The key bytes of a stretch in the index's own direction. */
export function directed([from, to]: readonly [Buffer, Buffer], direction: 1 | -1): readonly [Buffer, Buffer] {
  return direction === 1 ? [from, to] : [mirrored(to), mirrored(from)];
}

/**
 * A limit x (keys below it on one side, x and what begins with it on the other) in descending order.
 *
 * A limit is either a whole encoding, or the successor of one (`afterPrefix`), or a type's first byte. The keys at or above x are those
 * whose inversion is at or below the inversion of x and its continuations: the mirrored limit is behind all that begin with inverted x.
 */
function mirrored(limit: Buffer): Buffer {
  return afterPrefix(invertKey(limit));
}

function pointBounds(tests: readonly FieldFilter[], holdsArrays: boolean): FieldBounds | undefined {
  for (const field of tests) {
    const { test } = field;
    const values =
      test.op === "eq" ? [test.value] : test.op === "in" && test.patterns.length === 0 ? test.values : undefined;
    if (values === undefined || !values.every(isIndexable)) continue;
    const keys = new Map<string, Buffer>();
    for (const value of values.flatMap(keysEqualTo)) keys.set(value.toString("latin1"), value);
    const exact = !holdsArrays && !values.includes(null);
    return { points: [...keys.values()].sort(Buffer.compare), range: undefined, answered: exact ? [field] : [] };
  }
  return undefined;
}

/** null also finds documents without the field (indexed as null) and empty arrays (indexed as undefined, for a dotted path). */
function keysEqualTo(value: unknown): Buffer[] {
  return value === null ? [encodeKey(null), encodeKey(undefined)] : [encodeKey(value)];
}

function rangeBounds(tests: readonly FieldFilter[], holdsArrays: boolean): FieldBounds | undefined {
  let low: Limit | undefined;
  let high: Limit | undefined;
  const answered: FieldFilter[] = [];
  for (const field of tests) {
    const { test } = field;
    if (test.op !== "gt" && test.op !== "gte" && test.op !== "lt" && test.op !== "lte") continue;
    if (test.value === null || !isIndexable(test.value)) continue;
    const limit: Limit = { value: test.value, inclusive: test.op === "gte" || test.op === "lte" };
    const isLow = test.op === "gt" || test.op === "gte";
    // With arrays, two tests may be met by two elements: only one of them may narrow the stretch.
    if (holdsArrays && (low ?? high) !== undefined) continue;
    const reference = low ?? high;
    if (reference !== undefined && bracketOf(reference.value) !== bracketOf(limit.value)) continue;
    if (isLow) low = low === undefined ? limit : tighter(low, limit, 1);
    else high = high === undefined ? limit : tighter(high, limit, -1);
    if (!holdsArrays) answered.push(field);
  }
  const either = low ?? high;
  if (either === undefined) return undefined;
  const bracket = bracketOf(either.value);
  const from =
    low === undefined
      ? bracketStart(bracket)
      : low.inclusive
        ? encodeKey(low.value)
        : afterPrefix(encodeKey(low.value));
  const to =
    high === undefined
      ? Buffer.from([bracket + 1])
      : high.inclusive
        ? afterPrefix(encodeKey(high.value))
        : encodeKey(high.value);
  return { points: undefined, range: [from, to], answered };
}

interface Limit {
  readonly value: unknown;
  readonly inclusive: boolean;
}

function tighter(known: Limit, other: Limit, sign: 1 | -1): Limit {
  const order = compareValues(other.value, known.value) * sign;
  if (order !== 0) return order > 0 ? other : known;
  return known.inclusive ? other : known;
}

/** NaN stands before all numbers but no comparison finds it. */
function bracketStart(bracket: number): Buffer {
  return bracket === BRACKET.number ? encodeKey(Number.NEGATIVE_INFINITY) : Buffer.from([bracket]);
}

/** An array is indexed by its elements, and NaN equals only itself: neither is looked up by key. */
function isIndexable(value: unknown): boolean {
  return !Array.isArray(value) && !(isNumber(value) && Number.isNaN(toDouble(value)));
}
