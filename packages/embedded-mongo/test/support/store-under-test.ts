import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Db, MongoClient, type MongoClientOptions } from "mongodb";
import { type EmbeddedMongo, type StoreLog, serveEmbeddedMongo } from "../../src/index.ts";
import { StillClock } from "./memory-store.ts";

/** True when the tests run against a real MongoDB, which knows more than the embedded store and has a clock of its own. */
export const onRealMongo = Boolean(process.env.MONGODB_URI);

const quiet: StoreLog = { info: () => {}, error: () => {} };

export interface StoreUnderTest {
  readonly client: MongoClient;
  readonly db: Db;
  readonly uri: string;
  /** Every command that the client has sent. */
  readonly sent: Set<string>;
  readonly clock: StillClock;
  close(): Promise<void>;
}

/** A database of its own, on `MONGODB_URI` or on an embedded store in a temporary folder. */
export async function storeUnderTest(options: MongoClientOptions = {}): Promise<StoreUnderTest> {
  const clock = new StillClock();
  const folder = shortFolder();
  const embedded: EmbeddedMongo | undefined = onRealMongo
    ? undefined
    : await serveEmbeddedMongo({ folder, socketPath: join(folder, "s.sock"), log: quiet, clock });
  const uri = embedded?.uri ?? String(process.env.MONGODB_URI);
  const client = new MongoClient(uri, { ...options, monitorCommands: true });
  const sent = new Set<string>();
  client.on("commandStarted", ({ commandName }) => sent.add(commandName));
  const db = client.db(`test_${randomUUID().slice(0, 8)}`);
  return {
    client,
    db,
    uri,
    sent,
    clock,
    close: async () => {
      await db.dropDatabase();
      await client.close();
      await embedded?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Short, because a socket's path may not be long. */
export function shortFolder(): string {
  return mkdtempSync(join(tmpdir(), "cb-"));
}
