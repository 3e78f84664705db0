import type { Document } from "mongodb";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { onRealMongo, type StoreUnderTest, storeUnderTest } from "./support/store-under-test.ts";

let store: StoreUnderTest;
beforeAll(async () => {
  store = await storeUnderTest();
});
afterAll(async () => {
  await store.close();
});
afterEach(async () => {
  await store.db.dropCollection("things");
});
const things = () => store.db.collection<Document & { _id: string | number }>("things");

describe("unique indexes", () => {
  test("compound: the pair is unique, not its parts", async () => {
    await things().createIndex({ companyId: 1, login: 1 }, { unique: true, name: "login" });
    await things().insertMany([
      { _id: 1, companyId: "a", login: "ines" },
      { _id: 2, companyId: "b", login: "ines" },
    ]);
    await expect(things().insertOne({ _id: 3, companyId: "a", login: "ines" })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { companyId: 1, login: 1 },
      keyValue: { companyId: "a", login: "ines" },
      message: expect.stringContaining('index: login dup key: { companyId: "a", login: "ines" }'),
    });
    await things().updateOne({ _id: 2 }, { $set: { login: "jo" } });
    await things().insertOne({ _id: 4, companyId: "b", login: "ines" });
  });

  test("a missing field counts as null: only one may lack it", async () => {
    await things().createIndex({ code: 1 }, { unique: true });
    await things().insertOne({ _id: 1 });
    await expect(things().insertOne({ _id: 2 })).rejects.toMatchObject({ code: 11000, keyValue: { code: null } });
  });

  test("sparse: any number may lack it", async () => {
    await things().createIndex({ code: 1 }, { unique: true, sparse: true });
    await things().insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3, code: "x" }]);
    await expect(things().insertOne({ _id: 4, code: "x" })).rejects.toMatchObject({ code: 11000 });
    expect(await things().countDocuments({ code: null })).toBe(2);
    expect(await things().find().sort({ code: 1 }).toArray()).toHaveLength(3);
  });

  test("partial: unique among those that meet the condition", async () => {
    await things().createIndex({ telephone: 1 }, { unique: true, partialFilterExpression: { onShift: true } });
    await things().insertMany([
      { _id: 1, telephone: "t", onShift: true },
      { _id: 2, telephone: "t", onShift: false },
    ]);
    await expect(things().updateOne({ _id: 2 }, { $set: { onShift: true } })).rejects.toMatchObject({ code: 11000 });
    await things().updateOne({ _id: 1 }, { $set: { onShift: false } });
    await things().updateOne({ _id: 2 }, { $set: { onShift: true } });
    expect(await things().find({ telephone: "t" }).toArray()).toHaveLength(2);
  });

  test("elements of arrays are unique across documents, not within one", async () => {
    await things().createIndex({ numbers: 1 }, { unique: true });
    await things().insertOne({ _id: 1, numbers: ["+331", "+331", "+332"] });
    await expect(things().insertOne({ _id: 2, numbers: ["+332"] })).rejects.toMatchObject({
      code: 11000,
      keyValue: { numbers: "+332" },
    });
  });

  test("1 and 1.0 are one key, 1 and '1' are two", async () => {
    await things().createIndex({ v: 1 }, { unique: true });
    await things().insertMany([
      { _id: 1, v: 1 },
      { _id: 2, v: "1" },
    ]);
    await expect(store.db.command({ insert: "things", documents: [{ _id: 3, v: 1.0 }] })).resolves.toMatchObject({
      writeErrors: [{ code: 11000 }],
    });
  });

  test("cannot be made over what is not unique; nothing of it stays", async () => {
    await things().insertMany([
      { _id: 1, v: 1 },
      { _id: 2, v: 1 },
    ]);
    await expect(things().createIndex({ v: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await things().indexes()).toHaveLength(1);
    await things().insertOne({ _id: 3, v: 1 });
  });
});

