import { Double, Int32, Long, Timestamp } from "bson";

/** Any form in which a number stands in a decoded document or comes out of our own arithmetic. */
export type NumberValue = number | bigint | Int32 | Double | Long;

const MAX_INT32 = 0x7fffffff;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

export function isNumber(value: unknown): value is NumberValue {
  return (
    typeof value === "number" ||
    value instanceof Int32 ||
    value instanceof Double ||
    typeof value === "bigint" ||
    (value instanceof Long && !(value instanceof Timestamp))
  );
}

/** The nearest double; exact for everything but integers beyond 2^53. */
export function toDouble(value: NumberValue): number {
  if (typeof value === "number") return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return typeof value === "bigint" ? Number(value) : value.toNumber();
}

/** What rounding to a double lost: 0 but for integers beyond 2^53, where it is at most 512 either way. */
export function doubleRemainder(value: NumberValue): number {
  if (!(value instanceof Long || typeof value === "bigint")) return 0;
  const whole = typeof value === "bigint" ? value : value.toBigInt();
  return Number(whole - BigInt(Number(whole)));
}

export function isFloating(value: NumberValue): boolean {
  return value instanceof Double || (typeof value === "number" && !Number.isInteger(value));
}

function toBigInt(value: NumberValue): bigint {
  if (typeof value === "bigint") return value;
  return value instanceof Long ? value.toBigInt() : BigInt(toDouble(value));
}

/** The exact value as a JavaScript number where that is possible, else `undefined`; for limits, sizes and positions. */
export function toSafeInteger(value: unknown): number | undefined {
  if (!isNumber(value)) return undefined;
  const double = toDouble(value);
  return Number.isSafeInteger(double) ? double : undefined;
}

/**
 * Adds, subtracts or multiplies as MongoDB does: int32 and int64 stay whole and widen when they must, a double makes all doubles.
 * Returns `undefined` when whole numbers leave int64: an update refuses that, an aggregation goes on with doubles.
 */
export function exactArithmetic(
  operation: "add" | "subtract" | "multiply",
  left: NumberValue,
  right: NumberValue,
): NumberValue | undefined {
  if (isFloating(left) || isFloating(right)) return new Double(doubleArithmetic(operation, left, right));
  const [a, b] = [toBigInt(left), toBigInt(right)];
  const result = operation === "add" ? a + b : operation === "subtract" ? a - b : a * b;
  if (result < MIN_INT64 || result > MAX_INT64) return undefined;
  const wide = left instanceof Long || right instanceof Long;
  if (!wide && result >= BigInt(-MAX_INT32 - 1) && result <= BigInt(MAX_INT32)) return new Int32(Number(result));
  return Long.fromBigInt(result);
}

export function arithmetic(
  operation: "add" | "subtract" | "multiply",
  left: NumberValue,
  right: NumberValue,
): NumberValue {
  return exactArithmetic(operation, left, right) ?? new Double(doubleArithmetic(operation, left, right));
}

function doubleArithmetic(operation: "add" | "subtract" | "multiply", left: NumberValue, right: NumberValue): number {
  const [a, b] = [toDouble(left), toDouble(right)];
  return operation === "add" ? a + b : operation === "subtract" ? a - b : a * b;
}

/** A whole JavaScript number as the narrowest BSON integer, as MongoDB's counts are. */
export function wholeNumber(value: number): Int32 | Long {
  return Math.abs(value) <= MAX_INT32 ? new Int32(value) : Long.fromNumber(value);
}
