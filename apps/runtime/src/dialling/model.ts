import type { DiallingRulesFields } from "@cordboard/api";
import type { Connection } from "mongoose";

/** One a company, written when somebody first changes them; until then the standard rules hold. */
export interface DiallingRulesDocument extends DiallingRulesFields {
  /** The company's id. */
  readonly _id: string;
  readonly rev: number;
}

export interface DoNotCallDocument {
  readonly _id: string;
  readonly companyId: string;
  /** E.164, or an extension. */
  readonly number: string;
  readonly note: string;
  readonly addedAt: number;
}

export const diallingRulesCollection = (connection: Connection) =>
  connection.collection<DiallingRulesDocument>("diallingRules");

export const doNotCallCollection = (connection: Connection) => connection.collection<DoNotCallDocument>("doNotCall");

/** Creates the indexes; safe to call at each start. */
export async function prepareDialling(connection: Connection): Promise<void> {
  const doNotCall = doNotCallCollection(connection);
  await doNotCall.createIndex({ companyId: 1, number: 1 }, { unique: true });
  await doNotCall.createIndex({ companyId: 1, addedAt: -1, _id: -1 });
}
