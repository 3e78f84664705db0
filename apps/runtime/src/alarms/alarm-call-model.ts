import type { AlarmCall, AlarmKind } from "@cordboard/api";
import type { Connection } from "mongoose";

/** A call by which alarms tell somebody. Written before it is placed; its id is the call's, so it is placed once. */
export interface AlarmCallDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly at: number;
  readonly name: string;
  /** E.164, or as it is dialled at home. */
  readonly number: string;
  /** BCP 47. */
  readonly language: string;
  readonly trial: boolean;
  readonly round: number;
  readonly alarms: readonly { readonly alarmId: string; readonly kind: AlarmKind; readonly about: string | null }[];
  /** Texts can be spoken: names are told too. */
  readonly speaks: boolean;
  readonly result: AlarmCall["result"];
  readonly endedAt: number | null;
}

export const alarmCallCollection = (connection: Connection) => connection.collection<AlarmCallDocument>("alarmCalls");

/** Creates the indexes; safe to call at each start. */
export async function prepareAlarmCalls(connection: Connection): Promise<void> {
  const calls = alarmCallCollection(connection);
  await calls.createIndex({ companyId: 1, at: -1, _id: -1 });
  await calls.createIndex({ companyId: 1, endedAt: 1 });
}