describe("making and dropping", () => {
  test("an index over what is there answers as a scan would", async () => {
    await things().insertMany(Array.from({ length: 1500 }, (_, n) => ({ _id: n, group: n % 7, n })));
    const before = await things()
      .find({ group: 3, n: { $gt: 700 } })
      .sort({ n: -1 })
      .toArray();
    await things().createIndex({ group: 1, n: -1 });
    expect(
      await things()
        .find({ group: 3, n: { $gt: 700 } })
        .sort({ n: -1 })
        .toArray(),
    ).toEqual(before);
    expect(before.length).toBeGreaterThan(100);
  });

  test("writes go on while an index is built, and are in it", async () => {
    await things().insertMany(Array.from({ length: 3000 }, (_, n) => ({ _id: n, n: n % 10 })));
    const building = things().createIndex({ n: 1 });
    const writes = Array.from({ length: 50 }, (_, n) => [
      things().insertOne({ _id: 10_000 + n, n: 5 }),
      things().updateOne({ _id: n }, { $set: { n: 5 } }),
      things().deleteOne({ _id: 2000 + n }),
    ]).flat();
    await Promise.all([building, ...writes]);
    const byScan = (await things().find().toArray()).filter(({ n }) => n === 5).length;
    expect(await things().countDocuments({ n: 5 })).toBe(byScan);
  });

  test("the same index again is no error; another one of its name or key is", async () => {
    await things().createIndex({ a: 1 }, { name: "one" });
    await things().createIndex({ a: 1 }, { name: "one" });
    await expect(things().createIndex({ b: 1 }, { name: "one" })).rejects.toMatchObject({ code: 86 });
    await expect(things().createIndex({ a: 1 }, { name: "two" })).rejects.toMatchObject({ code: 85 });
    await expect(things().createIndex({ a: 1 }, { name: "one", unique: true })).rejects.toMatchObject({ code: 86 });
  });

  test("are listed with their options and dropped by name", async () => {
    await things().createIndexes([
      { key: { a: 1, b: -1 }, name: "ab" },
      { key: { at: 1 }, name: "ttl", expireAfterSeconds: 60 },
      { key: { c: 1 }, name: "c", partialFilterExpression: { c: { $exists: true } } },
    ]);
    expect(await things().indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: "_id_" },
      { v: 2, key: { a: 1, b: -1 }, name: "ab" },
      { v: 2, key: { at: 1 }, name: "ttl", expireAfterSeconds: 60 },
      { v: 2, key: { c: 1 }, name: "c", partialFilterExpression: { c: { $exists: true } } },
    ]);
    await things().dropIndex("ab");
    expect((await things().indexes()).map(({ name }) => name)).toEqual(["_id_", "ttl", "c"]);
    await expect(things().dropIndex("ab")).rejects.toMatchObject({ code: 27, codeName: "IndexNotFound" });
    await expect(things().dropIndex("_id_")).rejects.toMatchObject({ code: 72 });
    await things().dropIndexes();
    expect(await things().indexes()).toHaveLength(1);
  });

  test("collections are listed, dropped and made anew", async () => {
    await things().insertOne({ _id: 1 });
    await store.db.createCollection("empty");
    const names = (await store.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
    expect(names).toEqual(["empty", "things"]);
    expect(await store.db.dropCollection("empty")).toBe(true);
    expect(await store.db.listCollections({ name: "empty" }).toArray()).toEqual([]);
    await things().drop();
    expect(await things().find().toArray()).toEqual([]);
    await things().insertOne({ _id: 1 });
    expect(await things().indexes()).toHaveLength(1);
  });
});

describe.skipIf(onRealMongo)("expiry, on the store's own clock", () => {
  const HOUR = 3_600_000;

  test("documents go when their date is older than the index says; others never", async () => {
    await things().createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
    const now = store.clock.now();
    await things().insertMany([
      { _id: "old", at: new Date(now - HOUR - 1) },
      { _id: "young", at: new Date(now - HOUR + 5000) },
      { _id: "several", at: [new Date(now + HOUR), new Date(now - 2 * HOUR)] },
      { _id: "number", at: 5 },
      { _id: "none" },
    ]);
    store.clock.pass(0);
    const left = async () => (await things().find().toArray()).map(({ _id }) => _id);
    await expect.poll(left).toEqual(["young", "number", "none"]);
    store.clock.pass(6000);
    await expect.poll(left).toEqual(["number", "none"]);
  });

  test("many at once, and unique keys are free again", async () => {
    await things().createIndexes([
      { key: { at: -1 }, expireAfterSeconds: 0, name: "ttl" },
      { key: { token: 1 }, unique: true, name: "token" },
    ]);
    const at = new Date(store.clock.now() - 1);
    await things().insertMany(Array.from({ length: 500 }, (_, n) => ({ _id: n, at, token: n })));
    store.clock.pass(0);
    await expect.poll(() => things().countDocuments()).toBe(0);
    await things().insertOne({ _id: 1, token: 1 });
  });
});
