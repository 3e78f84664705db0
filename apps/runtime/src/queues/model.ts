import type { ByHand } from "@cordboard/acd";
import type { QueueFields, QueueRules } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type BinPort, type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

/** `callbacks`, and what came later, is absent where the queue was set up before there was any. */
export interface QueueDocument extends Owned, Omit<QueueFields, "callbacks"> {
  readonly callbacks?: QueueFields["callbacks"];
  /** What a supervisor said of it from the live board. It is no part of the form, and raises no `rev`. */
  readonly byHand?: ByHand | null;
}

/** What a queue promises where nobody chose otherwise; the contract's defaults. */
export const standardCallbacks: QueueFields["callbacks"] = {
  most: 50,
  attempts: 3,
  retryMs: 900_000,
  scheduleId: null,
  slots: null,
  first: "operator",
  machines: "putThrough",
};

/** Nothing is recorded unless somebody chose it. */
export const standardRecording: NonNullable<QueueFields["recording"]> = {
  share: 0,
  byOperator: false,
  retentionDays: 180,
};

/** What a queue does where nobody chose otherwise: it asks one operator after the other, whatever they know. */
export const standardRules: Omit<QueueRules, "afterMissed"> = {
  priority: 0,
  raiseEveryMs: null,
  skills: [],
  atOnce: 1,
  autoAcceptMs: null,
  mostWaiting: null,
  longestWaitMs: null,
  overflow: null,
};
/** What follows a conversation where nobody chose otherwise; the contract's defaults. */
export const standardAfterCall: NonNullable<QueueFields["afterCall"]> = {
  extensions: 2,
  extensionMs: 60_000,
  outcomes: null,
  outcomeNeeded: false,
};

/** Callers hear what they heard before, unless somebody chose otherwise. */
export const standardPlaceNews: NonNullable<QueueFields["placeNews"]> = {
  say: "never",
  firstMs: 15_000,
  everyMs: 60_000,
  upToPosition: 20,
  upToWaitMs: 1_800_000,
};

/** Callers hear what their flow says, and else the music of the product. */
export const standardMusic: NonNullable<QueueFields["music"]> = { holdMusic: [], adverts: [], advertEveryMs: null };

/** It takes callers at any time. */
export const standardOpening: NonNullable<QueueFields["opening"]> = { scheduleId: null, promptId: null, boxId: null };

export const standardPassingOn: NonNullable<QueueFields["passingOn"]> = { place: "kept" };

/** The server sees the whole conversation. */
export const standardConnect: NonNullable<QueueFields["connect"]> = "bridged";

export const queueCollection = (connection: Connection, bus: Bus, bin?: BinPort) =>
  ownedCollection<QueueDocument>(
    connection,
    { name: "queues", resource: "queues", singular: "queue", unique: "name", sortBy: "name" },
    bus,
    bin,
  );

/** Creates the indexes; safe to call at each start. */
export async function prepareQueues(connection: Connection): Promise<void> {
  await connection.collection("queues").createIndex({ companyId: 1, name: 1 }, { unique: true });
}
