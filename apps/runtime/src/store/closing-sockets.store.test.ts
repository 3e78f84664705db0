import type { Connection } from "mongoose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore, type TestStore } from "../testing/test-store.ts";

let testStore: TestStore;
beforeAll(async () => {
  testStore = await openTestStore();
});
afterAll(() => testStore.close());

interface Pool {
  readonly connections: Iterable<{ readonly socket: { destroy(): void } }>;
}

/** The driver's idle sockets end; it has not heard of it yet. */
function loseSockets(connection: Connection): number {
  const topology = Reflect.get(connection.getClient(), "topology");
  const servers: Iterable<{ readonly pool: Pool }> = topology.s.servers.values();
  let lost = 0;
  for (const { pool } of servers) {
    for (const { socket } of pool.connections) {
      socket.destroy();
      lost += 1;
    }
  }
  return lost;
}

test("what is asked over a socket that is just closing is asked again over another, not waited for without end", async () => {
  const { connection } = await testStore.connect();
  const things = connection.collection<{ _id: string; n: number }>("closingSockets");
  await things.insertOne({ _id: "one", n: 1 });
  expect(loseSockets(connection)).toBeGreaterThan(0);
  expect(await things.findOne({ _id: "one" })).toMatchObject({ n: 1 });
  loseSockets(connection);
  expect(await things.updateOne({ _id: "one" }, { $inc: { n: 1 } })).toMatchObject({ modifiedCount: 1 });
});
