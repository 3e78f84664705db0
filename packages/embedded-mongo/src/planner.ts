import { directed, fieldBounds } from "./bounds.ts";
import type { Collection, Index } from "./catalog.ts";
import type { FieldFilter, Filter } from "./filter.ts";
import { afterPrefix, compareValues, invertKey } from "./keys.ts";
import { compileTest } from "./matcher.ts";
import type { SortKey } from "./sort.ts";

/** Keys from (inclusive) to (exclusive). */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer;
}

export type Scan =
  | { readonly kind: "collection" }
  | { readonly kind: "index"; readonly index: Index; readonly ranges: readonly KeyRange[]; readonly reverse: boolean };

/** How a query is answered: where to look, and what is left to ask of each document found there. */
export interface Plan {
  readonly scans: readonly Scan[];
  /** What the scans do not answer already; `undefined` when every document they find belongs to the result. */
  readonly residual: Filter | undefined;
  /** The scans give the wanted order. */
  readonly sorted: boolean;
  /** A document can be found more than once. */
  readonly dedupe: boolean;
}

const MAX_RANGES = 500;
const WHOLE_INDEX: KeyRange = { from: Buffer.from([0]), to: Buffer.from([255]) };

/**
 * Chooses an index by prefix: equality on its first fields counts most, then an order that needs no sorting, then a stretch of keys.
 *
 * The choice only ever saves work: whatever index is taken, the result is the same (planner.test.ts compares with a full scan).
 */
export function planQuery(collection: Collection, filter: Filter, sort: readonly SortKey[] = []): Plan {
  const conjuncts = conjunctsOf(filter);
  const candidates = [collection.idIndex, ...collection.indexes]
    .filter((index) => index.ready && mayAnswer(index, conjuncts))
    .map((index) => candidate(index, conjuncts, sort))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.fieldCount - b.fieldCount);
  const [best] = candidates;
  if (best !== undefined && best.bound > 0) return best.plan;
  return unionOfBranches(collection, conjuncts) ?? best?.plan ?? fullScan(filter, sort);
}

export function fullScan(filter: Filter, sort: readonly SortKey[]): Plan {
  return {
    scans: [{ kind: "collection" }],
    residual: remaining(conjunctsOf(filter), []),
    sorted: sort.length === 0,
    dedupe: false,
  };
}

/** The parts of a query that must all hold. */
function conjunctsOf(filter: Filter): Filter[] {
  return filter.kind === "and" ? filter.of.flatMap(conjunctsOf) : [filter];
}

function remaining(conjuncts: readonly Filter[], answered: readonly Filter[]): Filter | undefined {
  const left = conjuncts.filter((conjunct) => !answered.includes(conjunct));
  return left.length === 0 ? undefined : { kind: "and", of: left };
}

interface Candidate {
  readonly plan: Plan;
  readonly score: number;
  readonly bound: number;
  readonly fieldCount: number;
}

function candidate(index: Index, conjuncts: readonly Filter[], sort: readonly SortKey[]): Candidate {
  const answered: FieldFilter[] = [];
  const fixed = new Set<string>();
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let range: readonly [Buffer, Buffer] | undefined;
  let [equalities, arraysBound] = [0, false];
  for (const [at, field] of index.fields.entries()) {
    const holdsArrays = (index.arrayFields & (1 << at)) !== 0;
    if (holdsArrays && arraysBound) break; // two conditions may be met by two elements: only one array field may narrow the keys
    const tests = conjuncts.filter(
      (conjunct): conjunct is FieldFilter => conjunct.kind === "field" && conjunct.path === field.path,
    );
    const bounds = fieldBounds(tests, holdsArrays);
    if (bounds === undefined || prefixes.length * (bounds.points?.length ?? 1) > MAX_RANGES) break;
    arraysBound ||= holdsArrays;
    answered.push(...bounds.answered);
    if (bounds.range) {
      range = directed(bounds.range, field.direction);
      break;
    }
    equalities += 1;
    const points = (bounds.points ?? []).map((point) => (field.direction === 1 ? point : invertKey(point)));
    if (points.length === 1) fixed.add(field.path);
    prefixes = prefixes.flatMap((prefix) => points.map((point) => Buffer.concat([prefix, point])));
  }
  const bound = equalities + (range ? 1 : 0);
  const order = arraysAllowOrder(index, fixed, sort) ? providedOrder(index, fixed, sort) : undefined;
  const ranges = bound === 0 ? [WHOLE_INDEX] : keyRanges(prefixes, range);
  const complete = index.unique && equalities === index.fields.length;
  return {
    plan: {
      scans: [{ kind: "index", index, ranges, reverse: order === "reverse" }],
      residual: remaining(conjuncts, answered),
      sorted: sort.length === 0 || order !== undefined,
      dedupe: index.arrayFields !== 0,
    },
    score:
      (complete ? 1000 : 0) + equalities * 100 + (order !== undefined && sort.length > 0 ? 50 : 0) + (range ? 40 : 0),
    bound,
    fieldCount: index.fields.length,
  };
}

function keyRanges(prefixes: readonly Buffer[], range: readonly [Buffer, Buffer] | undefined): KeyRange[] {
  const ranges = prefixes.map((prefix) =>
    range === undefined
      ? { from: prefix, to: afterPrefix(prefix) }
      : { from: Buffer.concat([prefix, range[0]]), to: Buffer.concat([prefix, range[1]]) },
  );
  return ranges.filter(({ from, to }) => Buffer.compare(from, to) < 0).sort((a, b) => Buffer.compare(a.from, b.from));
}

