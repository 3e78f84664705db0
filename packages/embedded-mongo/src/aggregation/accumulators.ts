import { Double, Int32 } from "bson";
import { isDoc, MISSING } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { compareValues, encodeKey } from "../keys.ts";
import { arithmetic, isFloating, isNumber, type NumberValue, toDouble } from "../numbers.ts";
import type { Evaluate } from "./evaluate.ts";
import { compileExpression, presentOrNull, type Reads } from "./expression.ts";

/** Gathers one field of one group. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

export interface AccumulatedField {
  readonly name: string;
  readonly evaluate: Evaluate;
  readonly make: () => Accumulator;
}

/** The accumulators of `$group` that are carried; README.md lists them. */
const ACCUMULATORS: ReadonlyMap<string, () => Accumulator> = new Map([
  ["$sum", () => summed((sum) => sum.total())],
  ["$avg", () => summed((sum) => (sum.count === 0 ? null : new Double(toDouble(sum.total()) / sum.count)))],
  ["$count", counted],
  ["$min", () => extreme(-1)],
  ["$max", () => extreme(1)],
  ["$first", () => edge(true)],
  ["$last", () => edge(false)],
  ["$push", pushed],
  ["$addToSet", set],
]);

export function compileAccumulator(name: string, spec: unknown, reads: Reads): AccumulatedField {
  if (name.includes(".")) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith("$")) throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(spec)) throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  const [operator, more] = Object.keys(spec);
  if (operator === undefined || more !== undefined)
    throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  const make = ACCUMULATORS.get(operator);
  if (make === undefined) throw new MongoError(15952, `unknown group operator '${operator}'`);
  const operand = spec[operator];
  if (operator === "$count" && !(isDoc(operand) && Object.keys(operand).length === 0))
    throw new MongoError(9, "$count takes no arguments, i.e. $count:{}");
  if (Array.isArray(operand)) throw new MongoError(40237, `The ${operator} accumulator is a unary operator`);
  return { name, evaluate: compileExpression(operand, reads), make };
}

/** Whole numbers are added exactly, doubles with what rounding loses carried along (Neumaier), as MongoDB's sums are. */
class Sum {
  count = 0;
  #whole: NumberValue = new Int32(0);
  #double = 0;
  #lost = 0;
  #floating = false;

  add(value: unknown): void {
    if (!isNumber(value)) return;
    this.count += 1;
    if (!isFloating(value)) this.#whole = arithmetic("add", this.#whole, value);
    else this.#addDouble(toDouble(value));
  }

  total(): NumberValue {
    if (!this.#floating) return this.#whole;
    const whole = toDouble(this.#whole);
    const sum = this.#double + whole;
    if (!Number.isFinite(sum)) return new Double(sum);
    const lost =
      this.#lost +
      (Math.abs(this.#double) >= Math.abs(whole) ? this.#double - sum + whole : whole - sum + this.#double);
    return new Double(sum + lost);
  }

  #addDouble(value: number): void {
    this.#floating = true;
    const sum = this.#double + value;
    if (Number.isFinite(sum)) {
      this.#lost += Math.abs(this.#double) >= Math.abs(value) ? this.#double - sum + value : value - sum + this.#double;
    }
    this.#double = sum;
  }
}

function summed(finish: (sum: Sum) => unknown): Accumulator {
  const sum = new Sum();
  return { add: (value) => sum.add(value), result: () => finish(sum) };
}

function counted(): Accumulator {
  let total: NumberValue = new Int32(0);
  return {
    add: () => {
      total = arithmetic("add", total, new Int32(1));
    },
    result: () => total,
  };
}

function extreme(sign: 1 | -1): Accumulator {
  let best: unknown = MISSING;
  return {
    add: (value) => {
      if (value === null || value === undefined || value === MISSING) return;
      if (best === MISSING || compareValues(value, best) * sign > 0) best = value;
    },
    result: () => presentOrNull(best),
  };
}

function edge(first: boolean): Accumulator {
  let kept: { readonly value: unknown } | undefined;
  return {
    add: (value) => {
      if (!first || kept === undefined) kept = { value };
    },
    result: () => presentOrNull(kept ? kept.value : null),
  };
}

function pushed(): Accumulator {
  const values: unknown[] = [];
  return {
    add: (value) => {
      if (value !== MISSING) values.push(value);
    },
    result: () => values,
  };
}

function set(): Accumulator {
  const values = new Map<string, unknown>();
  return {
    add: (value) => {
      if (value === MISSING) return;
      const key = encodeKey(value).toString("latin1");
      if (!values.has(key)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
}
