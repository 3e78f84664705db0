import { isDoc, MISSING } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { encodeCompoundKey } from "./keys.ts";
import { arrayIndex } from "./paths.ts";

/** One key of a document, with the values it was made of (a duplicate key's message names them). */
export interface IndexEntry {
  readonly key: Buffer;
  readonly values: readonly unknown[];
}

/** What one document puts into one index. */
export interface IndexEntries {
  readonly entries: readonly IndexEntry[];
  /** Bit n is set when the index's field n went through an array: its keys then prove less (planner.ts). */
  readonly arrayFields: number;
  /** None of the indexed fields is there: a sparse index leaves the document out. */
  readonly allMissing: boolean;
}

/** One indexed field on its way through the document: the value reached so far and what is left of its path. */
interface Walk {
  readonly value: unknown;
  readonly rest: readonly string[];
}

/**
 * The keys of a document for an index over these paths, an array spread into one key for each element.
 *
 * Fields that go through the same array are taken from the same element. Two arrays side by side are refused as MongoDB refuses them
 * (171), because their keys would multiply. An empty array is indexed as `undefined`.
 */
export function indexEntries(
  doc: unknown,
  paths: readonly (readonly string[])[],
  directions: readonly (1 | -1)[],
): IndexEntries {
  const found = new Map<string, IndexEntry>();
  let arrayFields = 0;
  let allMissing = true;
  const collect = (walks: readonly Walk[]): void => {
    const stopped = walks.map(advance);
    const arrays = new Set(
      stopped.map((walk) => walk.value).filter((value): value is unknown[] => Array.isArray(value)),
    );
    if (arrays.size > 1) throw new MongoError(171, "cannot index parallel arrays");
    const [array] = arrays;
    if (array === undefined) {
      if (stopped.some((walk) => walk.value !== MISSING)) allMissing = false;
      const values = stopped.map(keyValue);
      const key = encodeCompoundKey(values, directions);
      found.set(key.toString("latin1"), { key, values });
      return;
    }
    for (const [field, walk] of stopped.entries()) if (walk.value === array) arrayFields |= 1 << field;
    allMissing = false;
    const elements = array.length === 0 ? [undefined] : array;
    for (const element of elements)
      collect(stopped.map((walk) => (walk.value === array ? intoElement(walk, element, array) : walk)));
  };
  collect(paths.map((rest) => ({ value: doc, rest })));
  return { entries: [...found.values()], arrayFields, allMissing };
}

/** Follows a path through documents until its end or the first array. A nested array that is an element is a value, not spread again. */
function advance(walk: Walk): Walk {
  let { value, rest } = walk;
  while (rest.length > 0 && !Array.isArray(value)) {
    const [part, ...further] = rest;
    value = isDoc(value) && part !== undefined && Object.hasOwn(value, part) ? value[part] : MISSING;
    rest = further;
    if (value === MISSING) return { value, rest: [] };
  }
  return { value, rest };
}

/** An array inside an array: MongoDB indexes it as it stands. */
class Whole {
  readonly array: readonly unknown[];
  constructor(array: readonly unknown[]) {
    this.array = array;
  }
}

function keyValue(walk: Walk): unknown {
  if (walk.value instanceof Whole) return walk.value.array;
  return walk.value === MISSING ? null : walk.value;
}

function intoElement(walk: Walk, element: unknown, array: readonly unknown[]): Walk {
  const [part, ...further] = walk.rest;
  const index = part === undefined ? undefined : arrayIndex(part);
  if (index !== undefined) return { value: index < array.length ? array[index] : MISSING, rest: further };
  if (walk.rest.length > 0) return isDoc(element) ? { value: element, rest: walk.rest } : { value: MISSING, rest: [] };
  return { value: Array.isArray(element) ? new Whole(element) : element, rest: [] };
}
