import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Doc } from "../src/bson-values.ts";
import { type MemoryStore, memoryStore } from "./support/memory-store.ts";

let memory: MemoryStore;
beforeAll(async () => {
  memory = memoryStore();
  const documents = Array.from({ length: 20_000 }, (_, n) => ({ _id: n, n, text: "x".repeat(100) }));
  await memory.run({ insert: "calls", documents });
});
afterAll(() => memory.close());

describe("a long piece of work lets others pass", () => {
  test.each<[string, Doc]>([
    ["a count without an index", { count: "calls", query: { n: -1 } }],
    ["a sort in memory", { find: "calls", sort: { text: 1, n: -1 }, limit: 3 }],
    ["a search that finds nothing", { find: "calls", filter: { n: -1 } }],
    ["distinct values", { distinct: "calls", key: "text" }],
    ["an aggregation", { aggregate: "calls", pipeline: [{ $group: { _id: "$text", n: { $sum: "$n" } } }], cursor: {} }],
    ["a search for one document to update", { update: "calls", updates: [{ q: { n: -1 }, u: { $set: { m: 1 } } }] }],
    [
      "a search for one document to take",
      { findAndModify: "calls", query: { n: -1 }, sort: { text: 1 }, update: { $set: { m: 1 } } },
    ],
    [
      "an update of thousands",
      { update: "calls", updates: [{ q: { n: { $gte: 0 } }, u: { $set: { m: 1 } }, multi: true }] },
    ],
    ["an insertion of thousands", { insert: "others", documents: Array.from({ length: 5000 }, (_, n) => ({ n })) }],
    ["the building of an index", { createIndexes: "calls", indexes: [{ key: { m: 1, n: 1 }, name: "mn" }] }],
    ["the removal of thousands", { delete: "calls", deletes: [{ q: { n: { $gte: 10_000 } }, limit: 0 }] }],
  ])("%s", async (_name, command) => {
    const order: string[] = [];
    const working = memory.run(command).then(() => order.push("long"));
    for (let n = 0; n < 5; n += 1) {
      await memory.run({ update: "short", updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }] });
      await memory.run({ find: "short", filter: { _id: 1 } });
      order.push("short");
    }
    await working;
    expect(order).toEqual(["short", "short", "short", "short", "short", "long"]);
  });
});
