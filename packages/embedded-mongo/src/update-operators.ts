import { type Doc, isDoc, typeName } from "./bson-values.ts";
import { shown } from "./duplicate-key.ts";
import { MongoError } from "./errors.ts";
import { isOperatorDoc, parseConditions, parseFilter } from "./filter.ts";
import { compareValues } from "./keys.ts";
import { compileFilter, compileValueTests } from "./matcher.ts";
import { exactArithmetic, isNumber, toDouble, toSafeInteger } from "./numbers.ts";

/**
 * What an operator does to the value at its path: `next` gives the new value from the current one.
 *
 * `set` makes the field when it is missing, `existing` leaves a missing field missing, `unset` takes it away.
 */
export interface UpdateOperator {
  readonly kind: "set" | "existing" | "unset";
  readonly onInsertOnly?: boolean;
  /** The new value is the same whatever was there. */
  readonly overwrites?: boolean;
  /** All it does is add these at the end of an array. */
  readonly appends?: readonly unknown[];
  next(current: unknown, exists: boolean, whole: Doc): unknown;
}

type MakeOperator = (path: string, operand: unknown, now: () => Date) => UpdateOperator;

/** The update operators that are carried; README.md lists them. */
export const UPDATE_OPERATORS: ReadonlyMap<string, MakeOperator> = new Map<string, MakeOperator>([
  ["$set", (_path, operand) => ({ kind: "set", overwrites: true, next: () => operand })],
  ["$setOnInsert", (_path, operand) => ({ kind: "set", onInsertOnly: true, next: () => operand })],
  ["$unset", () => ({ kind: "unset", next: () => undefined })],
  ["$inc", increment],
  ["$min", (_path, operand) => extreme(operand, -1)],
  ["$max", (_path, operand) => extreme(operand, 1)],
  ["$currentDate", currentDate],
  ["$push", push],
  ["$addToSet", addToSet],
  ["$pull", pull],
  ["$pullAll", pullAll],
  ["$pop", pop],
]);

function increment(path: string, operand: unknown): UpdateOperator {
  if (!isNumber(operand)) {
    throw new MongoError(14, `Cannot increment with non-numeric argument: {${path}: ${shown(operand)}}`);
  }
  return {
    kind: "set",
    next: (current, exists, whole) => {
      if (!exists) return operand;
      if (!isNumber(current)) {
        throw new MongoError(
          14,
          `Cannot apply $inc to a value of non-numeric type. {_id: ${shown(whole._id)}} has the field '${lastPart(path)}' of non-numeric type ${typeName(current)}`,
        );
      }
      const sum = exactArithmetic("add", current, operand);
      if (sum === undefined) {
        throw new MongoError(
          2,
          `Failed to apply $inc operations to current value (${shown(current)}) for document {_id: ${shown(whole._id)}}`,
        );
      }
      return sum;
    },
  };
}

function extreme(operand: unknown, sign: 1 | -1): UpdateOperator {
  return {
    kind: "set",
    next: (current, exists) => (!exists || compareValues(operand, current) * sign > 0 ? operand : current),
  };
}

function currentDate(_path: string, operand: unknown, now: () => Date): UpdateOperator {
  const asDate = operand === true || (isDoc(operand) && operand.$type === "date" && Object.keys(operand).length === 1);
  if (!asDate)
    throw new MongoError(2, "$currentDate is carried only as true or { $type: 'date' } by the embedded store");
  return { kind: "set", next: () => now() };
}

function push(path: string, operand: unknown): UpdateOperator {
  const { each, slice } = pushClauses(operand);
  return {
    kind: "set",
    ...(slice === undefined && { appends: each }),
    next: (current, exists, whole) => {
      const grown = [...arrayOf(path, current, exists, whole), ...each];
      if (slice === undefined) return grown;
      return slice >= 0 ? grown.slice(0, slice) : grown.slice(slice);
    },
  };
}

