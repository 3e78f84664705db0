import { type Doc, isDoc, typeName } from "./bson-values.ts";
import { shown } from "./duplicate-key.ts";
import { MongoError } from "./errors.ts";
import { type Filter, isOperatorDoc } from "./filter.ts";
import { compareValues } from "./keys.ts";
import { arrayIndex, setField, splitPath } from "./paths.ts";
import { UPDATE_OPERATORS, type UpdateOperator } from "./update-operators.ts";

/** One operator on one path. */
interface Change {
  readonly path: string;
  readonly parts: readonly string[];
  readonly operator: UpdateOperator;
}

export type Update =
  | { readonly kind: "replace"; readonly doc: Doc }
  | { readonly kind: "change"; readonly changes: readonly Change[] };

/** Reads an update. Throws MongoDB's error for an operator, a clause or a form that is not carried, before anything is touched. */
export function parseUpdate(update: unknown, now: () => Date): Update {
  if (Array.isArray(update)) throw new MongoError(9, "pipeline-style updates are not carried by the embedded store");
  if (!isDoc(update)) throw new MongoError(9, "Update argument must be either an object or an array");
  if (!isOperatorDoc(update)) return { kind: "replace", doc: checkedReplacement(update) };
  const changes: Change[] = [];
  for (const [name, fields] of Object.entries(update)) {
    const make = UPDATE_OPERATORS.get(name);
    if (make === undefined) throw new MongoError(9, unknownModifier(name));
    if (!isDoc(fields)) {
      throw new MongoError(
        9,
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${shown(fields)}}`,
      );
    }
    for (const [path, operand] of Object.entries(fields)) {
      changes.push({ path, parts: checkedPath(path), operator: make(path, operand, now) });
    }
  }
  return { kind: "change", changes: inPathOrder(changes) };
}

/**
 * The document after the update. `before` is decoded afresh for it and may be changed in place.
 *
 * Throws `ImmutableField` when `_id` would change. `$setOnInsert` counts only with `inserting`.
 */
export function applyUpdate(before: Doc, update: Update, inserting: boolean): Doc {
  const id = before._id;
  const after = update.kind === "replace" ? replaced(before, update.doc) : before;
  if (update.kind === "change") {
    for (const change of update.changes) {
      if (change.operator.onInsertOnly && !inserting) continue;
      applyChange(after, change, before);
    }
  }
  if (id !== undefined && (after._id === undefined || compareValues(after._id, id) !== 0)) {
    throw update.kind === "replace"
      ? new MongoError(
          66,
          `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shown(after._id)}`,
        )
      : new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return after;
}

/** What an upsert starts from: the fields that its query holds to one value. */
export function upsertSeed(filter: Filter): Doc {
  const seed: Doc = {};
  const taken: string[] = [];
  const visit = (part: Filter): void => {
    if (part.kind === "and") for (const inner of part.of) visit(inner);
    if (part.kind !== "field" || part.test.op !== "eq") return;
    const clash = taken.find(
      (path) => path === part.path || path.startsWith(`${part.path}.`) || part.path.startsWith(`${path}.`),
    );
    if (clash !== undefined)
      throw new MongoError(54, `cannot infer query fields to set, path '${part.path}' is matched twice`);
    taken.push(part.path);
    setAt(seed, part.parts, part.test.value);
  };
  visit(filter);
  return seed;
}

function unknownModifier(name: string): string {
  return `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`;
}

function checkedReplacement(doc: Doc): Doc {
  const wrong = Object.keys(doc).find((name) => name.startsWith("$"));
  if (wrong === undefined) return doc;
  throw new MongoError(
    52,
    `The dollar ($) prefixed field '${wrong}' in '${wrong}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

function checkedPath(path: string): string[] {
  if (path === "") throw new MongoError(56, "An empty update path is not valid.");
  const parts = splitPath(path);
  if (parts.includes(""))
    throw new MongoError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  const dollar = parts.find((part) => part.startsWith("$"));
  if (dollar === undefined) return parts;
  if (dollar === "$" || dollar.startsWith("$["))
    throw new MongoError(2, `the positional operator '${dollar}' is not carried by the embedded store`);
  throw new MongoError(
    52,
    `The dollar ($) prefixed field '${dollar}' in '${path}' is not allowed in the context of an update.`,
  );
}

/** MongoDB applies the changes of all operators in one order of paths; new fields appear in it. Two changes of one field are refused. */
function inPathOrder(changes: readonly Change[]): Change[] {
  const sorted = [...changes].sort((a, b) => comparePaths(a.parts, b.parts));
  for (const [at, change] of sorted.entries()) {
    const next = sorted[at + 1];
    if (next && change.parts.every((part, depth) => next.parts[depth] === part)) {
      throw new MongoError(40, `Updating the path '${next.path}' would create a conflict at '${change.path}'`);
    }
  }
  return sorted;
}

function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (const [depth, part] of left.entries()) {
    const other = right[depth];
    if (other === undefined) return 1;
    const [a, b] = [arrayIndex(part), arrayIndex(other)];
    const order = a !== undefined && b !== undefined ? a - b : part < other ? -1 : part > other ? 1 : 0;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function replaced(before: Doc, replacement: Doc): Doc {
  const after: Doc = {};
  if (replacement._id !== undefined) after._id = replacement._id;
  else if (before._id !== undefined) after._id = before._id;
  for (const [name, value] of Object.entries(replacement)) if (name !== "_id") setField(after, name, value);
  return after;
}

function applyChange(doc: Doc, { parts, operator }: Change, whole: Doc): void {
  if (operator.kind === "unset") {
    unsetAt(doc, parts);
    return;
  }
  const current = existingAt(doc, parts);
  if (operator.kind === "existing" && current === undefined) return;
  const next = operator.next(current?.value, current !== undefined, whole);
  if (current !== undefined && next === current.value) return;
  setAt(doc, parts, next);
}

function existingAt(doc: Doc, parts: readonly string[]): { readonly value: unknown } | undefined {
  let value: unknown = doc;
  for (const part of parts) {
    if (Array.isArray(value)) {
      const index = arrayIndex(part);
      if (index === undefined || index >= value.length) return undefined;
      value = value[index];
    } else if (isDoc(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return { value };
}

/** MongoDB's limit for filling an array up with nulls. */
const MAX_PADDING = 1_500_000;

function setAt(doc: Doc, parts: readonly string[], value: unknown): void {
  let container: unknown = doc;
  let reached = "";
  for (const [depth, part] of parts.entries()) {
    const last = depth === parts.length - 1;
    if (Array.isArray(container)) {
      const index = arrayIndex(part);
      if (index === undefined) throw notViable(part, reached, container);
      if (index > container.length + MAX_PADDING)
        throw new MongoError(2, `can't backfill more than ${MAX_PADDING} elements`);
      while (container.length < index) container.push(null);
      if (last) container[index] = value;
      else if (index === container.length) container.push({});
      container = container[index];
    } else if (isDoc(container)) {
      if (last) setField(container, part, value);
      else if (!Object.hasOwn(container, part)) setField(container, part, {});
      container = container[part];
    } else throw notViable(part, reached, container);
    reached = part;
  }
}

function notViable(part: string, parent: string, value: unknown): MongoError {
  return new MongoError(28, `Cannot create field '${part}' in element {${parent}: ${shown(value)}}`);
}

function unsetAt(doc: Doc, parts: readonly string[]): void {
  const parent = parts.length === 1 ? { value: doc } : existingAt(doc, parts.slice(0, -1));
  const last = parts.at(-1) ?? "";
  if (parent === undefined) return;
  if (isDoc(parent.value)) delete parent.value[last];
  else if (Array.isArray(parent.value)) {
    const index = arrayIndex(last);
    if (index !== undefined && index < parent.value.length) parent.value[index] = null;
  }
}
