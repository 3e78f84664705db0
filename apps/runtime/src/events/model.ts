import type { EventType } from "@cordboard/api";
import type { Connection } from "mongoose";

/** One event of a company's log. The log is kept by `seq`, without gaps; what is older than it is kept is deleted from its beginning. */
export interface StoredEvent {
  /** `evt_` and a hash of what happened: telling it twice is telling it once. */
  readonly _id: string;
  readonly companyId: string;
  /** Counts the events of the company. */
  readonly seq: number;
  readonly type: EventType;
  readonly subject: string;
  /** When it happened, UTC ms. */
  readonly at: number;
  /** When it was written down: what is kept, and for how long, goes by this. */
  readonly toldAt: number;
  readonly data: object;
}

export const eventCollection = (connection: Connection) => connection.collection<StoredEvent>("events");

/** Creates the indexes; safe to call at each start. */
export async function prepareEvents(connection: Connection): Promise<void> {
  const events = eventCollection(connection);
  await events.createIndex({ companyId: 1, seq: 1 }, { unique: true });
  await events.createIndex({ companyId: 1, toldAt: 1 });
}
