import { Double, Int32, Long } from "bson";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bsonValues } from "../test/support/bson-arbitrary.ts";
import { type Doc, decode, encode } from "./bson-values.ts";
import { parseFilter } from "./filter.ts";
import { compareValues } from "./keys.ts";
import { applyUpdate, parseUpdate, upsertSeed } from "./update.ts";

const NOW = new Date("2026-05-01T08:00:00Z");

function updated(before: Doc, update: unknown, inserting = false): Doc {
  const parsed = parseUpdate(decode(encode({ u: update })).u, () => NOW);
  return applyUpdate(decode(encode(before)), parsed, inserting);
}

/** Compares as BSON, so that 1 as int32 and 1 as double differ. */
function expectDoc(actual: Doc, expected: Doc): void {
  expect(decode(encode(actual))).toEqual(decode(encode(expected)));
}

describe("update operators", () => {
  test.each<[string, Doc, Doc, Doc]>([
    [
      "$set makes and changes fields, new ones in the order of their names",
      { a: 1 },
      { $set: { c: 3, b: 2, a: 9 } },
      { a: 9, b: 2, c: 3 },
    ],
    ["$set makes documents on the way", { _id: 1 }, { $set: { "a.b.c": 1 } }, { _id: 1, a: { b: { c: 1 } } }],
    ["$set reaches array positions and fills up", { a: [1] }, { $set: { "a.3": "x" } }, { a: [1, null, null, "x"] }],
    ["$set reaches into an element", { a: [{ b: 1 }] }, { $set: { "a.0.b": 2 } }, { a: [{ b: 2 }] }],
    [
      "$unset takes away, and nulls an array position",
      { a: 1, b: [1, 2], c: { d: 1, e: 2 } },
      { $unset: { a: "", "b.0": "", "c.d": 1, "x.y": 1 } },
      { b: [null, 2], c: { e: 2 } },
    ],
    [
      "$inc keeps whole numbers whole",
      { n: new Int32(5) },
      { $inc: { n: 2, m: 1 } },
      { n: new Int32(7), m: new Int32(1) },
    ],
    ["$inc widens", { n: new Int32(2147483647) }, { $inc: { n: 1 } }, { n: Long.fromNumber(2147483648) }],
    ["$inc with a double gives a double", { n: new Int32(1) }, { $inc: { n: new Double(1) } }, { n: new Double(2) }],
    [
      "$min and $max compare across types",
      { a: 5, b: "x", c: null },
      { $min: { a: 3, b: 7 }, $max: { c: 1, d: 4 } },
      { a: 3, b: 7, c: 1, d: 4 },
    ],
    ["$currentDate is the store's time", {}, { $currentDate: { a: true, b: { $type: "date" } } }, { a: NOW, b: NOW }],
    [
      "$push appends one value, an array as one",
      { a: [1] },
      { $push: { a: [2, 3], b: 1 } },
      { a: [1, [2, 3]], b: [1] },
    ],
    [
      "$push with $each and $slice keeps the last",
      { a: [1, 2] },
      { $push: { a: { $each: [3, 4], $slice: -3 } } },
      { a: [2, 3, 4] },
    ],
    ["$push with $slice 0 empties", { a: [1, 2] }, { $push: { a: { $each: [], $slice: 0 } } }, { a: [] }],
    ["$push with $slice keeps the first", { a: [1, 2] }, { $push: { a: { $each: [3], $slice: 2 } } }, { a: [1, 2] }],
    [
      "$addToSet adds what is not there, numbers equal across types",
      { a: [1, { b: 1 }] },
      { $addToSet: { a: { $each: [new Double(1), { b: 1 }, 2, 2] } } },
      { a: [1, { b: 1 }, 2] },
    ],
    ["$pull by value", { a: [1, 2, 1, "x"] }, { $pull: { a: 1 } }, { a: [2, "x"] }],
    ["$pull by condition", { a: [1, 5, 9, "x"] }, { $pull: { a: { $gte: 5 } } }, { a: [1, "x"] }],
    [
      "$pull by a query on element documents",
      { a: [{ id: "t1", n: 1 }, { id: "t2" }, 3] },
      { $pull: { a: { id: "t1" } } },
      { a: [{ id: "t2" }, 3] },
    ],
    ["$pull from nothing", {}, { $pull: { a: 1 } }, {}],
    ["$pullAll", { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    [
      "$pop from either end",
      { a: [1, 2, 3], b: [1, 2], c: [] },
      { $pop: { a: 1, b: -1, c: 1 } },
      { a: [1, 2], b: [2], c: [] },
    ],
    ["$setOnInsert does nothing to what is there", { a: 1 }, { $setOnInsert: { b: 1 }, $set: { a: 2 } }, { a: 2 }],
    ["a replacement keeps _id", { _id: 7, a: 1, b: 2 }, { c: 3 }, { _id: 7, c: 3 }],
  ])("%s", (_name, before, update, after) => {
    expectDoc(updated(before, update), after);
  });

  test("$setOnInsert counts for a new document", () => {
    expectDoc(updated({ a: 1 }, { $setOnInsert: { b: 1 } }, true), { a: 1, b: 1 });
  });

  test("a field named __proto__ is a field like any other", () => {
    const after = updated({ _id: 1 }, { $set: { "__proto__.polluted": true } });
    expect(Object.getOwnPropertyNames(after)).toEqual(["_id", "__proto__"]);
    expect(({} as Doc).polluted).toBeUndefined();
  });

  test("what was set is there, and nothing else has changed", () => {
    const before = fc.dictionary(fc.constantFrom("a", "b", "c"), bsonValues);
    fc.assert(
      fc.property(before, fc.constantFrom("a", "b", "d"), bsonValues, (doc, name, value) => {
        const after = updated({ _id: 1, ...doc }, { $set: { [name]: value } });
        const expected = decode(encode({ _id: 1, ...doc }));
        expect(compareValues(after[name], decode(encode({ v: value })).v)).toBe(0);
        for (const other of Object.keys(expected)) if (other !== name) expect(after[other]).toEqual(expected[other]);
        expect(Object.keys(after).sort()).toEqual([...new Set([...Object.keys(expected), name])].sort());
      }),
    );
  });
});

describe("an update that cannot be is refused as MongoDB refuses it, and changes nothing", () => {
  test.each<[Doc, unknown, number, string]>([
    [{}, { $rename: { a: "b" } }, 9, "Unknown modifier: $rename. Expected a valid update modifier"],
    [{}, { $mul: { a: 2 } }, 9, "Unknown modifier: $mul"],
    [{}, { $set: 5 }, 9, "Modifiers operate on fields but we found type int instead"],
    [{}, [{ $set: { a: 1 } }], 9, "pipeline-style"],
    [{}, { $set: { a: 1 }, b: 2 }, 9, "Unknown modifier: b"],
    [{}, { b: 2, $set: { a: 1 } }, 52, "The dollar ($) prefixed field '$set'"],
    [{}, { $set: { a: 1, "a.b": 2 } }, 40, "Updating the path 'a.b' would create a conflict at 'a'"],
    [{}, { $set: { a: 1 }, $inc: { a: 1 } }, 40, "Updating the path 'a' would create a conflict at 'a'"],
    [{ _id: 1 }, { $set: { _id: 2 } }, 66, "would modify the immutable field '_id'"],
    [{ _id: 1 }, { $unset: { _id: 1 } }, 66, "immutable field '_id'"],
    [{ _id: 1 }, { _id: 2, a: 1 }, 66, "was found to have been altered to _id: 2"],
    [{ a: 5 }, { $set: { "a.b": 1 } }, 28, "Cannot create field 'b' in element {a: 5}"],
    [{ a: [1] }, { $set: { "a.b": 1 } }, 28, "Cannot create field 'b' in element {a: [ 1 ]}"],
    [
      { _id: 1, a: "x" },
      { $inc: { a: 1 } },
      14,
      "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
    ],
    [{}, { $inc: { a: "x" } }, 14, 'Cannot increment with non-numeric argument: {a: "x"}'],
    [{ _id: 1, a: Long.MAX_VALUE }, { $inc: { a: 1 } }, 2, "Failed to apply $inc operations to current value"],
    [
      { _id: 1, a: 5 },
      { $push: { a: 1 } },
      2,
      "The field 'a' must be an array but is of type int in document {_id: 1}",
    ],
    [{}, { $push: { a: { $each: [1], $sort: 1 } } }, 2, "Unrecognized clause in $push: $sort"],
    [{}, { $push: { a: { $each: 1 } } }, 2, "The argument to $each in $push must be an array"],
    [{ a: 5 }, { $pull: { a: 5 } }, 2, "Cannot apply $pull to a non-array value"],
    [{ a: [1] }, { $pull: { a: { $foo: 5 } } }, 2, "unknown operator: $foo"],
    [{}, { $pop: { a: 2 } }, 9, "$pop expects 1 or -1"],
    [{}, { $currentDate: { a: { $type: "timestamp" } } }, 2, "$currentDate"],
    [{}, { $set: { "a.$.b": 1 } }, 2, "positional operator '$'"],
    [{}, { $set: { "a.$[x].b": 1 } }, 2, "positional operator '$[x]'"],
    [{}, { $set: { "a..b": 1 } }, 56, "empty field name"],
    [{}, { $set: { "": 1 } }, 56, "An empty update path is not valid."],
  ])("%o by %o", (before, update, code, message) => {
    expect(() => updated(before, update)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe("an upsert starts from what its query holds to one value", () => {
  test("equalities, also within $and and through dotted paths", () => {
    const query = { "a.b": 1, c: { $eq: "x" }, d: { $gt: 5 }, $and: [{ e: true }], $or: [{ f: 1 }] };
    expectDoc(upsertSeed(parseFilter(query)), { a: { b: 1 }, c: "x", e: true });
  });

  test("a path held twice is refused", () => {
    expect(() => upsertSeed(parseFilter({ a: { b: 1 }, "a.b": 2 }))).toThrow(expect.objectContaining({ code: 54 }));
  });
});
