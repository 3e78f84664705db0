import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveEmbeddedMongo } from "@cordboard/embedded-mongo";
import { connectStore, type Store } from "../store/store.ts";

export interface TestStore {
  readonly uri: string;
  readonly databaseName: string;
  /** Another connection to the same data, as another process would have. */
  connect(): Promise<Store>;
  close(): Promise<void>;
}

/** An empty store for one test file: MONGODB_URI's where there is one, otherwise the embedded one in a temporary folder. */
export async function openTestStore(): Promise<TestStore> {
  const databaseName = `cordboard_test_${randomBytes(6).toString("hex")}`;
  const given = process.env.MONGODB_URI;
  // In lower case: the driver takes a socket's path for a host name and folds it.
  const folder = given ? null : join(tmpdir(), `cb-${randomBytes(5).toString("hex")}`);
  const embedded = folder
    ? await serveEmbeddedMongo({
        folder: join(folder, "data"),
        socketPath: `${folder}.sock`,
        log: { info: () => undefined, error: () => undefined },
      })
    : null;
  const uri = embedded?.uri ?? given ?? "";
  const stores: Store[] = [];
  const connect = async () => {
    const store = await connectStore(uri, { patienceMs: 10_000, databaseName });
    stores.push(store);
    return store;
  };
  return {
    uri,
    databaseName,
    connect,
    async close() {
      if (given) await (await connect()).connection.dropDatabase();
      for (const store of stores) await store.close();
      await embedded?.close();
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}
