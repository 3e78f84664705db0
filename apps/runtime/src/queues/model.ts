import type { QueueFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface QueueDocument extends Owned, QueueFields {}

export const queueCollection = (connection: Connection, bus: Bus) =>
  ownedCollection<QueueDocument>(
    connection,
    { name: "queues", resource: "queues", singular: "queue", unique: "name", sortBy: "name" },
    bus,
  );

/** Creates the indexes; safe to call at each start. */
export async function prepareQueues(connection: Connection): Promise<void> {
  await connection.collection("queues").createIndex({ companyId: 1, name: 1 }, { unique: true });
}
