import { BSONRegExp, MaxKey, MinKey } from "bson";
import { type Doc, isDoc, typeName, typeNumberOf } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { isNumber, toDouble, toSafeInteger } from "./numbers.ts";
import { splitPath } from "./paths.ts";
import { compileRegex } from "./regex.ts";

type Comparison = "gt" | "gte" | "lt" | "lte";

/** What is asked of one path. */
export type FieldTest =
  | { readonly op: "eq"; readonly value: unknown }
  | { readonly op: Comparison; readonly value: unknown }
  | { readonly op: "in"; readonly values: readonly unknown[]; readonly patterns: readonly RegExp[] }
  | { readonly op: "regex"; readonly pattern: RegExp; readonly value?: unknown }
  | { readonly op: "exists" }
  | { readonly op: "type"; readonly types: readonly number[] }
  | { readonly op: "size"; readonly size: number }
  | { readonly op: "elementDocument"; readonly filter: Filter }
  | { readonly op: "elementValue"; readonly tests: readonly ValueTest[] };

/** A test of one array element; `negated` for `$not`, `$ne` and `$nin` within `$elemMatch`. */
export interface ValueTest {
  readonly negated: boolean;
  readonly test: FieldTest;
}

export interface FieldFilter {
  readonly kind: "field";
  readonly path: string;
  readonly parts: readonly string[];
  readonly test: FieldTest;
}

/** A query that was read and understood: every operator in it is one of the list in README.md. */
export type Filter =
  | { readonly kind: "and" | "or" | "nor"; readonly of: readonly Filter[] }
  | { readonly kind: "not"; readonly of: Filter }
  | FieldFilter;

/** Reads a query document. Throws MongoDB's `BadValue` for an operator or a form that is not carried. */
export function parseFilter(query: unknown): Filter {
  if (!isDoc(query)) throw bad("the match filter must be an expression in an object");
  const all: Filter[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (name === "$and" || name === "$or" || name === "$nor")
      all.push({ kind: kindOf(name), of: branches(name, value) });
    else if (name === "$comment") continue;
    else if (name.startsWith("$")) throw bad(`unknown top level operator: ${name}`);
    else all.push(...parseField(name, value));
  }
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { kind: "and", of: all };
}

function kindOf(name: "$and" | "$or" | "$nor"): "and" | "or" | "nor" {
  return name === "$and" ? "and" : name === "$or" ? "or" : "nor";
}

function branches(name: string, value: unknown): Filter[] {
  if (!Array.isArray(value)) throw bad(`${name} must be an array`);
  if (value.length === 0) throw bad("$and/$or/$nor must be a nonempty array");
  return value.map((branch) => {
    if (!isDoc(branch)) throw bad("$or/$and/$nor entries need to be full objects");
    return parseFilter(branch);
  });
}

function parseField(path: string, value: unknown): Filter[] {
  const parts = splitPath(path);
  return parseConditions(value, path).map(({ negated, test }) => {
    const field: FieldFilter = { kind: "field", path, parts, test };
    return negated ? { kind: "not", of: field } : field;
  });
}

/** The conditions of one field, or of one array element (`$elemMatch`, `$pull`). */
export function parseConditions(value: unknown, path = ""): ValueTest[] {
  if (isPattern(value)) return [{ negated: false, test: regexTest(value) }];
  if (!isOperatorDoc(value)) return [{ negated: false, test: { op: "eq", value: comparable(value) } }];
  const found: ValueTest[] = [];
  for (const [operator, operand] of Object.entries(value)) {
    if (operator === "$options") {
      if (!("$regex" in value)) throw bad("$options needs a $regex");
    } else if (operator === "$regex") found.push({ negated: false, test: regexWithOptions(operand, value.$options) });
    else if (operator === "$not") found.push(...negation(path, operand));
    else if (operator === "$all") found.push(...allOf(operand));
    else found.push(parseOperator(path, operator, operand));
  }
  return found;
}

function parseOperator(path: string, operator: string, operand: unknown): ValueTest {
  const plain = (test: FieldTest): ValueTest => ({ negated: false, test });
  switch (operator) {
    case "$eq":
      return plain({ op: "eq", value: comparable(operand) });
    case "$ne":
      if (isPattern(operand)) throw bad("Can't have regex as arg to $ne.");
      return { negated: true, test: { op: "eq", value: comparable(operand) } };
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return plain(comparison(path, operator, operand));
    case "$in":
      return plain(inTest("$in", operand));
    case "$nin":
      return { negated: true, test: inTest("$nin", operand) };
    case "$exists":
      return { negated: !isTrue(operand), test: { op: "exists" } };
    case "$type":
      return plain({ op: "type", types: (Array.isArray(operand) ? operand : [operand]).flatMap(typesOf) });
    case "$size":
      return plain({ op: "size", size: sizeOf(operand) });
    case "$elemMatch":
      return plain(elementTest(path, operand));
    default:
      throw bad(`unknown operator: ${operator}`);
  }
}

