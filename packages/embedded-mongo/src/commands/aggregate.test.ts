import { EJSON } from "bson";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MemoryStore, memoryStore } from "../../test/support/memory-store.ts";
import type { Doc } from "../bson-values.ts";

let memory: MemoryStore;
beforeEach(async () => {
  memory = memoryStore();
  await memory.run({ insert: "calls", documents: CALLS });
});
afterEach(() => memory.close());

const CALLS: Doc[] = [
  {
    _id: "call_1",
    queue: "sales",
    waitMs: 1000,
    at: new Date("2026-05-14T08:10:00Z"),
    steps: [
      { node: "a", ms: 5 },
      { node: "b", ms: 7 },
    ],
  },
  { _id: "call_2", queue: "sales", waitMs: 3000, at: new Date("2026-05-14T09:20:00Z"), steps: [] },
  { _id: "call_3", queue: "help", waitMs: null, at: new Date("2026-05-15T09:40:00Z") },
  { _id: "call_4", queue: "help", waitMs: 500.5, at: new Date("2026-05-15T22:30:00Z"), steps: [{ node: "a", ms: 1 }] },
];

/** The whole result, in plain JavaScript values. */
async function result(...pipeline: Doc[]): Promise<unknown> {
  const reply = await memory.run({ aggregate: "calls", pipeline, cursor: {} });
  return JSON.parse(EJSON.stringify(reply, { relaxed: true })).cursor.firstBatch;
}

