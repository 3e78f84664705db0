import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Collection, MongoClient } from "mongodb";
import { SqlFile } from "../../src/sql-file.ts";
import { runningStore } from "../support/store-process.ts";

/**
 * Measures the store in a worker thread of its client against the store in a process of its own, and both against SQLite alone, one
 * durable commit a write. `npx tsx packages/embedded-mongo/test/bench/thread-or-process.ts [rounds]`
 *
 * The two take turns within each round, in changing order; medians are shown, and the ratio of one to the other decides.
 */
interface Served {
  readonly uri: string;
  end(): Promise<unknown>;
}

interface Call {
  readonly _id: string;
  readonly companyId: string;
  readonly rev: number;
  readonly text: string;
}

const ROUNDS = Number(process.argv[2] ?? 9);
const main = new URL("../../src/main.ts", import.meta.url).href;

async function inProcess(folder: string): Promise<Served> {
  const store = await runningStore(folder, join(folder, "s.sock"));
  return { uri: store.uri, end: () => store.end("SIGKILL") };
}

/** The very program that is the process, as a thread: only where it runs differs. */
async function inThread(folder: string): Promise<Served> {
  const socketPath = join(folder, "s.sock");
  const run = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(main)}); })`;
  const worker = new Worker(run, { eval: true, argv: ["--folder", folder, "--socket", socketPath], stdout: true });
  await new Promise<void>((resolve, reject) => {
    worker.stdout.on("data", (chunk) => String(chunk).includes('"ready":true') && resolve());
    worker.on("error", reject);
  });
  return {
    uri: `mongodb://${encodeURIComponent(socketPath)}/cordboard?directConnection=true`,
    end: () => worker.terminate(),
  };
}

const figures = ["serial writes/s", "32 at once, writes/s", "reads by id/s", "client blocked ms"] as const;
type Figures = Record<(typeof figures)[number], number>;

async function measure(start: (folder: string) => Promise<Served>): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "cb-"));
  const served = await start(folder);
  const client = new MongoClient(served.uri, { maxPoolSize: 40 });
  const calls = client.db("cordboard").collection<Call>("calls");
  await calls.createIndex({ companyId: 1, rev: 1 });
  await write(calls, 300, 8);
  const serial = await write(calls, 400, 1);
  const parallel = await write(calls, 4000, 32);
  const { _id } = (await calls.findOne()) ?? { _id: "" };
  const reads = await perSecond(1500, 1, () => calls.findOne({ _id }));
  const blocked = await longestStall(() => calls.countDocuments({ text: "nobody" }));
  await client.close(true);
  await served.end();
  rmSync(folder, { recursive: true, force: true });
  return {
    "serial writes/s": serial,
    "32 at once, writes/s": parallel,
    "reads by id/s": reads,
    "client blocked ms": blocked,
  };
}

function write(calls: Collection<Call>, count: number, atOnce: number): Promise<number> {
  return perSecond(count, atOnce, () =>
    calls.insertOne({ _id: randomUUID(), companyId: "cmp_1", rev: 1, text: "x".repeat(500) }),
  );
}

async function perSecond(count: number, atOnce: number, run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let left = count;
  const worker = async () => {
    for (; left > 0; ) {
      left -= 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (count * 1000) / (performance.now() - start);
}

/** The longest time between two turns of the client's own event loop while the store works. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let [longest, last, done] = [0, performance.now(), false];
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  done = true;
  return longest;
}

function sqliteAlone(): number {
  const folder = mkdtempSync(join(tmpdir(), "cb-"));
  const file = new SqlFile(join(folder, "floor.db"));
  file.pragma("journal_mode = WAL");
  file.pragma("synchronous = FULL");
  file.exec("CREATE TABLE t (id BLOB PRIMARY KEY, doc BLOB)");
  const start = performance.now();
  for (let n = 0; n < 400; n += 1)
    file.run("INSERT INTO t VALUES (?, ?)", [Buffer.from(randomUUID()), Buffer.alloc(600)]);
  const rate = 400_000 / (performance.now() - start);
  file.close();
  rmSync(folder, { recursive: true, force: true });
  return rate;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const thread: Figures[] = [];
const own: Figures[] = [];
const floor: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const turns = [async () => thread.push(await measure(inThread)), async () => own.push(await measure(inProcess))];
  for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  floor.push(sqliteAlone());
}
const lines = figures.map((figure) => {
  const [a, b] = [median(thread.map((run) => run[figure])), median(own.map((run) => run[figure]))];
  const ratio = median(own.map((run, round) => run[figure] / (thread[round]?.[figure] ?? Number.NaN)));
  return `${figure.padEnd(24)} thread ${a.toFixed(1).padStart(9)}   process ${b.toFixed(1).padStart(9)}   process/thread ${ratio.toFixed(2)}`;
});
process.stdout.write(
  `${lines.join("\n")}\nSQLite alone, commits/s  ${median(floor).toFixed(0)}\n${ROUNDS} rounds, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`,
);
