import { Binary, BSONRegExp, Double, Long, MinKey, ObjectId } from "bson";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bsonValues } from "../test/support/bson-arbitrary.ts";
import { type Doc, decode, encode } from "./bson-values.ts";
import { parseFilter } from "./filter.ts";
import { compareValues } from "./keys.ts";
import { compileFilter } from "./matcher.ts";

/** As a document and a query meet in the store: both decoded from BSON. */
function matches(query: Doc, doc: Doc): boolean {
  return compileFilter(parseFilter(decode(encode(query))))(decode(encode(doc)));
}

describe("equality", () => {
  test.each<[Doc, Doc, boolean]>([
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, { a: new Double(1) }, true],
    [{ a: Long.fromNumber(1) }, { a: 1 }, true],
    [{ a: 1 }, { a: "1" }, false],
    [{ a: 1 }, { a: true }, false],
    [{ a: 1 }, { a: [3, 1] }, true],
    [{ a: [3, 1] }, { a: [3, 1] }, true],
    [{ a: [1, 3] }, { a: [3, 1] }, false],
    [{ a: [3, 1] }, { a: [[3, 1], 2] }, true],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 2 } }, true],
    [{ a: { c: 2, b: 1 } }, { a: { b: 1, c: 2 } }, false],
    [{ a: null }, {}, true],
    [{ a: null }, { a: null }, true],
    [{ a: null }, { a: 0 }, false],
    [{ "a.b": null }, { a: { c: 1 } }, true],
    [{ "a.b": null }, { a: 5 }, true],
    [{ "a.b": null }, { a: [{ b: 1 }, {}] }, true],
    [{ "a.b": null }, { a: [{ b: 1 }] }, false],
    [{ "a.b": 2 }, { a: [{ b: 1 }, { b: 2 }] }, true],
    [{ "a.1.b": 2 }, { a: [{ b: 1 }, { b: 2 }] }, true],
    [{ "a.0": 1 }, { a: [1, 2] }, true],
    [{ "a.0": 2 }, { a: [1, 2] }, false],
    [{ "a.b": 1 }, { a: [[{ b: 1 }]] }, false],
    [{ a: new Binary(Buffer.from([0xff])) }, { a: new Binary(Buffer.from([0xfe])) }, false],
    [{ a: { $eq: null } }, {}, true],
    [{ a: { $ne: 1 } }, { a: [1, 2] }, false],
    [{ a: { $ne: 1 } }, {}, true],
    [{ a: Number.NaN }, { a: Number.NaN }, true],
  ])("%o asked of %o: %s", (query, doc, expected) => {
    expect(matches(query, doc)).toBe(expected);
  });
});

describe("comparison stays within one type", () => {
  test.each<[Doc, Doc, boolean]>([
    [{ a: { $gt: 1 } }, { a: 2 }, true],
    [{ a: { $gt: 1 } }, { a: Long.fromNumber(2) }, true],
    [{ a: { $gt: 1 } }, { a: "2" }, false],
    [{ a: { $lt: "b" } }, { a: "a" }, true],
    [{ a: { $lt: "b" } }, { a: 1 }, false],
    [{ a: { $gte: null } }, {}, true],
    [{ a: { $gt: null } }, { a: 1 }, false],
    [{ a: { $lt: 5 } }, { a: Number.NaN }, false],
    [{ a: { $gt: 5, $lt: 3 } }, { a: [1, 10] }, true],
    [{ a: { $gt: new Date(5) } }, { a: new Date(6) }, true],
    [{ a: { $gt: new Date(5) } }, { a: 6 }, false],
    [{ a: { $gte: [1, 2] } }, { a: [1, 3] }, true],
    [{ a: { $lt: { b: 2 } } }, { a: { b: 1 } }, true],
  ])("%o asked of %o: %s", (query, doc, expected) => {
    expect(matches(query, doc)).toBe(expected);
  });
});

