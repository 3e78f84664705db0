import { Binary, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bsonValues, numbers, strings } from "../test/support/bson-arbitrary.ts";
import { isDoc } from "./bson-values.ts";
import { afterPrefix, compareValues, encodeCompoundKey, encodeKey, invertKey } from "./keys.ts";

/** BSON's comparison once more, written down independently from the encoding (MongoDB manual, "Comparison/Sort Order"). */
function reference(left: unknown, right: unknown): number {
  const byType = rank(left) - rank(right);
  if (byType !== 0) return byType;
  if (rank(left) === 3) return referenceNumbers(left, right);
  if (typeof left === "string" && typeof right === "string")
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  if (typeof left === "boolean") return Number(left) - Number(right);
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  if (left instanceof ObjectId && right instanceof ObjectId)
    return Buffer.compare(Buffer.from(left.id), Buffer.from(right.id));
  if (left instanceof Timestamp && right instanceof Timestamp) return left.t - right.t || left.i - right.i;
  if (left instanceof Binary && right instanceof Binary) {
    return (
      left.length() - right.length() ||
      left.sub_type - right.sub_type ||
      Buffer.compare(Buffer.from(left.value()), Buffer.from(right.value()))
    );
  }
  return referenceFields(fieldsOf(left), fieldsOf(right));
}

function rank(value: unknown): number {
  if (value === null) return 2;
  if (value instanceof Int32 || value instanceof Double || (value instanceof Long && !(value instanceof Timestamp)))
    return 3;
  if (typeof value === "string") return 4;
  if (Array.isArray(value)) return 6;
  if (value instanceof Binary) return 7;
  if (value instanceof ObjectId) return 8;
  if (typeof value === "boolean") return 9;
  if (value instanceof Date) return 10;
  if (value instanceof Timestamp) return 11;
  return 5;
}

function referenceNumbers(left: unknown, right: unknown): number {
  const [a, b] = [exact(left), exact(right)];
  if (typeof a === "number" && typeof b === "number" && (Number.isNaN(a) || Number.isNaN(b)))
    return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  if (Number.isNaN(a)) return -1;
  if (Number.isNaN(b)) return 1;
  return a < b ? -1 : a > b ? 1 : 0; // JavaScript compares bigint and number exactly
}

function exact(value: unknown): number | bigint {
  if (value instanceof Long) return value.toBigInt();
  if (value instanceof Int32 || value instanceof Double) return value.value;
  throw new Error("not a number");
}

function fieldsOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((element, index) => [String(index), element]);
  return isDoc(value) ? Object.entries(value) : [];
}

function referenceFields(left: [string, unknown][], right: [string, unknown][]): number {
  for (const [at, [name, value]] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const byType = rank(value) - rank(other[1]);
    if (byType !== 0) return byType;
    const byName = Buffer.compare(Buffer.from(name), Buffer.from(other[0]));
    const order = byName === 0 ? reference(value, other[1]) : byName;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

describe("encoded keys", () => {
  test("K1: the bytes order any two values as BSON does", () => {
    fc.assert(
      fc.property(bsonValues, bsonValues, (left, right) => {
        expect(Math.sign(Buffer.compare(encodeKey(left), encodeKey(right)))).toBe(Math.sign(reference(left, right)));
      }),
      { numRuns: 3000 },
    );
  });

  test("K1: whole numbers and doubles are one line, exact beyond 2^53", () => {
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        expect(Math.sign(Buffer.compare(encodeKey(left), encodeKey(right)))).toBe(Math.sign(reference(left, right)));
      }),
      { numRuns: 3000 },
    );
    expect(encodeKey(Long.fromString("9007199254740993"))).not.toEqual(encodeKey(new Double(2 ** 53)));
    expect(encodeKey(Long.fromNumber(5))).toEqual(encodeKey(new Double(5)));
  });

  test("comparing without encoding says the same", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.tuple(bsonValues, bsonValues), fc.tuple(strings, strings), fc.tuple(numbers, numbers)),
        ([left, right]) => {
          expect(Math.sign(compareValues(left, right))).toBe(Math.sign(reference(left, right)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("K2: no key begins another one, so compound keys keep the order of their fields", () => {
    fc.assert(
      fc.property(
        fc.tuple(bsonValues, bsonValues),
        fc.tuple(bsonValues, bsonValues),
        fc.tuple(fc.constantFrom<1 | -1>(1, -1), fc.constantFrom<1 | -1>(1, -1)),
        (left, right, directions) => {
          const expected = reference(left[0], right[0]) * directions[0] || reference(left[1], right[1]) * directions[1];
          expect(
            Math.sign(Buffer.compare(encodeCompoundKey(left, directions), encodeCompoundKey(right, directions))),
            // Equal values that are turned round are −0.
          ).toBe(Math.sign(expected) + 0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("K3: neither a key nor its inversion begins with 00 or ff", () => {
    fc.assert(
      fc.property(fc.oneof(bsonValues, fc.constantFrom(undefined, new MinKey(), new MaxKey())), (value) => {
        for (const key of [encodeKey(value), invertKey(encodeKey(value))]) expect([0, 255]).not.toContain(key[0]);
      }),
    );
  });

  test("MinKey stands before everything, MaxKey behind", () => {
    fc.assert(
      fc.property(bsonValues, (value) => {
        expect(compareValues(new MinKey(), value)).toBeLessThan(0);
        expect(compareValues(new MaxKey(), value)).toBeGreaterThan(0);
      }),
    );
  });

  test("afterPrefix is the first key that does not begin so", () => {
    fc.assert(
      fc.property(bsonValues, bsonValues, (prefix, value) => {
        const [key, other] = [encodeKey(prefix), encodeKey(value)];
        expect(Buffer.compare(Buffer.concat([key, other]), afterPrefix(key))).toBeLessThan(0);
        if (Buffer.compare(other, key) > 0) expect(Buffer.compare(other, afterPrefix(key))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