describe("stages", () => {
  test("$match, $sort, $skip, $limit and $project together", async () => {
    expect(
      await result(
        { $match: { queue: "sales" } },
        { $sort: { waitMs: -1 } },
        { $limit: 1 },
        { $project: { waitMs: 1 } },
      ),
    ).toEqual([{ _id: "call_2", waitMs: 3000 }]);
    expect(await result({ $sort: { _id: 1 } }, { $skip: 3 }, { $project: { _id: 1 } })).toEqual([{ _id: "call_4" }]);
    expect(await result({ $limit: 3 }, { $skip: 2 }, { $project: { queue: 1, _id: 0 } })).toEqual([{ queue: "help" }]);
    expect(await result({ $project: { steps: 0, at: 0, waitMs: 0 } }, { $match: { queue: "help" } })).toEqual([
      { _id: "call_3", queue: "help" },
      { _id: "call_4", queue: "help" },
    ]);
  });

  test("$sort puts null first, as BSON orders it", async () => {
    expect(await result({ $sort: { waitMs: 1 } }, { $project: { _id: 1 } })).toEqual(
      ["call_3", "call_4", "call_1", "call_2"].map((_id) => ({ _id })),
    );
  });

  test("$group with every accumulator", async () => {
    const grouped = await result(
      {
        $group: {
          _id: "$queue",
          calls: { $sum: 1 },
          n: { $count: {} },
          total: { $sum: "$waitMs" },
          mean: { $avg: "$waitMs" },
          least: { $min: "$waitMs" },
          most: { $max: "$waitMs" },
          first: { $first: "$_id" },
          last: { $last: "$_id" },
          waits: { $push: "$waitMs" },
          queues: { $addToSet: "$queue" },
        },
      },
      { $sort: { _id: 1 } },
    );
    expect(grouped).toEqual([
      {
        _id: "help",
        calls: 2,
        n: 2,
        total: 500.5,
        mean: 500.5,
        least: 500.5,
        most: 500.5,
        first: "call_3",
        last: "call_4",
        waits: [null, 500.5],
        queues: ["help"],
      },
      {
        _id: "sales",
        calls: 2,
        n: 2,
        total: 4000,
        mean: 2000,
        least: 1000,
        most: 3000,
        first: "call_1",
        last: "call_2",
        waits: [1000, 3000],
        queues: ["sales"],
      },
    ]);
  });

  test("$group by nothing, by a missing field, and by several values", async () => {
    expect(await result({ $group: { _id: null, n: { $sum: 1 } } })).toEqual([{ _id: null, n: 4 }]);
    expect(await result({ $group: { _id: "$nowhere", n: { $sum: 1 } } })).toEqual([{ _id: null, n: 4 }]);
    expect(await result({ $group: { _id: { q: "$queue", none: "$nowhere" } } })).toEqual([
      { _id: { q: "sales" } },
      { _id: { q: "help" } },
    ]);
    expect(await result({ $match: { _id: "nobody" } }, { $group: { _id: null, n: { $sum: 1 } } })).toEqual([]);
  });

  test("$group by day in a zone: 22:30 UTC is the next day in Paris", async () => {
    const day = { $dateTrunc: { date: "$at", unit: "day", timezone: "Europe/Paris" } };
    expect(await result({ $group: { _id: day, n: { $sum: 1 } } }, { $sort: { _id: 1 } })).toEqual([
      { _id: { $date: "2026-05-13T22:00:00Z" }, n: 2 },
      { _id: { $date: "2026-05-14T22:00:00Z" }, n: 1 },
      { _id: { $date: "2026-05-15T22:00:00Z" }, n: 1 },
    ]);
  });

  test("$unwind gives one document an element, and nothing or one for none", async () => {
    expect(await result({ $unwind: "$steps" }, { $project: { "steps.node": 1 } })).toEqual([
      { _id: "call_1", steps: { node: "a" } },
      { _id: "call_1", steps: { node: "b" } },
      { _id: "call_4", steps: { node: "a" } },
    ]);
    expect(
      await result(
        { $unwind: { path: "$steps", preserveNullAndEmptyArrays: true, includeArrayIndex: "i" } },
        { $project: { i: 1, steps: { $ifNull: ["$steps.node", "none"] } } },
      ),
    ).toEqual([
      { _id: "call_1", i: 0, steps: "a" },
      { _id: "call_1", i: 1, steps: "b" },
      { _id: "call_2", i: null, steps: "none" },
      { _id: "call_3", i: null, steps: "none" },
      { _id: "call_4", i: 0, steps: "a" },
    ]);
  });

  test("$count, also of nothing", async () => {
    expect(await result({ $match: { queue: "help" } }, { $count: "calls" })).toEqual([{ calls: 2 }]);
    expect(await result({ $match: { queue: "nobody" } }, { $count: "calls" })).toEqual([]);
  });

  test("$addFields, $set and $unset", async () => {
    expect(
      await result(
        { $match: { _id: "call_1" } },
        { $addFields: { "steps.seen": true, long: { $gt: ["$waitMs", 500] } } },
        { $unset: ["at", "steps.ms"] },
        { $set: { waitMs: "$$REMOVE" } },
      ),
    ).toEqual([
      {
        _id: "call_1",
        queue: "sales",
        steps: [
          { node: "a", seen: true },
          { node: "b", seen: true },
        ],
        long: true,
      },
    ]);
  });

  test("$facet runs several pipelines over the same documents", async () => {
    expect(
      await result({
        $facet: {
          total: [{ $count: "n" }],
          first: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
          none: [{ $match: { queue: "x" } }],
        },
      }),
    ).toEqual([{ total: [{ n: 4 }], first: [{ _id: "call_4" }], none: [] }]);
  });

  test("$replaceRoot and $replaceWith", async () => {
    expect(await result({ $unwind: "$steps" }, { $replaceRoot: { newRoot: "$steps" } }, { $limit: 1 })).toEqual([
      { node: "a", ms: 5 },
    ]);
    expect(
      await result({ $limit: 1 }, { $replaceWith: { q: "$queue", whole: { $eq: ["$$ROOT._id", "$_id"] } } }),
    ).toEqual([{ q: "sales", whole: true }]);
  });
});

