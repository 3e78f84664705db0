import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { onRealMongo, type StoreUnderTest, storeUnderTest } from "./support/store-under-test.ts";

let store: StoreUnderTest;
beforeAll(async () => {
  store = await storeUnderTest();
  await store.db.collection("calls").insertOne({ a: 1, list: [1] });
});
afterAll(async () => {
  await store.close();
});

describe("wrong everywhere: refused with MongoDB's own codes", () => {
  test.each<[object, number]>([
    [{ find: "calls", filter: { a: { $foo: 1 } } }, 2],
    [{ find: "calls", filter: { $foo: 1 } }, 2],
    [{ find: "calls", filter: { $or: [] } }, 2],
    [{ find: "calls", foo: 1 }, 40415],
    [{ find: "calls", limit: "x" }, 14],
    [{ find: "calls", skip: -1 }, 51024],
    [{ find: "" }, 73],
    [{ noSuchCommand: 1 }, 59],
    [{ aggregate: "calls", pipeline: [{ $foo: 1 }], cursor: {} }, 40324],
    [{ aggregate: "calls", pipeline: [{ $project: { b: { $foo: 1 } } }], cursor: {} }, 31325],
    [{ aggregate: "calls", pipeline: [{ $group: { _id: 1, b: { $foo: 1 } } }], cursor: {} }, 15952],
    [{ aggregate: "calls", pipeline: [] }, 9],
    [{ findAndModify: "calls", update: { $foo: { a: 1 } } }, 9],
    [{ findAndModify: "calls", update: { $set: { a: 1 } }, remove: true }, 9],
    [{ listIndexes: "nowhere" }, 26],
    [{ createIndexes: "calls", indexes: [{ key: { a: 1 }, name: "a", foo: 1 }] }, 197],
    [{ createIndexes: "calls", indexes: [{ key: { a: "foo" }, name: "a" }] }, 67],
    [{ createIndexes: "calls", indexes: [{ key: { a: 1, b: 1 }, name: "ab", expireAfterSeconds: 5 }] }, 67],
    [{ insert: "a$b", documents: [{ a: 1 }] }, 73],
  ])("%o: %i", async (command, code) => {
    await expect(store.db.command(command)).rejects.toMatchObject({ code });
  });

  test.each<[object, number]>([
    [{ update: "calls", updates: [{ q: {}, u: { $foo: { a: 1 } } }] }, 9],
    [{ update: "calls", updates: [{ q: {}, u: { $set: { a: 1, "a.b": 1 } } }] }, 40],
    [{ update: "calls", updates: [{ q: {}, u: { $push: { a: 1 } } }] }, 2],
    [{ update: "calls", updates: [{ q: {}, u: { $set: { _id: 5 } } }] }, 66],
    [{ delete: "calls", deletes: [{ q: { a: { $foo: 1 } }, limit: 0 }] }, 2],
  ])("%o: %i for its statement", async (command, code) => {
    expect(await store.db.command(command)).toMatchObject({ writeErrors: [{ index: 0, code }] });
    expect(await store.db.collection("calls").findOne({}, { projection: { _id: 0 } })).toEqual({ a: 1, list: [1] });
  });
});

describe.skipIf(onRealMongo)("what only a real MongoDB carries is refused, never ignored", () => {
  test.each<[object, number]>([
    [{ find: "calls", filter: { $expr: { $gt: ["$a", 0] } } }, 2],
    [{ find: "calls", filter: { $where: "true" } }, 2],
    [{ find: "calls", collation: { locale: "fr" } }, 40415],
    [{ find: "calls", hint: { a: 1 } }, 40415],
    [{ find: "calls", let: { a: 1 } }, 40415],
    [{ find: "calls", tailable: true }, 40415],
    [{ find: "calls", projection: { list: { $slice: 1 } } }, 31325],
    [{ find: "calls", sort: { $natural: 1 } }, 2],
    [
      {
        aggregate: "calls",
        pipeline: [{ $lookup: { from: "b", localField: "a", foreignField: "a", as: "x" } }],
        cursor: {},
      },
      40324,
    ],
    [{ aggregate: "calls", pipeline: [{ $out: "x" }], cursor: {} }, 40324],
    [{ findAndModify: "calls", update: [{ $set: { a: 1 } }] }, 9],
    [{ findAndModify: "calls", update: { $set: { "list.$[x]": 1 } }, arrayFilters: [{ x: 1 }] }, 40415],
    [{ createIndexes: "calls", indexes: [{ key: { a: "text" }, name: "a" }] }, 67],
    [{ createIndexes: "calls", indexes: [{ key: { a: 1 }, name: "a", collation: { locale: "fr" } }] }, 197],
    [{ create: "x", capped: true, size: 100 }, 40415],
    [{ renameCollection: "a.b", to: "a.c" }, 59],
    [{ mapReduce: "calls" }, 59],
    [{ bulkWrite: 1 }, 59],
    [{ explain: { find: "calls" } }, 59],
  ])("%o: %i", async (command, code) => {
    await expect(store.db.command(command)).rejects.toMatchObject({ code });
  });

  test("options of single updates", async () => {
    const calls = store.db.collection("calls");
    await expect(calls.updateOne({}, { $set: { "list.$[x]": 1 } }, { arrayFilters: [{ x: 1 }] })).rejects.toMatchObject(
      { code: 40415 },
    );
    await expect(calls.updateOne({}, { $set: { a: 1 } }, { collation: { locale: "fr" } })).rejects.toMatchObject({
      code: 40415,
    });
    await expect(calls.updateOne({}, [{ $set: { a: 2 } }])).rejects.toMatchObject({ code: 9 });
    await expect(calls.deleteOne({}, { hint: { a: 1 } })).rejects.toMatchObject({ code: 40415 });
    expect(await calls.findOne({}, { projection: { _id: 0 } })).toEqual({ a: 1, list: [1] });
  });

  test("transactions", async () => {
    const client = new MongoClient(store.uri);
    const session = client.startSession();
    session.startTransaction();
    await expect(client.db("x").collection("y").insertOne({ a: 1 }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction().catch(() => {});
    await session.endSession();
    await client.close();
    expect(await store.client.db("x").collection("y").countDocuments()).toBe(0);
  });

  test("change streams", async () => {
    const stream = store.db.collection("calls").watch();
    await expect(stream.next()).rejects.toMatchObject({ code: 40573 });
    await stream.close();
  });

  test("a snapshot read", async () => {
    await expect(store.db.command({ find: "calls", readConcern: { level: "snapshot" } })).rejects.toMatchObject({
      code: 72,
    });
  });
});
