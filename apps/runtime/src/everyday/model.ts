import { type EverydayValue, EverydayValues } from "@cordboard/flow-schema";
import type { Connection } from "mongoose";
import Value from "typebox/value";

interface Author {
  readonly userId: string;
  readonly name: string;
}

/** A setting's value as somebody gave it; `null`: as it is drawn, again. `label`: what it was called then. */
export interface EverydayEntry {
  readonly value: EverydayValue | null;
  readonly label: string;
  readonly at: number;
  readonly by: Author | null;
}

/** By node id, then by setting. */
export type EverydayEntries = Readonly<Record<string, Readonly<Record<string, EverydayEntry>>>>;

/** All values of a flow's everyday settings after one change; never changed again, because calls name it. */
export interface EverydayRecord {
  readonly _id: string;
  readonly companyId: string;
  readonly flowId: string;
  /** Counts from 1 in each flow; the highest is what holds. */
  readonly number: number;
  readonly at: number;
  readonly by: Author | null;
  /** `<nodeId> <setting>` of what this version changed; empty: the flow was deleted. */
  readonly changed: string;
  /** The entries as JSON text: prompts may have names that a store does not take for members. */
  readonly text: string;
}

export const everydayCollection = (connection: Connection) => connection.collection<EverydayRecord>("everydayVersions");

/** Creates the indexes; safe to call at each start. */
export async function prepareEveryday(connection: Connection): Promise<void> {
  await everydayCollection(connection).createIndex({ companyId: 1, flowId: 1, number: -1 }, { unique: true });
}

export const entriesOf = ({ text }: Pick<EverydayRecord, "text">): EverydayEntries => JSON.parse(text);

/** The values that differ from what is drawn. */
export function valuesOf(entries: EverydayEntries): EverydayValues {
  const values: Record<string, Record<string, EverydayValue>> = {};
  for (const [nodeId, settings] of Object.entries(entries)) {
    for (const [setting, { value }] of Object.entries(settings)) {
      if (value !== null) values[nodeId] = { ...values[nodeId], [setting]: value };
    }
  }
  // What an earlier release wrote and this one does not know is left out, like a setting that is gone.
  return Value.Check(EverydayValues, values) ? values : {};
}
