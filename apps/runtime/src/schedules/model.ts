import type { ScheduleFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type BinPort, type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface ScheduleDocument extends Owned, ScheduleFields {
  readonly forced: { readonly state: "open" | "closed"; readonly until: number | null } | null;
  /** How often it was forced: with `rev` it names what a call was told by. */
  readonly forcedRev: number;
}

export const scheduleCollection = (connection: Connection, bus: Bus, bin?: BinPort) =>
  ownedCollection<ScheduleDocument>(
    connection,
    { name: "schedules", resource: "schedules", singular: "schedule", unique: "name", sortBy: "name" },
    bus,
    bin,
  );

/** Creates the indexes; safe to call at each start. */
export async function prepareSchedules(connection: Connection): Promise<void> {
  await connection.collection("schedules").createIndex({ companyId: 1, name: 1 }, { unique: true });
}
