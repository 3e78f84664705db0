import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedMongo, serveEmbeddedMongo } from "@cordboard/embedded-mongo";
import { type Collection, MongoClient } from "mongodb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backUp } from "./backup.ts";
import { restore } from "./restore.ts";

interface Numbered {
  readonly _id: number;
}

let folder: string;
let data: string;
let said: string[];
let store: EmbeddedMongo | undefined;
let client: MongoClient | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordboard-backup-"));
  data = join(folder, "data");
  said = [];
  for (const way of ["log", "error"] as const) {
    vi.spyOn(console, way).mockImplementation((line: unknown) => void said.push(String(line)));
  }
});
afterEach(async () => {
  await closeStore();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function openStore(dataFolder: string): Promise<Collection<Numbered>> {
  store = await serveEmbeddedMongo({
    folder: join(dataFolder, "store"),
    socketPath: join(folder, "s.sock"),
    log: { info: () => {}, error: () => {} },
  });
  client = await new MongoClient(store.uri).connect();
  return client.db("cordboard").collection<Numbered>("numbers");
}

async function closeStore(): Promise<void> {
  await client?.close();
  await store?.close();
  [client, store] = [undefined, undefined];
}

/** An installation as `cordboard run` leaves it: secrets, a medium, a recording, and a store that goes on working. */
async function installation(): Promise<Collection<Numbered>> {
  mkdirSync(join(data, "media", "greetings"), { recursive: true });
  writeFileSync(join(data, "secrets.json"), `{"secret":"s"}`, { mode: 0o600 });
  writeFileSync(join(data, "media", "greetings", "hello.wav"), "hello");
  writeFileSync(join(data, "address"), "http://127.0.0.1:9\n");
  return openStore(data);
}

const env = (folderOfData = data) => ({ root: folder, env: { CORDBOARD_DATA: folderOfData } });
const archiveIn = (place: string) => join(place, readdirSync(place).find((name) => name.endsWith(".tar.gz")) ?? "none");

test("a backup of an installation that works is the store as of one moment, and everything beside it", async () => {
  const numbers = await installation();
  await numbers.insertOne({ _id: 0 });
  let stopped = false;
  const writing = (async () => {
    for (let next = 1; !stopped; next += 1) await numbers.insertOne({ _id: next });
  })();
  const target = join(folder, "kept");
  mkdirSync(target);
  expect(await backUp(target, env())).toBe(0);
  const acknowledged = await numbers.countDocuments();
  stopped = true;
  await writing;
  await closeStore();
  expect(statSync(archiveIn(target)).mode & 0o777).toBe(0o600);
  expect(readdirSync(data).sort()).toEqual(["address", "media", "secrets.json", "store"]);

  const elsewhere = join(folder, "elsewhere");
  expect(await restore(archiveIn(target), env(elsewhere))).toBe(0);
  expect(readdirSync(elsewhere).sort()).toEqual(["media", "secrets.json", "store"]);
  expect(readFileSync(join(elsewhere, "media/greetings/hello.wav"), "utf8")).toBe("hello");
  const restored = (await (await openStore(elsewhere)).find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
  expect(restored.length).toBeGreaterThan(0);
  expect(restored.length).toBeLessThanOrEqual(acknowledged);
  // Nothing is missing in between: each was written after the one before it.
  expect(restored).toEqual(restored.map((_, index) => index));
});

test("restoring is refused while the installation works, and over data; what is replaced is set aside", async () => {
  await (await installation()).insertOne({ _id: 1 });
  const file = join(folder, "one.tar.gz");
  expect(await backUp(file, env())).toBe(0);
  expect(await restore(file, { ...env(), replace: true })).toBe(1);
  expect(said.at(-1)).toMatch(/works in/);
  await closeStore();
  expect(await restore(file, env())).toBe(1);
  expect(said.at(-1)).toMatch(/--replace/);
  writeFileSync(join(data, "media", "later.wav"), "later");
  expect(await restore(file, { ...env(), replace: true })).toBe(0);
  expect(readdirSync(join(data, "media"))).toEqual(["greetings"]);
  const aside = readdirSync(data).find((name) => name.startsWith("before-restore-")) ?? "none";
  expect(readFileSync(join(data, aside, "media", "later.wav"), "utf8")).toBe("later");
  expect(await (await openStore(data)).countDocuments()).toBe(1);
  await closeStore();
  // What was set aside is not carried on from backup to backup.
  expect(await backUp(file, { ...env(), force: true })).toBe(0);
  const elsewhere = join(folder, "elsewhere");
  expect(await restore(file, env(elsewhere))).toBe(0);
  expect(readdirSync(elsewhere).some((name) => name.startsWith("before-restore-"))).toBe(false);
});

test("a file that is no whole backup changes nothing", async () => {
  await installation();
  const file = join(folder, "one.tar.gz");
  expect(await backUp(file, env())).toBe(0);
  await closeStore();
  const bytes = readFileSync(file);
  const broken = {
    cut: bytes.subarray(0, Math.floor(bytes.length / 2)),
    turned: Buffer.from(bytes.map((byte, at) => (at === Math.floor(bytes.length / 2) ? byte ^ 0xff : byte))),
    other: Buffer.from("not an archive"),
    empty: Buffer.alloc(0),
  };
  for (const [name, content] of Object.entries(broken)) {
    writeFileSync(join(folder, name), content);
    expect(await restore(join(folder, name), { ...env(), replace: true }), name).toBe(1);
    expect(said.at(-1), name).toMatch(/no backup, or not a whole one|damaged/);
    expect(readdirSync(data).sort(), name).toEqual(["address", "media", "secrets.json", "store"]);
  }
  expect(await restore(join(folder, "missing"), env())).toBe(1);
});

test("of the backups in a folder the newest stay; other files there are nobody's business", async () => {
  await installation();
  const target = join(folder, "kept");
  mkdirSync(target);
  for (const name of ["cordboard-20200101T000000Z.tar.gz", "cordboard-20200102T000000Z.tar.gz", "mine.tar.gz"]) {
    writeFileSync(join(target, name), "");
  }
  expect(await backUp(target, { ...env(), keep: "2" })).toBe(0);
  const left = readdirSync(target);
  expect(left).toHaveLength(3);
  expect(left).toContain("cordboard-20200102T000000Z.tar.gz");
  expect(left).toContain("mine.tar.gz");
  expect(await backUp(target, { ...env(), keep: "none" })).toBe(64);
  expect(await backUp(join(folder, "a.tar.gz"), { ...env(), keep: "2" })).toBe(64);
});

test("what cannot be done is said, and leaves nothing behind", async () => {
  expect(await backUp(undefined, env(join(folder, "nothing")))).toBe(1);
  expect(said.at(-1)).toContain("There is no installation in");
  await installation();
  const file = join(folder, "there.tar.gz");
  writeFileSync(file, "mine");
  expect(await backUp(file, env())).toBe(1);
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect(await backUp(join(file, "below.tar.gz"), env())).toBe(1);
  expect(said.at(-1)).toMatch(/could not be written \(E/);
  expect(existsSync(join(data, "backup-staging"))).toBe(false);
});

test("with a MongoDB elsewhere the file holds everything but the database, and says so", async () => {
  await installation();
  const file = join(folder, "one.tar.gz");
  const given = env();
  expect(await backUp(file, { ...given, env: { ...given.env, MONGODB_URI: "mongodb://elsewhere" } })).toBe(0);
  expect(said.at(-1)).toContain("mongodump");
  const elsewhere = join(folder, "elsewhere");
  expect(await restore(file, env(elsewhere))).toBe(0);
  expect(said.at(-1)).toContain("mongorestore");
  expect(readdirSync(elsewhere).sort()).toEqual(["media", "secrets.json"]);
});