describe("expressions", () => {
  test.each<[Doc, unknown]>([
    [{ $add: [1, 2, "$waitMs"] }, 1003],
    [{ $add: ["$at", 1000] }, { $date: "2026-05-14T08:10:01Z" }],
    [{ $subtract: ["$at", new Date("2026-05-14T08:00:00Z")] }, 600_000],
    [{ $multiply: [2, "$nowhere"] }, null],
    [{ $divide: ["$waitMs", 400] }, 2.5],
    [{ $floor: { $divide: ["$waitMs", 400] } }, 2],
    [{ $ceil: { $divide: ["$waitMs", 400] } }, 3],
    [{ $cond: [{ $gte: ["$waitMs", 1000] }, "long", "short"] }, "long"],
    [
      // biome-ignore lint/suspicious/noThenProperty: MongoDB's own name
      { $cond: { if: { $lt: ["$nowhere", null] }, then: "missing is less than null", else: "" } },
      "missing is less than null",
    ],
    // biome-ignore lint/suspicious/noThenProperty: MongoDB's own name
    [{ $switch: { branches: [{ case: { $eq: ["$queue", "help"] }, then: 1 }], default: 2 } }, 2],
    [{ $ifNull: ["$nowhere", null, "$queue"] }, "sales"],
    [{ $and: [1, { $not: [0] }, { $or: [null, true] }] }, true],
    [{ $size: "$steps" }, 2],
    [{ $in: ["a", "$steps.node"] }, true],
    [{ $arrayElemAt: ["$steps.ms", -1] }, 7],
    [{ $max: "$steps.ms" }, 7],
    [{ $min: [3, "$waitMs", null] }, 3],
    [{ $concat: ["queue ", "$queue"] }, "queue sales"],
    [{ $hour: { date: "$at", timezone: "Europe/Paris" } }, 10],
    [{ $isoDayOfWeek: "$at" }, 4],
    [{ $literal: "$queue" }, "$queue"],
    [{ nodes: "$steps.node" }, { nodes: ["a", "b"] }],
    [{ $ne: ["$waitMs", 1000.0] }, false],
  ])("%o", async (expression, expected) => {
    expect(await result({ $match: { _id: "call_1" } }, { $project: { _id: 0, value: expression } })).toEqual([
      { value: expected },
    ]);
  });

  test("sums of doubles do not drift", async () => {
    await memory.run({ insert: "sums", documents: Array.from({ length: 1000 }, () => ({ n: 0.1 })) });
    const reply = await memory.run({
      aggregate: "sums",
      pipeline: [{ $group: { _id: null, n: { $sum: "$n" } } }],
      cursor: {},
    });
    expect(EJSON.stringify(reply)).toContain('"n":100');
  });
});

describe("what is not carried is refused as MongoDB refuses it", () => {
  test.each<[Doc[], number, string]>([
    [[{ $lookup: { from: "x" } }], 40324, "Unrecognized pipeline stage name: '$lookup'"],
    [[{ $match: { queue: "nobody" } }, { $out: "x" }], 40324, "Unrecognized pipeline stage name: '$out'"],
    [[{ $facet: { a: [{ $merge: "x" }] } }], 40324, "Unrecognized pipeline stage name: '$merge'"],
    [[{ $changeStream: {} }], 40573, "only supported on replica sets"],
    [[{ $match: {}, $sort: { a: 1 } }], 40323, "exactly one field"],
    [[{ $project: { a: { $toUpper: "$queue" } } }], 31325, "Unknown expression $toUpper"],
    [[{ $set: { a: { $toUpper: "$queue" } } }], 168, "Unrecognized expression '$toUpper'"],
    [[{ $group: { _id: "$queue", a: { $stdDevPop: "$waitMs" } } }], 15952, "unknown group operator '$stdDevPop'"],
    [[{ $group: { n: { $sum: 1 } } }], 15955, "must include an _id"],
    [[{ $project: { a: 1, b: 0 } }], 31254, "Cannot do exclusion"],
    [[{ $project: {} }], 51272, "at least one field"],
    [[{ $addFields: { a: "$$user" } }], 17276, "Use of undefined variable: user"],
    [[{ $limit: 0 }], 15958, "the limit must be positive"],
    [[{ $unwind: "steps" }], 28818, "should be prefixed with a '$'"],
    [[{ $unwind: { path: "$steps", foo: 1 } }], 28811, "unrecognized option"],
    [[{ $count: "$n" }], 40157, "count field"],
    [[{ $project: { a: { $divide: ["$waitMs", 0] } } }], 2, "can't $divide by zero"],
    [[{ $project: { a: { $add: ["$queue", 1] } } }], 14, "$add only supports numeric or date types, not string"],
    [
      [{ $group: { _id: { $dateTrunc: { date: "$at", unit: "day", timezone: "Mars" } } } }],
      40485,
      "unrecognized time zone identifier",
    ],
    [
      [{ $project: { a: { $dateTrunc: { date: "$at", unit: "day", foo: 1 } } } }],
      5439008,
      "Unrecognized argument to $dateTrunc: foo",
    ],
    [[{ $replaceWith: "$queue" }], 40228, "must evaluate to an object"],
    [[{ $match: { $expr: true } }], 2, "unknown top level operator: $expr"],
  ])("%o", async (pipeline, code, message) => {
    await expect(result(...pipeline)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
