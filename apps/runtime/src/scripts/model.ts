import type { ScriptFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type BinPort, type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface ScriptDocument extends Owned, ScriptFields {}

export const scriptCollection = (connection: Connection, bus: Bus, bin?: BinPort) =>
  ownedCollection<ScriptDocument>(
    connection,
    { name: "scripts", resource: "scripts", singular: "script", unique: "name", sortBy: "name" },
    bus,
    bin,
  );

/** Creates the indexes; safe to call at each start. */
export async function prepareScripts(connection: Connection): Promise<void> {
  await connection.collection("scripts").createIndex({ companyId: 1, name: 1 }, { unique: true });
}
