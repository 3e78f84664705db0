import { rmSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveEmbeddedMongo } from "@cordboard/embedded-mongo";
import type { Connection } from "mongoose";
import { connectStore } from "../../store/store.ts";

let databases = 0;

interface TestStore {
  readonly connection: Connection;
  close(): Promise<void>;
}

const nameOfNext = () => `cordboard_http_${process.pid}_${databases++}`;

/** An empty database: on the MongoDB that `MONGODB_URI` names, otherwise on an embedded store of its own. */
export async function emptyStore(): Promise<TestStore> {
  return process.env.MONGODB_URI
    ? onServer(process.env.MONGODB_URI)
    : embedded(await mkdtemp(join(tmpdir(), "cb-")), nameOfNext());
}

/** What an embedded store holds that was prepared, and the database in it; each store after it begins as a copy. */
let prepared: { readonly folder: string; readonly databaseName: string } | null = null;

/** An empty database with the indexes that `prepare` creates. They are a hundred, and always the same: created once in a process. */
export async function preparedStore(prepare: (connection: Connection) => Promise<void>): Promise<TestStore> {
  if (process.env.MONGODB_URI) {
    const store = await onServer(process.env.MONGODB_URI);
    await prepare(store.connection);
    return store;
  }
  const folder = await mkdtemp(join(tmpdir(), "cb-"));
  if (prepared === null) {
    const made = { folder: await mkdtemp(join(tmpdir(), "cb-")), databaseName: nameOfNext() };
    const { connection, stop } = await embedded(made.folder, made.databaseName);
    await prepare(connection);
    await stop();
    prepared = made;
    process.once("exit", () => rmSync(made.folder, { recursive: true, force: true }));
  }
  await cp(prepared.folder, folder, { recursive: true });
  return embedded(folder, prepared.databaseName);
}

async function onServer(uri: string): Promise<TestStore> {
  const { connection, close } = await connectStore(uri, { patienceMs: 10_000, databaseName: nameOfNext() });
  return {
    connection,
    async close() {
      await connection.dropDatabase();
      await close();
    },
  };
}

async function embedded(folder: string, databaseName: string): Promise<TestStore & { stop(): Promise<void> }> {
  const log = { info: () => {}, error: () => {} };
  const server = await serveEmbeddedMongo({ folder, socketPath: join(folder, "s.sock"), log });
  const { connection, close } = await connectStore(server.uri, { patienceMs: 10_000, databaseName });
  const stop = async () => {
    await close();
    await server.close();
  };
  return {
    connection,
    stop,
    async close() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
