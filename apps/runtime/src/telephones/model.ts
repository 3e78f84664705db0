import type { Telephone } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface TelephoneDocument extends Owned, Omit<Telephone, "telephoneId" | "rev" | "targetText" | "ownerId"> {
  /** Of a number, or a browser, of an operator's own: whose. Absent or null: the company's. */
  readonly ownerId?: string | null;
}

export const telephoneCollection = (connection: Connection, bus: Bus) =>
  ownedCollection<TelephoneDocument>(
    connection,
    { name: "telephones", resource: "telephones", singular: "telephone", unique: "name", sortBy: "name" },
    bus,
  );

/** Creates the indexes; safe to call at each start. */
export async function prepareTelephones(connection: Connection): Promise<void> {
  await connection.collection("telephones").createIndex({ companyId: 1, name: 1 }, { unique: true });
}