/**
 * An array has an entry for each of its elements. Held to one value it has one entry again, and the other fields give the order; but the
 * order by the array itself is by its least or greatest element, whatever was asked of it.
 */
function arraysAllowOrder(index: Index, fixed: ReadonlySet<string>, sort: readonly SortKey[]): boolean {
  return index.fields.every(({ path }, at) => {
    const holdsArrays = (index.arrayFields & (1 << at)) !== 0;
    return !holdsArrays || (fixed.has(path) && sort.every((key) => key.path !== path));
  });
}

/** Whether the index, fields held to one value left aside, runs in the wanted order or in its reverse. */
function providedOrder(
  index: Index,
  fixed: ReadonlySet<string>,
  sort: readonly SortKey[],
): "forward" | "reverse" | undefined {
  const wanted = sort.filter((key) => !fixed.has(key.path));
  let order: "forward" | "reverse" | undefined;
  let at = 0;
  for (const field of index.fields) {
    const key = wanted[at];
    if (key === undefined) break;
    if (fixed.has(field.path)) continue;
    if (key.path !== field.path) return undefined;
    const direction = key.direction === field.direction ? "forward" : "reverse";
    if (order !== undefined && order !== direction) return undefined;
    order = direction;
    at += 1;
  }
  return at === wanted.length ? (order ?? "forward") : undefined;
}

/** A sparse or partial index answers only what can find no document that it leaves out. */
function mayAnswer(index: Index, conjuncts: readonly Filter[]): boolean {
  const demanded = (path: string) =>
    conjuncts.some((conjunct) => conjunct.kind === "field" && conjunct.path === path && excludesMissing(conjunct));
  if (index.sparse && !index.fields.some((field) => demanded(field.path))) return false;
  if (index.partial === undefined) return true;
  return conjunctsOf(index.partial.filter).every((wanted) => conjuncts.some((given) => implies(given, wanted)));
}

function excludesMissing({ test }: FieldFilter): boolean {
  if (test.op === "eq" || test.op === "gte" || test.op === "lte") return test.value !== null;
  if (test.op === "in") return !test.values.includes(null);
  return true;
}

/** True only when every document that meets `given` meets `wanted`; false when in doubt. */
function implies(given: Filter, wanted: Filter): boolean {
  if (given.kind !== "field" || wanted.kind !== "field" || given.path !== wanted.path) return false;
  const [has, needs] = [given.test, wanted.test];
  if (needs.op === "exists") return excludesMissing(given);
  const holds = compileTest(needs);
  if (needs.op !== "eq" && needs.op !== "in" && needs.op !== "type" && !("value" in needs)) return false;
  if (has.op === "eq") return isSingle(has.value) && holds(has.value);
  if (has.op === "in")
    return (
      has.patterns.length === 0 && has.values.length > 0 && has.values.every((value) => isSingle(value) && holds(value))
    );
  if ((has.op === "gt" || has.op === "gte") && (needs.op === "gt" || needs.op === "gte"))
    return narrower(has, needs, 1);
  if ((has.op === "lt" || has.op === "lte") && (needs.op === "lt" || needs.op === "lte"))
    return narrower(has, needs, -1);
  return false;
}

/** null also stands for a missing field, and an array for its elements: from such an operand nothing is concluded. */
function isSingle(value: unknown): boolean {
  return value !== null && !Array.isArray(value);
}

type Limit = { readonly op: string; readonly value: unknown };

function narrower(has: Limit, needs: Limit, sign: 1 | -1): boolean {
  if (has.value === null || needs.value === null || Array.isArray(has.value) || Array.isArray(needs.value))
    return false;
  if (!compileTest({ op: "gte", value: needs.value })(needs.value) || !sameType(has.value, needs.value)) return false;
  const order = compareValues(has.value, needs.value) * sign;
  return order > 0 || (order === 0 && (has.op.length <= needs.op.length || has.op === needs.op));
}

function sameType(left: unknown, right: unknown): boolean {
  return compileTest({ op: "gte", value: right })(left) || compileTest({ op: "lte", value: right })(left);
}

/** An `$or` whose every branch has an index: the documents of all branches, each once. */
function unionOfBranches(collection: Collection, conjuncts: readonly Filter[]): Plan | undefined {
  const either = conjuncts.find((conjunct) => conjunct.kind === "or");
  if (either === undefined || either.kind !== "or") return undefined;
  const others = conjuncts.filter((conjunct) => conjunct !== either);
  const scans: Scan[] = [];
  for (const branch of either.of) {
    const branchConjuncts = [...conjunctsOf(branch), ...others];
    const [best] = [collection.idIndex, ...collection.indexes]
      .filter((index) => index.ready && mayAnswer(index, branchConjuncts))
      .map((index) => candidate(index, branchConjuncts, []))
      .filter((found) => found.bound > 0)
      .sort((a, b) => b.score - a.score || a.fieldCount - b.fieldCount);
    if (best === undefined) return undefined;
    scans.push(...best.plan.scans);
  }
  return { scans, residual: remaining(conjuncts, []), sorted: false, dedupe: true };
}
