import { Double, Int32, Long } from "bson";
import { type Doc, isDoc, MISSING, typeName } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { compareValues } from "../keys.ts";
import { arithmetic, isNumber, type NumberValue, toDouble, toSafeInteger } from "../numbers.ts";
import { truncateDate } from "./date-trunc.ts";
import type { Evaluate } from "./evaluate.ts";
import { type TimeZone, timeZone } from "./time-zone.ts";

type Compile = (part: unknown) => Evaluate;
type MakeExpression = (operand: unknown, compile: Compile) => Evaluate;

/** The operators of expressions that are carried; README.md lists them. */
export const EXPRESSION_OPERATORS: ReadonlyMap<string, MakeExpression> = new Map<string, MakeExpression>([
  ["$add", fold("$add", add)],
  [
    "$multiply",
    fold("$multiply", (left, right) => arithmetic("multiply", numeric("$multiply", left), numeric("$multiply", right))),
  ],
  ["$subtract", nullable("$subtract", 2, ([left, right]) => subtract(left, right))],
  ["$divide", nullable("$divide", 2, ([left, right]) => divide(left, right))],
  ["$floor", nullable("$floor", 1, ([value]) => rounded("$floor", value, Math.floor))],
  ["$ceil", nullable("$ceil", 1, ([value]) => rounded("$ceil", value, Math.ceil))],
  ["$eq", comparison("$eq", (order) => order === 0)],
  ["$ne", comparison("$ne", (order) => order !== 0)],
  ["$gt", comparison("$gt", (order) => order > 0)],
  ["$gte", comparison("$gte", (order) => order >= 0)],
  ["$lt", comparison("$lt", (order) => order < 0)],
  ["$lte", comparison("$lte", (order) => order <= 0)],
  ["$and", (operand, compile) => each(operand, compile, (parts, scope) => parts.every((part) => isTrue(part(scope))))],
  ["$or", (operand, compile) => each(operand, compile, (parts, scope) => parts.some((part) => isTrue(part(scope))))],
  ["$not", fixed("$not", 1, ([value]) => !isTrue(value))],
  ["$cond", conditional],
  ["$ifNull", ifNull],
  ["$switch", switchCase],
  ["$min", (operand, compile) => extremeOf(operand, compile, -1)],
  ["$max", (operand, compile) => extremeOf(operand, compile, 1)],
  [
    "$size",
    fixed(
      "$size",
      1,
      ([value]) => new Int32(arrayFor(17124, "The argument to $size must be an array, but was of type", value).length),
    ),
  ],
  [
    "$in",
    fixed("$in", 2, ([value, array]) =>
      arrayFor(40081, "$in requires an array as a second argument, found", array).some(
        (member) => compareValues(member, value) === 0,
      ),
    ),
  ],
  ["$arrayElemAt", nullable("$arrayElemAt", 2, ([array, index]) => elementAt(array, index))],
  ["$concat", nullable("$concat", undefined, (values) => values.map(text).join(""))],
  ["$dateTrunc", dateTrunc],
  ["$hour", wallPart("$hour", (wall) => wall.getUTCHours())],
  ["$isoDayOfWeek", wallPart("$isoDayOfWeek", (wall) => wall.getUTCDay() || 7)],
]);

/** Evaluated arguments, exactly so many of them (any number when `undefined`); a single argument need not be in an array. */
function fixed(
  name: string,
  count: number | undefined,
  apply: (values: readonly unknown[]) => unknown,
): MakeExpression {
  return (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map(compile);
    if (count !== undefined && parts.length !== count) {
      throw new MongoError(
        16020,
        `Expression ${name} takes exactly ${count} arguments. ${parts.length} were passed in.`,
      );
    }
    return (scope) => apply(parts.map((part) => part(scope)));
  };
}

/** Like `fixed`, but null when an argument is null or missing. */
function nullable(
  name: string,
  count: number | undefined,
  apply: (values: readonly unknown[]) => unknown,
): MakeExpression {
  return fixed(name, count, (values) => (values.some(isNullish) ? null : apply(values)));
}

function fold(name: string, combine: (left: unknown, right: unknown) => unknown): MakeExpression {
  return nullable(name, undefined, (values) =>
    values.reduce<unknown>((total, value) => combine(total, value), name === "$add" ? new Int32(0) : new Int32(1)),
  );
}

