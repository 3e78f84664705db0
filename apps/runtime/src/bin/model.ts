import type { Resource } from "@cordboard/api";
import type { Connection } from "mongoose";

/** How long deleted things can be had back. */
export const KEPT_DAYS = 30;

/** A thing that was deleted, as it was stored. */
export interface BinDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly collection: string;
  readonly resource: Resource;
  readonly targetId: string;
  readonly name: string;
  readonly deletedAt: number;
  /** Who: a user's id, or the name of a key. Names of users are looked up, so that nothing of somebody who left is kept here. */
  readonly deletedBy: { readonly userId: string } | { readonly key: string } | null;
  readonly document: object;
  readonly beside: readonly { readonly collection: string; readonly document: object }[];
  /** The store forgets it then. */
  readonly expiresAt: Date;
}

export const binCollection = (connection: Connection) => connection.collection<BinDocument>("bin");

/** Creates the indexes; safe to call at each start. */
export async function prepareBin(connection: Connection): Promise<void> {
  await binCollection(connection).createIndex({ companyId: 1, deletedAt: -1 });
  await binCollection(connection).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}
