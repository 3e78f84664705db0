import type { QueueFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

/** `callbacks`, `afterCall` and `passingOn` are absent where the queue was set up before there were any. */
export interface QueueDocument extends Owned, Omit<QueueFields, "callbacks"> {
  readonly callbacks?: QueueFields["callbacks"];
}

/** What a queue promises where nobody chose otherwise; the contract's defaults. */
export const standardCallbacks: QueueFields["callbacks"] = {
  most: 50,
  attempts: 3,
  retryMs: 900_000,
  scheduleId: null,
};

/** What follows a conversation where nobody chose otherwise; the contract's defaults. */
export const standardAfterCall: NonNullable<QueueFields["afterCall"]> = {
  extensions: 2,
  extensionMs: 60_000,
  outcomes: null,
  outcomeNeeded: false,
};

export const standardPassingOn: NonNullable<QueueFields["passingOn"]> = { place: "kept" };

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
