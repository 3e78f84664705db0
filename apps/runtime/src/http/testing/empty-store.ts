import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveEmbeddedMongo } from "@cordboard/embedded-mongo";
import type { Connection } from "mongoose";
import { connectStore } from "../../store/store.ts";

let databases = 0;

/** An empty database: on the MongoDB that `MONGODB_URI` names, otherwise on an embedded store of its own. */
export async function emptyStore(): Promise<{ readonly connection: Connection; close(): Promise<void> }> {
  const databaseName = `cordboard_http_${process.pid}_${databases++}`;
  if (process.env.MONGODB_URI) {
    const { connection, close } = await connectStore(process.env.MONGODB_URI, { patienceMs: 10_000, databaseName });
    return {
      connection,
      async close() {
        await connection.dropDatabase();
        await close();
      },
    };
  }
  const folder = await mkdtemp(join(tmpdir(), "cb-"));
  const log = { info: () => {}, error: () => {} };
  const server = await serveEmbeddedMongo({ folder, socketPath: join(folder, "s.sock"), log });
  const { connection, close } = await connectStore(server.uri, { patienceMs: 10_000, databaseName });
  return {
    connection,
    async close() {
      await close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
