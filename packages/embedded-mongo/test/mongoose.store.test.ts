import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALLOWED_COMMANDS } from "../src/index.ts";
import { onRealMongo, type StoreUnderTest, storeUnderTest } from "./support/store-under-test.ts";

const callSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    companyId: { type: String, required: true },
    rev: { type: Number, default: 0 },
    state: { type: String, enum: ["waiting", "talking"], default: "waiting" },
    snapshot: { type: mongoose.Schema.Types.Mixed },
    tags: [String],
    timers: [{ _id: false, timerId: String, dueAt: Date }],
  },
  { timestamps: true, optimisticConcurrency: true },
);
callSchema.index({ companyId: 1, createdAt: -1 });
callSchema.index({ companyId: 1, "timers.dueAt": 1 });
const operatorSchema = new mongoose.Schema({ companyId: String, code: String, calls: [{ type: String, ref: "Call" }] });
operatorSchema.index({ companyId: 1, code: 1 }, { unique: true });

let store: StoreUnderTest;
let connection: mongoose.Connection;
const sent = new Set<string>();
beforeAll(async () => {
  store = await storeUnderTest();
  connection = mongoose.createConnection(store.uri, { dbName: store.db.databaseName, monitorCommands: true });
  await connection.asPromise();
  connection.getClient().on("commandStarted", ({ commandName }) => sent.add(commandName));
});
afterAll(async () => {
  await connection.close();
  await store.close();
});

describe("mongoose, unmodified", () => {
  test("indexes, create, save with its version, find, populate, lean, cursor, aggregate", async () => {
    const Call = connection.model("Call", callSchema);
    const Operator = connection.model("Operator", operatorSchema);
    await Promise.all([Call.init(), Operator.init()]);
    expect((await Call.listIndexes()).map(({ key }) => key)).toEqual([
      { _id: 1 },
      { companyId: 1, createdAt: -1 },
      { companyId: 1, "timers.dueAt": 1 },
    ]);

    const call = await Call.create({
      _id: "call_1",
      companyId: "cmp_1",
      snapshot: { value: { menu: "asking" } },
      timers: [{ timerId: "t1", dueAt: new Date(5) }],
    });
    call.state = "talking";
    call.tags.push("vip");
    await call.save();
    await Call.updateOne({ _id: "call_1" }, { $pull: { tags: "vip" } });
    call.timers.splice(0, 1);
    await call.save();
    const read = await Call.findById("call_1").lean();
    expect(read).toMatchObject({
      state: "talking",
      tags: [],
      timers: [],
      snapshot: { value: { menu: "asking" } },
      __v: 2,
    });

    const stale = await Call.findById("call_1");
    await Call.updateOne({ _id: "call_1" }, { $inc: { __v: 1 } });
    stale?.set("rev", 9);
    await expect(stale?.save()).rejects.toMatchObject({ name: "VersionError" });

    await Call.insertMany(Array.from({ length: 250 }, (_, n) => ({ _id: `call_x${n}`, companyId: "cmp_2", rev: n })));
    expect(await Call.countDocuments({ companyId: "cmp_2", rev: { $gte: 100 } })).toBe(150);
    expect(await Call.exists({ companyId: "cmp_3" })).toBeNull();
    expect(await Call.distinct("companyId")).toEqual(["cmp_1", "cmp_2"]);
    let seen = 0;
    for await (const { rev } of Call.find({ companyId: "cmp_2" }).sort({ rev: 1 }).batchSize(40).cursor())
      expect(rev).toBe(seen++);
    expect(
      await Call.aggregate([
        { $match: { companyId: "cmp_2" } },
        { $group: { _id: "$state", n: { $sum: 1 }, most: { $max: "$rev" } } },
      ]),
    ).toEqual([{ _id: "waiting", n: 250, most: 249 }]);

    await Operator.create({ companyId: "cmp_1", code: "12", calls: ["call_1"] });
    await expect(Operator.create({ companyId: "cmp_1", code: "12" })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { companyId: 1, code: 1 },
    });
    const operator = await Operator.findOne({ code: "12" }).populate<{ calls: { _id: string; state: string }[] }>(
      "calls",
    );
    expect(operator?.calls.map(({ state }) => state)).toEqual(["talking"]);
    expect(
      await Call.findOneAndUpdate(
        { _id: "call_x1", rev: 1 },
        { $set: { state: "talking" } },
        { returnDocument: "after" },
      ).lean(),
    ).toMatchObject({ state: "talking" });
    expect(
      await Call.bulkWrite([
        { updateOne: { filter: { _id: "call_x2" }, update: { $set: { rev: 7 } } } },
        { deleteOne: { filter: { _id: "call_x3" } } },
      ]),
    ).toMatchObject({ modifiedCount: 1, deletedCount: 1 });
    await Call.deleteMany({ companyId: "cmp_2" });
    expect(await Call.estimatedDocumentCount()).toBe(1);
    await Call.syncIndexes();
  });

  test.skipIf(onRealMongo)("sends only commands of the list", () => {
    expect([...sent].filter((command) => !ALLOWED_COMMANDS.includes(command))).toEqual([]);
    expect(sent).toContain("aggregate");
  });
});
