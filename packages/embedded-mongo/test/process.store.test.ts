import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SqlFile } from "../src/sql-file.ts";
import { runningStore, type StoreProcess, startStoreProcess } from "./support/store-process.ts";
import { onRealMongo, shortFolder } from "./support/store-under-test.ts";

let folder: string;
let socketPath: string;
let running: StoreProcess | undefined;
let client: MongoClient | undefined;

beforeEach(() => {
  folder = shortFolder();
  socketPath = join(folder, "s.sock");
});
afterEach(async () => {
  await client?.close(true);
  await running?.end("SIGKILL");
  [client, running] = [undefined, undefined];
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<StoreProcess> {
  running = await runningStore(join(folder, "data"), socketPath);
  return running;
}

/** What one writer was told: how far each of its calls had come. */
interface Acknowledged {
  readonly revs: Map<string, number>;
  readonly attempted: Map<string, number>;
}

const WRITERS = 8;

/** Inserts calls and steps them on, each write conditional on the one before, until the store is gone. */
async function write(
  writer: number,
  round: number,
  from: MongoClient,
  told: Acknowledged,
  onAcknowledged: () => void,
): Promise<void> {
  const calls = from.db("cordboard").collection<{ _id: string; writer: number; rev: number; tail: number[] }>("calls");
  for (let n = 0; ; n += 1) {
    const _id = `call_${round}_${writer}_${n}`;
    try {
      told.attempted.set(_id, 0);
      await calls.insertOne({ _id, writer, rev: 0, tail: [] });
      told.revs.set(_id, 0);
      onAcknowledged();
      for (let rev = 0; rev < 3; rev += 1) {
        told.attempted.set(_id, rev + 1);
        const { modifiedCount } = await calls.updateOne({ _id, rev }, { $inc: { rev: 1 }, $push: { tail: rev } });
        expect(modifiedCount).toBe(1);
        told.revs.set(_id, rev + 1);
        onAcknowledged();
      }
    } catch (error) {
      if (error instanceof Error && error.name === "AssertionError") throw error;
      return;
    }
  }
}

describe.skipIf(onRealMongo)("kill -9", { timeout: 180_000 }, () => {
  test("in the middle of writing, five times over: nothing that was acknowledged is lost", async () => {
    const told: Acknowledged = { revs: new Map(), attempted: new Map() };
    const ends = fc.sample(fc.integer({ min: 50, max: 600 }), 5);
    let store = await start();
    for (const [round, end] of ends.entries()) {
      const current = store;
      const own = new MongoClient(current.uri, { retryWrites: false, serverSelectionTimeoutMS: 200 });
      await own
        .db("cordboard")
        .collection("calls")
        .createIndexes([{ key: { writer: 1, rev: 1 } }, { key: { _id: 1, writer: 1 }, unique: true }]);
      let acknowledged = 0;
      let killed: Promise<unknown> | undefined;
      const kill = () => {
        acknowledged += 1;
        if (acknowledged === end) killed = current.end("SIGKILL");
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, round, own, told, kill)));
      expect(await killed).toBe("SIGKILL");
      await own.close(true);

      store = await start();
      client = new MongoClient(store.uri);
      const calls = client
        .db("cordboard")
        .collection<{ _id: string; rev: number; writer: number; tail: number[] }>("calls");
      const stored = new Map((await calls.find().toArray()).map((call) => [call._id, call]));
      for (const [id, rev] of told.revs)
        expect(stored.get(id)?.rev, `${id} was acknowledged at revision ${rev}`).toBeGreaterThanOrEqual(rev);
      for (const [id, { rev, tail }] of stored) {
        expect(rev).toBeLessThanOrEqual(told.attempted.get(id) ?? -1);
        expect(tail).toEqual(Array.from({ length: rev }, (_, n) => n));
      }
      for (let writer = 0; writer < WRITERS; writer += 1) {
        for (let rev = 0; rev <= 3; rev += 1) {
          const byScan = [...stored.values()].filter((call) => call.writer === writer && call.rev === rev).length;
          expect(await calls.countDocuments({ writer, rev })).toBe(byScan);
        }
      }
      await client.close();
      const file = new SqlFile(join(folder, "data", "store.db"));
      expect(file.all("PRAGMA integrity_check")).toEqual([["ok"]]);
      file.close();
    }
    expect(told.revs.size).toBeGreaterThan(50);
  });

  test("what the driver retries through a restart is done exactly once", async () => {
    const store = await start();
    client = new MongoClient(store.uri, { serverSelectionTimeoutMS: 20_000, monitorCommands: true });
    const tries = new Map<string, number>();
    client.on("commandStarted", ({ command }) => {
      if (!("txnNumber" in command)) return;
      const key = `${command.lsid.id.toString("hex")}:${String(command.txnNumber)}`;
      tries.set(key, (tries.get(key) ?? 0) + 1);
    });
    const lists = client.db("cordboard").collection<{ _id: string; done: string[] }>("lists");
    await lists.insertMany(Array.from({ length: WRITERS }, (_, writer) => ({ _id: `w${writer}`, done: [] })));
    const acknowledged: string[] = [];
    let replaced: Promise<unknown> | undefined;
    const tell = (id: string) => {
      acknowledged.push(id);
      if (acknowledged.length === 500) replaced = store.end("SIGKILL").then(start);
    };
    const work = async (writer: number) => {
      for (let n = 0; n < 100; n += 1) {
        const id = `${writer}_${n}`;
        const single = lists.findOneAndUpdate({ _id: `w${writer}` }, { $push: { done: `s${id}` } });
        await single.then(() => tell(`s${id}`), ignoreLostConnection);
        const batch = lists.bulkWrite([
          { updateOne: { filter: { _id: `w${writer}` }, update: { $push: { done: `b${id}` } } } },
        ]);
        await batch.then(() => tell(`b${id}`), ignoreLostConnection);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => work(writer)));
    await replaced;
    const done = (await lists.find().toArray()).flatMap((list) => list.done);
    expect(new Set(done).size).toBe(done.length);
    for (const id of acknowledged) expect(done).toContain(id);
    expect(Math.max(...tries.values())).toBe(2);
  });
});

