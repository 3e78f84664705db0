import { type Document, Double, Long, MongoBulkWriteError, ObjectId, type UpdateFilter } from "mongodb";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ALLOWED_COMMANDS } from "../src/index.ts";
import { onRealMongo, type StoreUnderTest, storeUnderTest } from "./support/store-under-test.ts";

interface Call extends Document {
  _id: string;
}

/** A call as the runtime writes it, one write a step. */
interface Stepped {
  _id: string;
  rev: number;
  ownerEpoch: number;
  outbox: { n: number }[];
  snapshot?: object;
}

let store: StoreUnderTest;
beforeAll(async () => {
  store = await storeUnderTest();
});
afterAll(async () => {
  await store.close();
});
afterEach(async () => {
  await store.db.dropCollection("calls");
});
const calls = () => store.db.collection<Call>("calls");

describe("insert and find", () => {
  test("what went in comes out, types and order of fields kept", async () => {
    const call = {
      _id: "call_1",
      at: new Date(5),
      n: 1,
      half: 0.5,
      big: Long.fromString("9007199254740993"),
      none: null,
      deep: { list: [1, { a: true }] },
      bytes: Buffer.from([1, 255]),
    };
    await calls().insertOne(call);
    const found = await calls().findOne({ _id: "call_1" }, { promoteLongs: false, promoteBuffers: true });
    expect(found).toEqual({ ...call, bytes: expect.anything() });
    expect(Object.keys(found ?? {})).toEqual(Object.keys(call));
    expect(found?.big).toEqual(Long.fromString("9007199254740993"));
  });

  test("an ObjectId is given where there is no _id, and serves as one", async () => {
    const { insertedId } = await store.db.collection("calls").insertOne({ a: 1 });
    expect(insertedId).toBeInstanceOf(ObjectId);
    expect(await store.db.collection("calls").findOne({ _id: insertedId })).toEqual({ _id: insertedId, a: 1 });
  });

  test("a taken _id is refused in MongoDB's words", async () => {
    await calls().insertOne({ _id: "call_1" });
    await expect(calls().insertOne({ _id: "call_1" })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: "call_1" },
      message: expect.stringMatching(
        /^E11000 duplicate key error collection: test_\w+\.calls index: _id_ dup key: \{ _id: "call_1" \}/,
      ),
    });
  });

  test("sort, skip, limit and projection", async () => {
    await calls().insertMany([3, 1, 2].map((n) => ({ _id: `call_${n}`, n, deep: { a: n, b: n } })));
    expect(await calls().find().sort({ n: 1 }).skip(1).limit(1).project({ n: 1, _id: 0 }).toArray()).toEqual([
      { n: 2 },
    ]);
    expect(await calls().find({ n: 3 }).project({ "deep.a": 1 }).toArray()).toEqual([
      { _id: "call_3", deep: { a: 3 } },
    ]);
    expect(await calls().find({ n: 3 }).project({ "deep.a": 0, _id: 0 }).toArray()).toEqual([{ n: 3, deep: { b: 3 } }]);
    expect(await calls().find({ n: 3 }).project({ _id: 0 }).toArray()).toEqual([{ n: 3, deep: { a: 3, b: 3 } }]);
  });

  test("types sort in BSON's order, strings by their bytes", async () => {
    const values = [
      new Date(1),
      "b",
      { a: 1 },
      [9],
      null,
      2,
      true,
      new ObjectId("0".repeat(24)),
      "B",
      new Double(1.5),
      "é",
      "\u{1f600}",
      "\uffff",
    ];
    await calls().insertMany(values.map((v, at) => ({ _id: `call_${at}`, v })));
    const found = await calls().find().sort({ v: 1, _id: 1 }).toArray();
    const sorted = found.map(({ _id }) => values[Number(_id.slice(5))]);
    expect(sorted).toEqual(
      [
        null,
        1.5,
        2,
        [9],
        "B",
        "b",
        "é",
        "\uffff",
        "\u{1f600}",
        { a: 1 },
        new ObjectId("0".repeat(24)),
        true,
        new Date(1),
      ].map((v) => (v === 1.5 ? new Double(1.5) : v)),
    );
  });

  test("a cursor goes through all batches, in natural order", async () => {
    await calls().insertMany(Array.from({ length: 1000 }, (_, n) => ({ _id: `call_${n}`, n })));
    const seen: unknown[] = [];
    for await (const { n } of calls().find().batchSize(7)) seen.push(n);
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(store.sent).toContain("getMore");
  });

  test("a cursor that is closed early is forgotten", async () => {
    await calls().insertMany(Array.from({ length: 300 }, (_, n) => ({ _id: `call_${n}` })));
    const cursor = calls().find().batchSize(10);
    await cursor.next();
    await cursor.close();
    expect(store.sent).toContain("killCursors");
    await expect(store.db.command({ getMore: Long.fromNumber(12345), collection: "calls" })).rejects.toMatchObject({
      code: 43,
      codeName: "CursorNotFound",
    });
  });

  test("documents larger than one batch of the wire come through", async () => {
    const text = "x".repeat(5_000_000);
    for (let n = 0; n < 5; n += 1) await calls().insertOne({ _id: `call_${n}`, text });
    const sizes = await calls()
      .find()
      .map((call) => String(call.text).length)
      .toArray();
    expect(sizes).toEqual(Array(5).fill(5_000_000));
  });

  test("distinct, countDocuments and estimatedDocumentCount", async () => {
    await calls().insertMany([{ _id: "a", q: ["x", "y"] }, { _id: "b", q: "y" }, { _id: "c" }]);
    expect(await calls().distinct("q")).toEqual(["x", "y"]);
    expect(await calls().countDocuments({ q: "y" })).toBe(2);
    expect(await calls().countDocuments({}, { skip: 1, limit: 5 })).toBe(2);
    expect(await calls().estimatedDocumentCount()).toBe(3);
  });

  test("a collection that is not there is an empty one", async () => {
    const nowhere = store.db.collection("nowhere");
    expect(await nowhere.find().toArray()).toEqual([]);
    expect(await nowhere.countDocuments()).toBe(0);
    expect(await nowhere.distinct("a")).toEqual([]);
    expect(await nowhere.updateOne({}, { $set: { a: 1 } })).toMatchObject({ matchedCount: 0 });
    expect(await nowhere.deleteMany({})).toMatchObject({ deletedCount: 0 });
  });
});