function pushClauses(operand: unknown): { readonly each: readonly unknown[]; readonly slice: number | undefined } {
  if (!isDoc(operand) || !("$each" in operand)) return { each: [operand], slice: undefined };
  for (const clause of Object.keys(operand)) {
    if (clause !== "$each" && clause !== "$slice") throw new MongoError(2, `Unrecognized clause in $push: ${clause}`);
  }
  if (!Array.isArray(operand.$each))
    throw new MongoError(
      2,
      `The argument to $each in $push must be an array but it was of type: ${typeName(operand.$each)}`,
    );
  const slice = operand.$slice === undefined ? undefined : toSafeInteger(operand.$slice);
  if (operand.$slice !== undefined && slice === undefined) {
    throw new MongoError(
      2,
      `The value for $slice must be an integer value but was given type: ${typeName(operand.$slice)}`,
    );
  }
  return { each: operand.$each, slice };
}

function addToSet(path: string, operand: unknown): UpdateOperator {
  let values: readonly unknown[] = [operand];
  if (isDoc(operand) && Object.keys(operand)[0] === "$each") {
    const [unknown] = Object.keys(operand).slice(1);
    if (unknown !== undefined)
      throw new MongoError(2, `Found unexpected fields after $each in $addToSet: ${shown(operand)}`);
    if (!Array.isArray(operand.$each))
      throw new MongoError(
        14,
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(operand.$each)}`,
      );
    values = operand.$each;
  }
  return {
    kind: "set",
    next: (current, exists, whole) => {
      const known = arrayOf(path, current, exists, whole);
      const grown = [...known];
      for (const value of values) if (!grown.some((member) => equal(member, value))) grown.push(value);
      return exists && grown.length === known.length ? current : grown;
    },
  };
}

/** A condition with operators is asked of each element; a plain document is a query that element documents must meet. */
function pull(_path: string, operand: unknown): UpdateOperator {
  const removes = pullTest(operand);
  return { kind: "existing", next: (current) => withoutMatching(current, removes, "$pull") };
}

function pullTest(operand: unknown): (value: unknown) => boolean {
  if (isOperatorDoc(operand)) return compileValueTests(parseConditions(operand));
  if (isDoc(operand)) {
    const matches = compileFilter(parseFilter(operand));
    return (value) => isDoc(value) && matches(value);
  }
  return compileValueTests(
    Array.isArray(operand) ? [{ negated: false, test: { op: "eq", value: operand } }] : parseConditions(operand),
  );
}

function pullAll(_path: string, operand: unknown): UpdateOperator {
  if (!Array.isArray(operand))
    throw new MongoError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return {
    kind: "existing",
    next: (current) => withoutMatching(current, (value) => operand.some((gone) => equal(gone, value)), "$pullAll"),
  };
}

function withoutMatching(current: unknown, removes: (value: unknown) => boolean, operator: string): unknown {
  if (!Array.isArray(current)) throw new MongoError(2, `Cannot apply ${operator} to a non-array value`);
  const kept = current.filter((value) => !removes(value));
  return kept.length === current.length ? current : kept;
}

function pop(path: string, operand: unknown): UpdateOperator {
  const end = isNumber(operand) ? toDouble(operand) : Number.NaN;
  if (end !== 1 && end !== -1) throw new MongoError(9, `$pop expects 1 or -1, found: ${shown(operand)}`);
  return {
    kind: "existing",
    next: (current) => {
      if (!Array.isArray(current))
        throw new MongoError(14, `Path '${path}' contains an element of non-array type '${typeName(current)}'`);
      return current.length === 0 ? current : end === 1 ? current.slice(0, -1) : current.slice(1);
    },
  };
}

function arrayOf(path: string, current: unknown, exists: boolean, whole: Doc): readonly unknown[] {
  if (!exists) return [];
  if (Array.isArray(current)) return current;
  throw new MongoError(
    2,
    `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${shown(whole._id)}}`,
  );
}

function equal(left: unknown, right: unknown): boolean {
  return compareValues(left, right) === 0;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
