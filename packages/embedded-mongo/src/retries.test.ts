import { Binary, Long } from "bson";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MemoryStore, memoryStore } from "../test/support/memory-store.ts";
import type { Doc } from "./bson-values.ts";
import { sweepExpired } from "./ttl.ts";

let memory: MemoryStore;
beforeEach(() => {
  memory = memoryStore();
});
afterEach(() => memory.close());

const lsid = (n: number) => ({ id: new Binary(Buffer.alloc(16, n), 4) });
const numbered = (txn: number, session = 1) => ({ lsid: lsid(session), txnNumber: Long.fromNumber(txn) });
const increment = { update: "calls", updates: [{ q: { _id: "a" }, u: { $inc: { n: 1 } }, upsert: true }] };
const stored = async (): Promise<Doc> => {
  const { cursor } = await memory.run({ find: "calls" });
  return JSON.parse(JSON.stringify(cursor)).firstBatch;
};

describe("a write that is sent again", () => {
  test("is done once and answered alike", async () => {
    const first = await memory.run({ ...increment, ...numbered(1) });
    expect(await memory.run({ ...increment, ...numbered(1) })).toEqual(first);
    expect(await stored()).toMatchObject([{ n: 1 }]);
    await memory.run({ ...increment, ...numbered(2) });
    await memory.run({ ...increment, ...numbered(1, 2) });
    expect(await stored()).toMatchObject([{ n: 3 }]);
  });

  test("is done once when the second try comes before the first is answered", async () => {
    const both = [memory.run({ ...increment, ...numbered(1) }), memory.run({ ...increment, ...numbered(1) })];
    const [first, second] = await Promise.all(both);
    expect(second).toEqual(first);
    expect(await stored()).toMatchObject([{ n: 1 }]);
  });

  test("keeps its errors, its upserts and the document it gave", async () => {
    const inserts = {
      insert: "calls",
      documents: [{ _id: "a" }, { _id: "a" }, { _id: "b" }],
      ordered: false,
      ...numbered(1),
    };
    expect(await memory.run(inserts)).toEqual(await memory.run(inserts));
    const take = { findAndModify: "calls", query: { _id: "b" }, update: { $inc: { n: 5 } }, new: true, ...numbered(2) };
    const first = await memory.run(take);
    expect(first).toMatchObject({ value: { _id: "b" } });
    expect(await memory.run(take)).toEqual(first);
    const upsert = {
      update: "calls",
      updates: [{ q: { _id: "z" }, u: { $set: { a: 1 } }, upsert: true }],
      ...numbered(3),
    };
    expect(await memory.run(upsert)).toEqual(await memory.run(upsert));
  });

  test("goes on where it was cut, when the process ended in the middle of a batch", async () => {
    const documents = Array.from({ length: 600 }, (_, n) => ({ _id: n }));
    const command = { insert: "calls", documents, ...numbered(1) };
    await memory.run(command);
    // As the first commit of the batch left it: 256 statements done, and no more stored.
    memory.store.retries.save(
      { session: Buffer.alloc(16, 1), txn: 1 },
      { next: 256, n: 256, nModified: 0, upserted: [], writeErrors: [] },
    );
    await memory.run({ delete: "calls", deletes: [{ q: { _id: { $gte: 256 } }, limit: 0 }] });
    expect(await memory.run(command)).toMatchObject({ n: expect.objectContaining({ value: 600 }) });
    expect(await memory.run({ count: "calls" })).toMatchObject({ n: expect.objectContaining({ value: 600 }) });
  });

  test("is refused when a later write of its session has overtaken it", async () => {
    await memory.run({ ...increment, ...numbered(5) });
    await expect(memory.run({ ...increment, ...numbered(4) })).rejects.toMatchObject({ code: 225 });
  });

  test("is forgotten after the session's half hour", async () => {
    await memory.run({ ...increment, ...numbered(1) });
    memory.clock.pass(31 * 60_000);
    await sweepExpired(memory.store);
    await memory.run({ ...increment, ...numbered(1) });
    expect(await stored()).toMatchObject([{ n: 2 }]);
  });
});