describe("conditional updates", () => {
  test("upserts of one key that no index can find: a search that paused looks again", async () => {
    await calls().createIndex({ key: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await calls().insertMany(Array.from({ length: 6000 }, (_, n) => ({ _id: `call_${n}` })));
    const upserts = Array.from({ length: 8 }, () =>
      calls().findOneAndUpdate(
        { key: "k" },
        { $inc: { n: 1 }, $setOnInsert: { _id: "k", live: true } },
        { upsert: true },
      ),
    );
    await Promise.all(upserts);
    expect(await calls().find({ key: "k" }).toArray()).toEqual([{ _id: "k", key: "k", live: true, n: 8 }]);
  });

  test("one write a step: it holds for the revision it was made for, and for no other", async () => {
    const stepped = store.db.collection<Stepped>("calls");
    await stepped.insertOne({ _id: "call_1", rev: 1, ownerEpoch: 3, outbox: [] });
    const step: UpdateFilter<Stepped> = {
      $set: { snapshot: { value: "asking" } },
      $inc: { rev: 1 },
      $push: { outbox: { $each: [{ n: 1 }], $slice: -10 } },
    };
    expect(await stepped.updateOne({ _id: "call_1", rev: 1, ownerEpoch: 3 }, step)).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await stepped.updateOne({ _id: "call_1", rev: 1, ownerEpoch: 3 }, step)).toMatchObject({
      matchedCount: 0,
      modifiedCount: 0,
    });
    expect(await stepped.findOne({ _id: "call_1" })).toEqual({
      _id: "call_1",
      rev: 2,
      ownerEpoch: 3,
      outbox: [{ n: 1 }],
      snapshot: { value: "asking" },
    });
  });

  test("an update that changes nothing says so", async () => {
    await calls().insertOne({ _id: "call_1", n: 1 });
    expect(await calls().updateOne({ _id: "call_1" }, { $set: { n: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
  });

  test("updateMany, also where the update moves documents in the index it scans", async () => {
    await calls().createIndex({ n: 1 });
    await calls().insertMany(Array.from({ length: 400 }, (_, n) => ({ _id: `call_${n}`, n })));
    expect(await calls().updateMany({ n: { $gte: 0 } }, { $inc: { n: 1000 } })).toMatchObject({
      matchedCount: 400,
      modifiedCount: 400,
    });
    expect(await calls().countDocuments({ n: { $gte: 1000, $lt: 1400 } })).toBe(400);
  });

  test("replaceOne, and upserts by update and by replacement", async () => {
    expect(
      await calls().updateOne(
        { _id: "call_1", rev: 5 },
        { $set: { a: 1 }, $setOnInsert: { made: true } },
        { upsert: true },
      ),
    ).toMatchObject({ upsertedId: "call_1", matchedCount: 0 });
    expect(await calls().findOne({ _id: "call_1" })).toEqual({ _id: "call_1", rev: 5, a: 1, made: true });
    expect(await calls().replaceOne({ _id: "call_1" }, { b: 2 })).toMatchObject({ modifiedCount: 1 });
    expect(await calls().findOne({ _id: "call_1" })).toEqual({ _id: "call_1", b: 2 });
    expect(await calls().replaceOne({ _id: "call_2" }, { b: 3 }, { upsert: true })).toMatchObject({
      upsertedId: "call_2",
    });
    const made = await store.db.collection("calls").updateOne({ b: 9 }, { $set: { c: 1 } }, { upsert: true });
    expect(made.upsertedId).toBeInstanceOf(ObjectId);
  });

  test("thirty-two writers on one document lose no update", async () => {
    await calls().insertOne({ _id: "call_1", rev: 0 });
    const climb = async () => {
      for (let done = false; !done; ) {
        const rev = (await calls().findOne({ _id: "call_1" }))?.rev;
        done = (await calls().updateOne({ _id: "call_1", rev }, { $inc: { rev: 1 } })).modifiedCount === 1;
      }
    };
    await Promise.all(Array.from({ length: 32 }, climb));
    expect((await calls().findOne({ _id: "call_1" }))?.rev).toBe(32);
  });

  test("thirty-two that claim one offer: one gets it", async () => {
    await calls().insertOne({ _id: "op_1", current: null });
    const claims = Array.from({ length: 32 }, (_, n) =>
      calls().findOneAndUpdate(
        { _id: "op_1", current: null },
        { $set: { current: `offer_${n}` } },
        { returnDocument: "after" },
      ),
    );
    expect((await Promise.all(claims)).filter((claimed) => claimed !== null)).toHaveLength(1);
  });

  test("thirty-two upserts of one key: one document", async () => {
    await calls().createIndex({ key: 1 }, { unique: true });
    const upserts = Array.from({ length: 32 }, () =>
      store.db.collection("calls").updateOne({ key: "k" }, { $inc: { n: 1 } }, { upsert: true }),
    );
    await Promise.all(upserts);
    expect(
      await calls()
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([{ key: "k", n: 32 }]);
  });
});

describe("findAndModify", () => {
  test("takes the first in order, gives it before or after", async () => {
    await calls().insertMany([2, 1, 3].map((n) => ({ _id: `call_${n}`, n, state: "waiting" })));
    const claim = { $set: { state: "offered" } };
    expect(await calls().findOneAndUpdate({ state: "waiting" }, claim, { sort: { n: 1 } })).toEqual({
      _id: "call_1",
      n: 1,
      state: "waiting",
    });
    expect(
      await calls().findOneAndUpdate({ state: "waiting" }, claim, {
        sort: { n: 1 },
        returnDocument: "after",
        projection: { state: 1 },
      }),
    ).toEqual({ _id: "call_2", state: "offered" });
    expect(await calls().findOneAndDelete({ state: "waiting" })).toEqual({ _id: "call_3", n: 3, state: "waiting" });
    expect(await calls().findOneAndDelete({ state: "waiting" })).toBeNull();
    expect(await calls().findOneAndReplace({ _id: "call_1" }, { n: 9 }, { returnDocument: "after" })).toEqual({
      _id: "call_1",
      n: 9,
    });
  });

  test("upserts: a sequence number that starts by itself", async () => {
    const next = async () =>
      (
        await calls().findOneAndUpdate(
          { _id: "place" },
          { $inc: { value: 1 } },
          { upsert: true, returnDocument: "after" },
        )
      )?.value;
    expect([await next(), await next(), await next()]).toEqual([1, 2, 3]);
    expect(await calls().findOneAndUpdate({ _id: "other" }, { $set: { a: 1 } }, { upsert: true })).toBeNull();
    expect(
      await calls().findOneAndUpdate(
        { _id: "third" },
        { $set: { a: 1 } },
        { upsert: true, returnDocument: "after", includeResultMetadata: true },
      ),
    ).toMatchObject({
      lastErrorObject: { n: 1, updatedExisting: false, upserted: "third" },
      value: { _id: "third", a: 1 },
    });
  });

  test("a taken unique key is refused with its pattern and value", async () => {
    await calls().createIndex(
      { telephone: 1 },
      { unique: true, partialFilterExpression: { telephone: { $type: "string" } } },
    );
    await calls().insertMany([{ _id: "op_1", telephone: "sip:a" }, { _id: "op_2" }]);
    await expect(calls().findOneAndUpdate({ _id: "op_2" }, { $set: { telephone: "sip:a" } })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { telephone: 1 },
      keyValue: { telephone: "sip:a" },
    });
    expect(await calls().findOne({ _id: "op_2" })).toEqual({ _id: "op_2" });
  });
});

describe("bulk writes", () => {
  const operations = [
    { insertOne: { document: { _id: "call_1", n: 1 } } },
    { insertOne: { document: { _id: "call_1", n: 2 } } },
    { updateOne: { filter: { _id: "call_1" }, update: { $inc: { n: 10 } } } },
    { replaceOne: { filter: { _id: "call_9" }, replacement: { n: 9 }, upsert: true } },
    { deleteMany: { filter: { n: 9 } } },
  ];

  test("ordered: they end at the first error", async () => {
    const failed = await calls()
      .bulkWrite(operations, { ordered: true })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(MongoBulkWriteError);
    expect(failed).toMatchObject({
      code: 11000,
      result: { insertedCount: 1, matchedCount: 0 },
      writeErrors: [{ index: 1, code: 11000 }],
    });
    expect(await calls().find().toArray()).toEqual([{ _id: "call_1", n: 1 }]);
  });

  test("unordered: the others are done", async () => {
    const failed = await calls()
      .bulkWrite(operations, { ordered: false })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 11000,
      result: { insertedCount: 1, matchedCount: 1, upsertedCount: 1, deletedCount: 1 },
      writeErrors: [{ index: 1 }],
    });
    expect(await calls().find().toArray()).toEqual([{ _id: "call_1", n: 11 }]);
  });

  test("insertMany unordered keeps what is good", async () => {
    const failed = await calls()
      .insertMany([{ _id: "a" }, { _id: "a" }, { _id: "b" }], { ordered: false })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ insertedCount: 2, writeErrors: [{ index: 1, code: 11000 }] });
  });

  test("a bad update among good ones is named by its place", async () => {
    await calls().insertOne({ _id: "call_1", n: "text" });
    const failed = await calls()
      .bulkWrite(
        [
          { updateOne: { filter: { _id: "call_1" }, update: { $inc: { n: 1 } } } },
          { updateOne: { filter: { _id: "call_1" }, update: { $set: { ok: true } } } },
        ],
        { ordered: false },
      )
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ writeErrors: [{ index: 0, code: 14 }], result: { matchedCount: 1 } });
  });

  test("thousands at once", async () => {
    const { insertedCount } = await calls().insertMany(
      Array.from({ length: 3000 }, (_, n) => ({ _id: `call_${n}`, rev: 0 })),
    );
    expect(insertedCount).toBe(3000);
    const updates = Array.from({ length: 3000 }, (_, n) => ({
      updateOne: { filter: { _id: `call_${n}`, rev: 0 }, update: { $inc: { rev: 1 } } },
    }));
    expect(await calls().bulkWrite(updates, { ordered: false })).toMatchObject({
      matchedCount: 3000,
      modifiedCount: 3000,
    });
  });

  test("without acknowledgement, what was sent is done before what is sent next on the same connection", async () => {
    await calls().insertOne({ _id: "call_1", n: 0 });
    await calls().updateOne({ _id: "call_1" }, { $inc: { n: 1 } }, { writeConcern: { w: 0 } });
    await expect.poll(async () => (await calls().findOne({ _id: "call_1" }))?.n).toBe(1);
  });
});

test.skipIf(onRealMongo)("the driver sent no command that is not on the list", () => {
  expect([...store.sent].filter((command) => !ALLOWED_COMMANDS.includes(command))).toEqual([]);
  expect(store.sent.size).toBeGreaterThan(8);
});
