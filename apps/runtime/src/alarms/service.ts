import type { Alarm, AlarmSettings, InputOf, OutputOf, Routes } from "@cordboard/api";
import type { Connection, mongo } from "mongoose";
import { demand, type Scope, systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { MakeId } from "../ports/index.ts";
import { assertUrlAllowed, makeSecret } from "../webhooks/index.ts";
import { type AlarmDocument, type AlarmSettingsDocument, alarmCollections } from "./model.ts";
import type { Telling } from "./tell.ts";

export interface AlarmsGiven {
  readonly connection: Connection;
  readonly companies: Pick<Companies, "get">;
  readonly makeId: MakeId;
  readonly telling: Pick<Telling, "trial">;
  readonly mailBy: AlarmSettings["mailBy"];
  /** Private hosts that the company may ask. */
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
}

type Listed = InputOf<Routes["alarms.list"]>["query"];
type Changed = Pick<AlarmSettings, "mails" | "webhook">;

/** The alarms of a company, and whom they reach. */
export function createAlarms({ connection, companies, makeId, telling, mailBy, privateHosts }: AlarmsGiven) {
  const { alarms, settings } = alarmCollections(connection);

  /** Nobody is reached until an administrator says whom. */
  async function settingsOf(companyId: string): Promise<AlarmSettingsDocument> {
    const found = await settings.findOne({ _id: companyId });
    if (found) return found;
    const first = { mails: [], webhook: null, rev: 1, webhookSecret: makeSecret() };
    await settings.updateOne({ _id: companyId }, { $setOnInsert: first }, { upsert: true });
    return (await settings.findOne({ _id: companyId })) ?? { _id: companyId, ...first };
  }

  const toSettings = ({ _id, mails, ...rest }: AlarmSettingsDocument): AlarmSettings => ({
    ...{ ...rest, mails: [...mails], mailBy },
  });

  return {
    settingsOf,
    async list(scope: Scope, { limit = 50, before }: Listed): Promise<OutputOf<Routes["alarms.list"]>> {
      demand(scope, "read", "alarms");
      const { companyId } = scope;
      const order = { since: -1, _id: -1 } as const;
      const live = before === undefined ? await alarms.find({ companyId, live: true }).sort(order).toArray() : [];
      const filter: mongo.Filter<AlarmDocument> = { companyId, live: false };
      if (before !== undefined) {
        const cut = before.indexOf("-");
        const since = Number(before.slice(0, cut));
        filter.$or = [{ since: { $lt: since } }, { since, _id: { $lt: before.slice(cut + 1) } }];
      }
      const over = await alarms
        .find(filter)
        .sort(order)
        .limit(limit + 1)
        .toArray();
      const page = over.slice(0, limit);
      const last = page.at(-1);
      const next = over.length > limit && last ? `${last.since}-${last._id}` : null;
      return { items: [...live, ...page].map(toAlarm), next };
    },
    async settings(scope: Scope): Promise<AlarmSettings> {
      demand(scope, "write", "alarms");
      return toSettings(await settingsOf(scope.companyId));
    },
    async change(scope: Scope, rev: number, fields: Changed): Promise<AlarmSettings> {
      demand(scope, "write", "alarms");
      const { companyId: _id } = scope;
      const before = await settingsOf(_id);
      const { mails, webhook } = fields;
      if (webhook) assertUrlAllowed(webhook.url, await privateHosts(_id));
      const { matchedCount } = await settings.updateOne({ _id, rev }, { $set: { mails, webhook, rev: rev + 1 } });
      if (matchedCount === 0) throw new UserError("changedMeanwhile");
      const after = { ...before, mails, webhook, rev: rev + 1 };
      scope.changed?.({ resource: "alarms", targetId: _id, targetName: null, before, after });
      return toSettings(after);
    },
    async test(scope: Scope): Promise<OutputOf<Routes["alarms.test"]>> {
      demand(scope, "write", "alarms");
      const company = await companies.get(systemScope(scope.companyId));
      return telling.trial(await settingsOf(scope.companyId), company, makeId);
    },
  };
}

export type Alarms = ReturnType<typeof createAlarms>;

function toAlarm({ _id, kind, about, since, endedAt }: AlarmDocument): Alarm {
  const iso = (at: number) => new Date(at).toISOString();
  return { alarmId: _id, kind, about, since: iso(since), endedAt: endedAt === null ? null : iso(endedAt) };
}
