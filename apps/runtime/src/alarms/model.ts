import type { AlarmKind, AlarmSettings } from "@cordboard/api";
import type { Connection } from "mongoose";

/** An alarm of a company. `key` names what it is about: of one key at most one goes on. */
export interface AlarmDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly key: string;
  readonly kind: AlarmKind;
  readonly about: string | null;
  readonly since: number;
  readonly endedAt: number | null;
  readonly live: boolean;
  /** When somebody last found it bad: one that nobody looks at any more is over. */
  readonly seenAt: number;
  /** What people outside are still to be told; kept until that is posted. */
  readonly toTell: readonly ("raised" | "cleared")[];
  /** The webhook's turn: null when nothing is due. */
  readonly hook: { readonly what: "raised" | "cleared"; readonly attempts: number; readonly nextAt: number } | null;
  /** It came back so soon that people outside are not told again. */
  readonly quiet: boolean;
  /** Somebody who was called takes care of it. Absent: nobody said so. */
  readonly confirmed?: { readonly at: number; readonly name: string };
}

export interface AlarmSettingsDocument extends Pick<AlarmSettings, "mails" | "webhook" | "rev"> {
  /** The company's id. */
  readonly _id: string;
  /** Sealed. Those that were made before secrets were sealed are as they are (`whsec_…`), until a new one is given. */
  readonly webhookSecret: string;
  /** Absent, or null: nobody is called. */
  readonly calls?: AlarmSettings["calls"];
  /** Sealed, until receivers have changed over. Absent: there is none. */
  readonly oldSecret?: { readonly secret: string; readonly until: number } | null;
}

export const alarmCollections = (connection: Connection) => ({
  alarms: connection.collection<AlarmDocument>("alarms"),
  settings: connection.collection<AlarmSettingsDocument>("alarmSettings"),
});

/** Creates the indexes; safe to call at each start. */
export async function prepareAlarms(connection: Connection): Promise<void> {
  const { alarms } = alarmCollections(connection);
  await alarms.createIndex(
    { companyId: 1, key: 1 },
    { name: "oneLiveAlarmAKey", unique: true, partialFilterExpression: { live: true } },
  );
  await alarms.createIndex({ companyId: 1, since: -1, _id: -1 });
  await alarms.createIndex({ companyId: 1, key: 1, endedAt: -1 });
}
