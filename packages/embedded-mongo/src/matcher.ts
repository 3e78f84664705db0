import { BSONRegExp, BSONSymbol } from "bson";
import { BRACKET, bracketOf, type Doc, isDoc, MISSING, typeNumber } from "./bson-values.ts";
import type { FieldTest, Filter, ValueTest } from "./filter.ts";
import { compareValues } from "./keys.ts";
import { isNumber, toDouble } from "./numbers.ts";
import { someAt } from "./paths.ts";

export type Matcher = (doc: Doc) => boolean;

/** A query as a function of a decoded document. Compiled once for a command, run for each candidate. */
export function compileFilter(filter: Filter): Matcher {
  switch (filter.kind) {
    case "and": {
      const all = filter.of.map(compileFilter);
      return (doc) => all.every((matches) => matches(doc));
    }
    case "or": {
      const any = filter.of.map(compileFilter);
      return (doc) => any.some((matches) => matches(doc));
    }
    case "nor": {
      const none = filter.of.map(compileFilter);
      return (doc) => !none.some((matches) => matches(doc));
    }
    case "not": {
      const matches = compileFilter(filter.of);
      return (doc) => !matches(doc);
    }
    case "field": {
      const test = compileTest(filter.test);
      const wholeArraysOnly = ["size", "elementDocument", "elementValue", "exists"].includes(filter.test.op);
      return (doc) => someAt(doc, filter.parts, wholeArraysOnly, test);
    }
  }
}

/** The top-level fields that a query looks at: the only ones that must be decoded to answer it. */
export function fieldsOf(filter: Filter, found: Set<string> = new Set()): Set<string> {
  if (filter.kind === "field") found.add(filter.parts[0] ?? "");
  else if (filter.kind === "not") fieldsOf(filter.of, found);
  else for (const branch of filter.of) fieldsOf(branch, found);
  return found;
}

/** A test as a function of one value; `$pull` and the planner use it on values that are not in a document. */
export function compileTest(test: FieldTest): (value: unknown) => boolean {
  switch (test.op) {
    case "eq":
      return equalTo(test.value);
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return compared(test.op, test.value);
    case "in": {
      const equals = test.values.map(equalTo);
      const { patterns } = test;
      return (value) =>
        equals.some((equal) => equal(value)) || patterns.some((pattern) => matchesPattern(pattern, value));
    }
    case "regex": {
      const same = test.value instanceof BSONRegExp ? equalTo(test.value) : () => false;
      return (value) => matchesPattern(test.pattern, value) || same(value);
    }
    case "exists":
      return (value) => value !== MISSING;
    case "type":
      return (value) => value !== MISSING && test.types.includes(typeNumber(value));
    case "size":
      return (value) => Array.isArray(value) && value.length === test.size;
    case "elementDocument": {
      const matches = compileFilter(test.filter);
      return (value) => Array.isArray(value) && value.some((element) => isDocLike(element) && matches(element));
    }
    case "elementValue": {
      const matches = compileValueTests(test.tests);
      return (value) => Array.isArray(value) && value.some(matches);
    }
  }
}

/** All of these tests on one array element, which is not spread any further. */
export function compileValueTests(tests: readonly ValueTest[]): (value: unknown) => boolean {
  const all = tests.map(({ negated, test }) => ({ negated, holds: compileTest(test) }));
  return (value) => all.every(({ negated, holds }) => holds(value) !== negated);
}

/** `$elemMatch` looks into arrays within arrays by position, as into documents. */
function isDocLike(value: unknown): value is Doc {
  return isDoc(value) || Array.isArray(value);
}

function equalTo(operand: unknown): (value: unknown) => boolean {
  if (typeof operand === "string") {
    return (value) => value === operand || (value instanceof BSONSymbol && value.value === operand);
  }
  if (operand === null) return (value) => value === null || value === MISSING;
  return (value) => value !== MISSING && sameBracket(value, operand) && compareValues(value, operand) === 0;
}

function compared(op: "gt" | "gte" | "lt" | "lte", operand: unknown): (value: unknown) => boolean {
  const orEqual = op === "gte" || op === "lte";
  if (operand === null) return orEqual ? equalTo(null) : () => false;
  if (isNaNValue(operand)) return (value) => orEqual && isNaNValue(value);
  const holds: (order: number) => boolean =
    op === "gt" ? (o) => o > 0 : op === "gte" ? (o) => o >= 0 : op === "lt" ? (o) => o < 0 : (o) => o <= 0;
  return (value) =>
    value !== MISSING && sameBracket(value, operand) && !isNaNValue(value) && holds(compareValues(value, operand));
}

function sameBracket(left: unknown, right: unknown): boolean {
  return bracketOf(left) === bracketOf(right);
}

function isNaNValue(value: unknown): boolean {
  return isNumber(value) && Number.isNaN(toDouble(value));
}

function matchesPattern(pattern: RegExp, value: unknown): boolean {
  return typeof value === "string"
    ? pattern.test(value)
    : bracketOf(value) === BRACKET.string && pattern.test(String(value));
}
