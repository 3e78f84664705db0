import type { LineFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type BinPort, type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface LineDocument extends Owned, LineFields {}

export const lineCollection = (connection: Connection, bus: Bus, bin?: BinPort) =>
  ownedCollection<LineDocument>(
    connection,
    { name: "lines", resource: "lines", singular: "line", unique: "number", sortBy: "number" },
    bus,
    bin,
  );

/** Creates the indexes; safe to call at each start. A number leads to one line of the whole installation. */
export async function prepareLines(connection: Connection): Promise<void> {
  await connection.collection("lines").createIndex({ number: 1 }, { unique: true });
  await connection.collection("lines").createIndex({ companyId: 1, number: 1 });
}
