import type { KeyScope } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface ApiKeyDocument extends Owned {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly requestsPerMinute: number;
  readonly expiresAt: number | null;
  readonly enabled: boolean;
  /** Of the token's secret half: reading the store gives nobody a key. */
  readonly secretHash: string;
  readonly createdAt: number;
  readonly createdBy: string | null;
  readonly lastUsedAt: number | null;
  readonly lastUsedFrom: string | null;
}

export const apiKeyCollection = (connection: Connection, bus: Bus) =>
  ownedCollection<ApiKeyDocument>(
    connection,
    { name: "apiKeys", resource: "apiKeys", singular: "API key", unique: "name", sortBy: "name" },
    bus,
  );

/** Every company's keys, for the one question that comes before it is known whose they are. */
export const allApiKeys = (connection: Connection) => connection.collection<ApiKeyDocument>("apiKeys");

/** Creates the indexes; safe to call at each start. */
export async function prepareApiKeys(connection: Connection): Promise<void> {
  await allApiKeys(connection).createIndex({ companyId: 1, name: 1 }, { unique: true });
}