function comparison(path: string, operator: "$gt" | "$gte" | "$lt" | "$lte", operand: unknown): FieldTest {
  if (isPattern(operand)) throw bad(`Can't have RegEx as arg to predicate over field '${path}'.`);
  const ops = { $gt: "gt", $gte: "gte", $lt: "lt", $lte: "lte" } as const;
  return { op: ops[operator], value: comparable(operand) };
}

/** `$eq` keeps regular expressions as values; MinKey, MaxKey and undefined would compare across types, which is not carried. */
function comparable(value: unknown): unknown {
  if (value === undefined) throw bad("cannot compare to undefined");
  if (value instanceof MinKey || value instanceof MaxKey)
    throw bad("comparison with MinKey or MaxKey is not carried by the embedded store");
  return value;
}

function inTest(operator: string, operand: unknown): FieldTest {
  if (!Array.isArray(operand)) throw bad(`${operator} needs an array`);
  const values: unknown[] = [];
  const patterns: RegExp[] = [];
  for (const value of operand) {
    if (isOperatorDoc(value)) throw bad(`cannot nest $ under ${operator}`);
    if (isPattern(value)) patterns.push(regexTest(value).pattern);
    values.push(comparable(value));
  }
  return { op: "in", values, patterns };
}

function negation(path: string, operand: unknown): ValueTest[] {
  if (isPattern(operand)) return [{ negated: true, test: regexTest(operand) }];
  if (!isOperatorDoc(operand)) throw bad("$not needs a regex or a document");
  const inner = parseConditions(operand, path);
  const [only] = inner;
  if (inner.length === 1 && only !== undefined) return [{ negated: !only.negated, test: only.test }];
  throw bad("$not with several operators is not carried by the embedded store");
}

function allOf(operand: unknown): ValueTest[] {
  if (!Array.isArray(operand)) throw bad("$all needs an array");
  if (operand.some(isOperatorDoc)) throw bad("no $ expressions in $all");
  if (operand.length === 0) return [{ negated: false, test: { op: "in", values: [], patterns: [] } }];
  return operand.map((value) => ({
    negated: false,
    test: isPattern(value) ? regexTest(value) : { op: "eq", value: comparable(value) },
  }));
}

function elementTest(path: string, operand: unknown): FieldTest {
  if (!isDoc(operand)) throw bad("$elemMatch needs an Object");
  const logical = Object.keys(operand).every((name) => ["$and", "$or", "$nor"].includes(name));
  if (!isOperatorDoc(operand) || logical) return { op: "elementDocument", filter: parseFilter(operand) };
  return { op: "elementValue", tests: parseConditions(operand, path) };
}

function sizeOf(operand: unknown): number {
  const size = toSafeInteger(operand);
  if (size === undefined) throw bad(`Failed to parse $size. Expected a number in: $size: ${typeName(operand)}`);
  if (size < 0) throw bad(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  return size;
}

function typesOf(operand: unknown): number[] {
  if (operand === "number") return [1, 16, 18, 19];
  const number = typeof operand === "string" ? typeNumberOf(operand) : toSafeInteger(operand);
  if (number === undefined) throw bad(`Unknown type name alias: ${String(operand)}`);
  return [number];
}

type Pattern = BSONRegExp | RegExp;

function isPattern(value: unknown): value is Pattern {
  return value instanceof BSONRegExp || value instanceof RegExp;
}

function regexTest(value: Pattern): { readonly op: "regex"; readonly pattern: RegExp; readonly value: unknown } {
  const [pattern, options] = value instanceof RegExp ? [value.source, value.flags] : [value.pattern, value.options];
  return { op: "regex", pattern: compileRegex(pattern, options), value };
}

function regexWithOptions(operand: unknown, options: unknown): FieldTest {
  if (options !== undefined && typeof options !== "string") throw bad("$options has to be a string");
  if (typeof operand === "string") return { op: "regex", pattern: compileRegex(operand, options ?? "") };
  if (!isPattern(operand)) throw bad("$regex has to be a string");
  if (options === undefined) return { op: "regex", pattern: regexTest(operand).pattern };
  return { op: "regex", pattern: compileRegex(operand instanceof RegExp ? operand.source : operand.pattern, options) };
}

/** `{ $gt: 1 }` and the like: what makes a value a condition instead of a document to compare with. */
export function isOperatorDoc(value: unknown): value is Doc {
  if (!isDoc(value)) return false;
  const [first] = Object.keys(value);
  return first?.startsWith("$") === true;
}

function isTrue(value: unknown): boolean {
  return isNumber(value) ? toDouble(value) !== 0 : value !== false && value !== null && value !== undefined;
}

function bad(message: string): MongoError {
  return new MongoError(2, message);
}
