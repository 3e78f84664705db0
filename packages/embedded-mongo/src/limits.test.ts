import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MemoryStore, memoryStore } from "../test/support/memory-store.ts";
import { type Doc, isDoc } from "./bson-values.ts";
import { sweepExpired } from "./ttl.ts";

let memory: MemoryStore;
beforeEach(async () => {
  memory = memoryStore();
  await memory.run({ insert: "calls", documents: Array.from({ length: 5000 }, (_, n) => ({ _id: n, n })) });
});
afterEach(() => memory.close());

describe("a command that takes longer than it may", () => {
  test.each<[Doc]>([
    [{ find: "calls", filter: { n: -1 } }],
    [{ count: "calls", query: { n: -1 } }],
    [{ distinct: "calls", key: "n" }],
    [{ aggregate: "calls", pipeline: [{ $group: { _id: "$n" } }], cursor: {} }],
    [{ update: "calls", updates: [{ q: { n: { $gte: 0 } }, u: { $inc: { m: 1 } }, multi: true }] }],
    [{ findAndModify: "calls", query: { n: -1 }, remove: true }],
    [{ createIndexes: "calls", indexes: [{ key: { n: 1 }, name: "n" }] }],
  ])("%o ends with 50", async (command) => {
    const answer = memory.run({ ...command, maxTimeMS: 100 });
    setImmediate(() => {
      memory.clock.ms += 101;
    });
    await expect(answer).rejects.toMatchObject({ code: 50 });
    const { cursor } = await memory.run({ listIndexes: "calls" });
    expect(cursor).toMatchObject({ firstBatch: [{ name: "_id_" }] });
    await memory.run({ createIndexes: "calls", indexes: [{ key: { n: 1 }, name: "n" }] });
  });

  test("what is quick enough is not touched", async () => {
    expect(await memory.run({ count: "calls", query: { n: 5 }, maxTimeMS: 100 })).toMatchObject({ n: { value: 1 } });
  });
});

describe("sizes", () => {
  test("a document of more than 16 MB is refused, inserted or grown", async () => {
    const text = "x".repeat(16.5 * 1024 * 1024);
    expect(await memory.run({ insert: "big", documents: [{ _id: 1, text }] })).toMatchObject({
      writeErrors: [{ code: { value: 10334 } }],
    });
    expect(await memory.run({ update: "calls", updates: [{ q: { _id: 1 }, u: { $set: { text } } }] })).toMatchObject({
      writeErrors: [{ code: { value: 10334 } }],
    });
    expect(await memory.run({ count: "big" })).toMatchObject({ n: { value: 0 } });
  });

  test("a document that grows beyond all measure is refused as well", async () => {
    const text = "x".repeat(9 * 1024 * 1024);
    const grow = { update: "calls", updates: [{ q: { _id: 1 }, u: { $push: { texts: text } } }] };
    expect(await memory.run(grow)).toMatchObject({ nModified: { value: 1 } });
    expect(await memory.run(grow)).toMatchObject({ writeErrors: [{ code: { value: 10334 } }] });
    expect(await memory.run({ count: "calls", query: { texts: { $size: 1 } } })).toMatchObject({ n: { value: 1 } });
  });

  test("a sort in memory ends at 100 MB, with a limit it does not come so far", async () => {
    const text = "x".repeat(1_000_000);
    for (let n = 0; n < 110; n += 1) await memory.run({ insert: "wide", documents: [{ _id: n, text }] });
    await expect(memory.run({ find: "wide", sort: { text: 1 } })).rejects.toMatchObject({ code: 292 });
    const { cursor } = await memory.run({
      find: "wide",
      sort: { text: 1, _id: -1 },
      limit: 2,
      projection: { text: 0 },
    });
    expect(cursor).toMatchObject({ firstBatch: [{ _id: { value: 109 } }, { _id: { value: 108 } }] });
  });
});

const idOf = (cursor: unknown) => (isDoc(cursor) ? cursor.id : undefined);

describe("a cursor", () => {
  test("that nobody asks for ten minutes is closed", async () => {
    const { cursor } = await memory.run({ find: "calls", batchSize: 2 });
    const more = { getMore: idOf(cursor), collection: "calls", batchSize: 2 };
    expect(await memory.run(more)).toMatchObject({
      cursor: { nextBatch: [{ _id: { value: 2 } }, { _id: { value: 3 } }] },
    });
    memory.clock.ms += 11 * 60_000;
    await sweepExpired(memory.store);
    await expect(memory.run(more)).rejects.toMatchObject({ code: 43 });
  });

  test("goes on after documents before and behind it were removed, and ends with an error when its collection goes", async () => {
    const { cursor } = await memory.run({ find: "calls", batchSize: 2 });
    const more = { getMore: idOf(cursor), collection: "calls", batchSize: 200 };
    await memory.run({ delete: "calls", deletes: [{ q: { _id: { $in: [1, 300] } }, limit: 0 }] });
    const { cursor: next } = await memory.run(more);
    expect(isDoc(next) && next.nextBatch).toHaveLength(200);
    await memory.run({ drop: "calls" });
    await expect(memory.run({ ...more, batchSize: 2000 })).rejects.toMatchObject({ code: 175 });
  });
});

describe("when a commit fails", () => {
  test("collections and indexes that it would have made are not there", async () => {
    const { sql, catalog } = memory.store;
    const run = sql.run.bind(sql);
    sql.run = (statement, parameters) => {
      if (statement !== "COMMIT") return run(statement, parameters);
      sql.run = run;
      throw new Error("database or disk is full");
    };
    await expect(memory.run({ createIndexes: "fresh", indexes: [{ key: { a: 1 }, name: "a" }] })).rejects.toThrow(
      "disk is full",
    );
    expect(catalog.get("test", "fresh")).toBeUndefined();
    await memory.run({ insert: "fresh", documents: [{ _id: 1 }] });
    expect(catalog.get("test", "fresh")?.indexes).toEqual([]);
  });
});