describe("the other operators", () => {
  test.each<[Doc, Doc, boolean]>([
    [{ a: { $in: [1, null] } }, {}, true],
    [{ a: { $in: [] } }, { a: 1 }, false],
    [{ a: { $in: [new BSONRegExp("^x", "i"), 4] } }, { a: "Xy" }, true],
    [{ a: { $nin: [1, 2] } }, { a: [2, 3] }, false],
    [{ a: { $nin: [1, 2] } }, {}, true],
    [{ a: { $exists: true } }, { a: null }, true],
    [{ a: { $exists: false } }, { a: null }, false],
    [{ "a.b": { $exists: false } }, { a: [] }, true],
    [{ a: { $type: "string" } }, { a: [1, "x"] }, true],
    [{ a: { $type: "array" } }, { a: [1] }, true],
    [{ a: { $type: ["long", "double"] } }, { a: 1 }, false],
    [{ a: { $type: "number" } }, { a: 1 }, true],
    [{ a: { $size: 2 } }, { a: [1, 2] }, true],
    [{ a: { $size: 1 } }, { a: [[1, 2]] }, true],
    [{ a: { $size: 1 } }, { a: 1 }, false],
    [{ a: { $all: [1, 2] } }, { a: [2, 1, 3] }, true],
    [{ a: { $all: [1, 2] } }, { a: [1] }, false],
    [{ a: { $all: [] } }, { a: [1] }, false],
    [
      { a: { $elemMatch: { b: 1, c: 2 } } },
      {
        a: [
          { b: 1, c: 3 },
          { b: 2, c: 2 },
        ],
      },
      false,
    ],
    [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1, c: 2 }] }, true],
    [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [1, 3] }, false],
    [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [1, 2] }, true],
    [{ a: { $not: { $gt: 1 } } }, { a: "x" }, true],
    [{ a: { $not: new BSONRegExp("x") } }, { a: "x" }, false],
    [{ a: { $regex: "X", $options: "i" } }, { a: ["y", "ax"] }, true],
    [{ a: new BSONRegExp("^b") }, { a: "ab" }, false],
    [{ $or: [{ a: 1 }, { b: 1 }] }, { b: 1 }, true],
    [{ $nor: [{ a: 1 }, { b: 1 }] }, { b: 1 }, false],
    [{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 3 } }] }, { a: 2 }, true],
    [{ $comment: "why", a: 1 }, { a: 1 }, true],
  ])("%o asked of %o: %s", (query, doc, expected) => {
    expect(matches(query, doc)).toBe(expected);
  });

  test("any value is found by itself, by $in with itself, and by $gte and $lte of itself", () => {
    fc.assert(
      fc.property(bsonValues, bsonValues, (value, other) => {
        const same = compareValues(value, other) === 0;
        for (const query of [
          { a: { $eq: value } },
          { a: { $in: [value] } },
          { $and: [{ a: { $gte: value } }, { a: { $lte: value } }] },
        ]) {
          expect(matches(query, { a: value })).toBe(true);
          if (!same && !Array.isArray(other)) expect(matches(query, { a: other })).toBe(false);
        }
      }),
    );
  });
});

describe("what is not carried is refused as MongoDB refuses it", () => {
  test.each<[Doc, number, string]>([
    [{ a: { $near: [1, 2] } }, 2, "unknown operator: $near"],
    [{ a: { $gt: 1, $foo: 2 } }, 2, "unknown operator: $foo"],
    [{ a: { $not: { $mod: [2, 0] } } }, 2, "unknown operator: $mod"],
    [{ $where: "true" }, 2, "unknown top level operator: $where"],
    [{ $expr: { $gt: ["$a", 1] } }, 2, "unknown top level operator: $expr"],
    [{ $text: { $search: "x" } }, 2, "unknown top level operator: $text"],
    [{ $or: [] }, 2, "nonempty array"],
    [{ $or: 1 }, 2, "must be an array"],
    [{ a: { $in: 1 } }, 2, "$in needs an array"],
    [{ a: { $gt: new BSONRegExp("x") } }, 2, "Can't have RegEx as arg to predicate over field 'a'."],
    [{ a: { $gt: new MinKey() } }, 2, "MinKey or MaxKey"],
    [{ a: { $all: [{ $elemMatch: { b: 1 } }] } }, 2, "no $ expressions in $all"],
    [{ a: { $type: "text" } }, 2, "Unknown type name alias: text"],
    [{ a: { $size: -1 } }, 2, "non-negative"],
    [{ a: { $regex: "(" } }, 51091, "Regular expression is invalid"],
    [{ a: { $regex: "\\Ax" } }, 51091, "\\A"],
    [{ a: { $regex: "x", $options: "x" } }, 51108, "invalid flag"],
    [{ a: { $options: "i" } }, 2, "$options needs a $regex"],
  ])("%o: %i", (query, code, message) => {
    expect(() => parseFilter(decode(encode(query)))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test("a query never compares what it cannot compare", () => {
    const doc = { a: { $numberDecimal: "1" } };
    expect(matches({ "a.$numberDecimal": "1" }, doc)).toBe(true);
    expect(() => matches({ a: { $gt: new ObjectId() } }, { a: new ObjectId() })).not.toThrow();
  });
});