/**
 * Of several writes that lose their connection at once, the driver (7.8) retries only the first. The others are told so, some of them by the
 * bare error of the socket.
 */
function ignoreLostConnection(error: unknown): void {
  const lost =
    error instanceof Error && (/^Mongo(Network|BulkWrite)/.test(error.name) || /EPIPE|ECONNRESET/.test(error.message));
  if (!lost) throw error;
}

describe.skipIf(onRealMongo)("start and stop", { timeout: 180_000 }, () => {
  test("SIGTERM answers what was asked, puts it on the disk and leaves with 0", async () => {
    const store = await start();
    client = new MongoClient(store.uri, { retryWrites: false, serverSelectionTimeoutMS: 500 });
    const things = client.db("cordboard").collection<{ _id: number }>("things");
    await things.insertOne({ _id: -1 });
    const answers = Array.from({ length: 200 }, (_, n) =>
      things.insertOne({ _id: n }).then(
        () => n,
        () => undefined,
      ),
    );
    await answers[0];
    expect(await store.end("SIGTERM")).toBe(0);
    const told = (await Promise.all(answers)).filter((n) => n !== undefined);
    await client.close(true);
    client = new MongoClient((await start()).uri);
    const stored = new Set(
      (await client.db("cordboard").collection("things").find().toArray()).map(({ _id }) => Number(_id)),
    );
    for (const n of told) expect(stored).toContain(n);
  });

  test("a folder that another process holds: says by whom, and leaves", async () => {
    const store = await start();
    const second = await startStoreProcess(join(folder, "data"), join(folder, "other.sock"));
    expect(second).toEqual({
      code: 75,
      said: expect.stringMatching(new RegExp(`is in use by process ${store.pid}\\. Stop that one first`)),
    });
  });

  test("after kill -9 the folder is free and the stale socket is no hindrance", async () => {
    await (await start()).end("SIGKILL");
    const again = await start();
    client = new MongoClient(again.uri);
    expect(await client.db("cordboard").command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test("a damaged file is named, not overwritten", async () => {
    await (await start()).end("SIGTERM");
    const path = join(folder, "data", "store.db");
    writeFileSync(path, "this was a database once ".repeat(500));
    const failed = await startStoreProcess(join(folder, "data"), socketPath);
    expect(failed).toEqual({ code: 65, said: expect.stringContaining(`${path} is damaged`) });
  });

  test("a folder that cannot be made, a socket path that is too long, missing arguments", async () => {
    writeFileSync(join(folder, "file"), "");
    expect(await startStoreProcess(join(folder, "file", "data"), socketPath)).toEqual({
      code: 73,
      said: expect.stringContaining("cannot be written"),
    });
    expect(await startStoreProcess(join(folder, "data"), join(folder, `${"x".repeat(120)}.sock`))).toEqual({
      code: 73,
      said: expect.stringContaining("Choose a shorter run folder"),
    });
    expect(await startStoreProcess(join(folder, "data"), join(folder, "socket"))).toEqual({
      code: 73,
      said: expect.stringContaining("must end in .sock"),
    });
    expect(await startStoreProcess("", "")).toEqual({
      code: 64,
      said: expect.stringContaining("--folder F --socket S"),
    });
  });
});