function comparison(name: string, holds: (order: number) => boolean): MakeExpression {
  return fixed(name, 2, ([left, right]) => holds(compareWithMissing(left, right)));
}

/** In expressions a missing field is less than null. */
function compareWithMissing(left: unknown, right: unknown): number {
  if (left === MISSING || right === MISSING) return (left === MISSING ? 0 : 1) - (right === MISSING ? 0 : 1);
  return compareValues(left, right);
}

function each(
  operand: unknown,
  compile: Compile,
  decide: (parts: readonly Evaluate[], scope: Parameters<Evaluate>[0]) => boolean,
): Evaluate {
  const parts = (Array.isArray(operand) ? operand : [operand]).map(compile);
  return (scope) => decide(parts, scope);
}

function add(left: unknown, right: unknown): unknown {
  if (left instanceof Date && right instanceof Date)
    throw new MongoError(16612, "only one date allowed in an $add expression");
  if (left instanceof Date) return new Date(left.getTime() + Math.round(toDouble(numeric("$add", right))));
  if (right instanceof Date) return new Date(right.getTime() + Math.round(toDouble(numeric("$add", left))));
  return arithmetic("add", numeric("$add", left, "numeric or date"), numeric("$add", right, "numeric or date"));
}

function subtract(left: unknown, right: unknown): unknown {
  if (left instanceof Date && right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
  if (left instanceof Date && isNumber(right)) return new Date(left.getTime() - Math.round(toDouble(right)));
  if (isNumber(left) && isNumber(right)) return arithmetic("subtract", left, right);
  throw new MongoError(14, `can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

function divide(left: unknown, right: unknown): unknown {
  if (!isNumber(left) || !isNumber(right)) {
    throw new MongoError(14, `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
  }
  if (toDouble(right) === 0) throw new MongoError(2, "can't $divide by zero");
  return new Double(toDouble(left) / toDouble(right));
}

function rounded(name: string, value: unknown, round: (value: number) => number): unknown {
  const number = numeric(name, value);
  return number instanceof Double ? new Double(round(number.value)) : number;
}

function numeric(name: string, value: unknown, kinds = "numeric"): NumberValue {
  if (isNumber(value)) return value;
  throw new MongoError(14, `${name} only supports ${kinds} types, not ${typeName(value)}`);
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new MongoError(16702, `$concat only supports strings, not ${typeName(value)}`);
}

function conditional(operand: unknown, compile: Compile): Evaluate {
  const [condition, yes, no] = Array.isArray(operand)
    ? operand
    : isDoc(operand)
      ? [operand.if, operand.then, operand.else]
      : [];
  const size = Array.isArray(operand) ? operand.length : isDoc(operand) ? Object.keys(operand).length : 0;
  if (size !== 3) throw new MongoError(16020, `Expression $cond takes exactly 3 arguments. ${size} were passed in.`);
  if (isDoc(operand)) onlyFields("$cond", 17083, operand, ["if", "then", "else"]);
  const [test, then, otherwise] = [compile(condition), compile(yes), compile(no)];
  return (scope) => (isTrue(test(scope)) ? then(scope) : otherwise(scope));
}

function ifNull(operand: unknown, compile: Compile): Evaluate {
  if (!Array.isArray(operand) || operand.length < 2)
    throw new MongoError(1257300, "$ifNull needs at least two arguments");
  const parts = operand.map(compile);
  return (scope) => {
    let value: unknown = MISSING;
    for (const part of parts) {
      value = part(scope);
      if (!isNullish(value)) return value;
    }
    return value;
  };
}

function switchCase(operand: unknown, compile: Compile): Evaluate {
  if (!isDoc(operand) || !Array.isArray(operand.branches))
    throw new MongoError(40060, "$switch requires an object with 'branches'");
  onlyFields("$switch", 40067, operand, ["branches", "default"]);
  const branches = operand.branches.map((branch: unknown) => {
    if (!isDoc(branch) || !("case" in branch) || !("then" in branch))
      throw new MongoError(40062, "$switch requires each branch have a 'case' and a 'then' expression");
    return { test: compile(branch.case), result: compile(branch.then) };
  });
  const fallback = "default" in operand ? compile(operand.default) : undefined;
  return (scope) => {
    for (const { test, result } of branches) if (isTrue(test(scope))) return result(scope);
    if (fallback) return fallback(scope);
    throw new MongoError(40066, "$switch could not find a matching branch for an input, and no default was specified.");
  };
}

/** `$min` and `$max` of several values, or of the one array that is their only argument. */
function extremeOf(operand: unknown, compile: Compile, sign: 1 | -1): Evaluate {
  const single = !Array.isArray(operand) || operand.length === 1;
  const parts = (Array.isArray(operand) ? operand : [operand]).map(compile);
  return (scope) => {
    const evaluated = parts.map((part) => part(scope));
    const [first] = evaluated;
    const values = (single && Array.isArray(first) ? first : evaluated).filter((value: unknown) => !isNullish(value));
    return values.length === 0
      ? null
      : values.reduce((best: unknown, value: unknown) => (compareValues(value, best) * sign > 0 ? value : best));
  };
}

function elementAt(array: unknown, index: unknown): unknown {
  const members = arrayFor(28689, "$arrayElemAt's first argument must be an array, but is", array);
  const at = toSafeInteger(index);
  if (at === undefined)
    throw new MongoError(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`);
  const position = at < 0 ? members.length + at : at;
  return position >= 0 && position < members.length ? members[position] : MISSING;
}

function arrayFor(code: number, complaint: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new MongoError(code, `${complaint}: ${value === MISSING ? "missing" : typeName(value)}`);
}

function dateTrunc(operand: unknown, compile: Compile): Evaluate {
  if (!isDoc(operand)) throw new MongoError(5439007, "$dateTrunc only supports an object as its argument");
  onlyFields("$dateTrunc", 5439008, operand, ["date", "unit", "binSize", "timezone", "startOfWeek"]);
  if (!("date" in operand) || !("unit" in operand))
    throw new MongoError(5439009, "Missing 'date' or 'unit' parameter to $dateTrunc");
  const [date, unit, binSize] = [
    compile(operand.date),
    compile(operand.unit),
    compile(operand.binSize ?? new Int32(1)),
  ];
  const [zone, startOfWeek] = [compile(operand.timezone ?? "UTC"), compile(operand.startOfWeek ?? "sunday")];
  return (scope) => {
    const [instant, step, size, place, first] = [
      date(scope),
      unit(scope),
      binSize(scope),
      zone(scope),
      startOfWeek(scope),
    ];
    if ([instant, step, size, place, first].some(isNullish)) return null;
    const bins = toSafeInteger(size);
    if (bins === undefined || bins < 1)
      throw new MongoError(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
    return new Date(
      truncateDate(instantFor("$dateTrunc", instant), text(step), bins, timeZone(text(place)), text(first)),
    );
  };
}

/** A part of the time on a wall: `{ $hour: "$at" }` or `{ $hour: { date, timezone } }`. */
function wallPart(name: string, read: (wall: Date) => number): MakeExpression {
  return (operand, compile) => {
    const long = isDoc(operand) && "date" in operand ? operand : undefined;
    if (long) onlyFields(name, 40535, long, ["date", "timezone"]);
    const date = compile(long ? long.date : operand);
    const zone = compile(long?.timezone ?? "UTC");
    return (scope) => {
      const [instant, place] = [date(scope), zone(scope)];
      if (isNullish(instant) || isNullish(place)) return null;
      return new Int32(read(wallTime(instantFor(name, instant), timeZone(text(place)))));
    };
  };
}

function wallTime(instantMs: number, zone: TimeZone): Date {
  return new Date(instantMs + zone.offsetAt(instantMs));
}

function instantFor(name: string, value: unknown): number {
  if (value instanceof Date) return value.getTime();
  throw new MongoError(16006, `can't convert from ${typeName(value)} to Date in ${name}`);
}

function onlyFields(name: string, code: number, operand: Doc, fields: readonly string[]): void {
  const wrong = Object.keys(operand).find((field) => !fields.includes(field));
  if (wrong !== undefined) throw new MongoError(code, `Unrecognized argument to ${name}: ${wrong}`);
}

function isNullish(value: unknown): boolean {
  return value === null || value === undefined || value === MISSING;
}

/** What counts as true in an expression: everything but false, null, missing and 0. */
function isTrue(value: unknown): boolean {
  return isNumber(value) ? toDouble(value) !== 0 : value !== false && !isNullish(value);
}
