import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MemoryStore, memoryStore } from "../test/support/memory-store.ts";

let memory: MemoryStore;
beforeEach(() => {
  memory = memoryStore();
});
afterEach(() => memory.close());

const stored = async () => (await memory.run({ count: "calls" })).n;
const documents = [{ _id: "a" }, { _id: "a" }, { _id: "b" }];

describe("the statements of one command", () => {
  test("ordered: nothing is done behind the first error", async () => {
    const reply = await memory.run({ insert: "calls", documents });
    expect(reply).toMatchObject({ n: { value: 1 }, writeErrors: [{ index: { value: 1 }, code: { value: 11000 } }] });
    expect(await stored()).toMatchObject({ value: 1 });
  });

  test("unordered: all others are done, each error is named by its place", async () => {
    const reply = await memory.run({ insert: "calls", documents: [...documents, { _id: "b" }], ordered: false });
    expect(reply).toMatchObject({ n: { value: 2 }, writeErrors: [{ index: { value: 1 } }, { index: { value: 3 } }] });
    expect(await stored()).toMatchObject({ value: 2 });
  });

  test("updates and deletes alike", async () => {
    await memory.run({
      insert: "calls",
      documents: [
        { _id: "a", n: "text" },
        { _id: "b", n: 1 },
      ],
    });
    const updates = ["a", "b"].map((_id) => ({ q: { _id }, u: { $inc: { n: 1 } } }));
    expect(await memory.run({ update: "calls", updates })).toMatchObject({
      n: { value: 0 },
      writeErrors: [{ code: { value: 14 } }],
    });
    expect(await memory.run({ update: "calls", updates, ordered: false })).toMatchObject({
      n: { value: 1 },
      nModified: { value: 1 },
    });
    const deletes = [
      { q: { $foo: 1 }, limit: 1 },
      { q: { _id: "b" }, limit: 1 },
    ];
    expect(await memory.run({ delete: "calls", deletes })).toMatchObject({
      n: { value: 0 },
      writeErrors: [{ code: { value: 2 } }],
    });
    expect(await memory.run({ delete: "calls", deletes, ordered: false })).toMatchObject({ n: { value: 1 } });
  });

  test("an empty batch, a missing one and an unknown field of a statement are refused", async () => {
    await expect(memory.run({ insert: "calls", documents: [] })).rejects.toMatchObject({ code: 2 });
    await expect(memory.run({ insert: "calls" })).rejects.toMatchObject({ code: 40414 });
    await expect(memory.run({ update: "calls", updates: [{ q: {}, u: {}, sort: {} }] })).rejects.toMatchObject({
      code: 40415,
    });
  });
});
