import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveEmbeddedMongo } from "@cordboard/embedded-mongo";
import { afterAll } from "vitest";
import { connectStore } from "../store/store.ts";
import { callCentreCollections } from "./model.ts";
import { mongoCentreStore } from "./mongo-centre-store.ts";
import { describeCallCentre } from "./testing/call-centre-suite.ts";
import { describeCallbacks } from "./testing/callback-suite.ts";
import { describeCrashes } from "./testing/crash-suite.ts";
import { describeDistribution } from "./testing/distribution-suite.ts";
import { describeStorm } from "./testing/storm-suite.ts";

const cleanUp: (() => Promise<unknown>)[] = [];
let databases = 0;

/** A MongoDB where `MONGODB_URI` names one, otherwise the embedded store; an empty database each time. */
const uri = await (async () => {
  if (process.env.MONGODB_URI) return process.env.MONGODB_URI;
  // The driver takes a path that ends in .sock for a socket.
  const folder = join(tmpdir(), `cb-${randomBytes(6).toString("hex")}`);
  await mkdir(folder);
  const log = { info: () => {}, error: () => {} };
  const server = await serveEmbeddedMongo({ folder, socketPath: join(folder, "s.sock"), log });
  cleanUp.push(
    () => server.close(),
    () => rm(folder, { recursive: true }),
  );
  return server.uri;
})();

async function emptyStore() {
  const databaseName = `cordboard_test_${process.pid}_${databases++}`;
  const store = await connectStore(uri, { patienceMs: 10_000, databaseName });
  cleanUp.unshift(async () => {
    if (process.env.MONGODB_URI) await store.connection.dropDatabase();
    await store.close();
  });
  return mongoCentreStore(callCentreCollections(store.connection));
}

afterAll(async () => {
  for (const clean of cleanUp) await clean();
});

describeCallCentre("the store", emptyStore);
describeCallbacks("the store", emptyStore);
describeDistribution("the store", emptyStore);
// Every write is tried in memory; here it is the store that is tried, by each kind of write.
describeCrashes("the store", emptyStore, "each kind");
describeStorm("the store", emptyStore, { rounds: 3, steps: 400 });
