import type { Alarm, AlarmSettings, AlarmTestCall, InputOf, OutputOf, Routes } from "@cordboard/api";
import type { Connection, mongo } from "mongoose";
import { demand, type PlaceOfUse, reaches, type Scope, systemScope } from "../access/index.ts";
import { type Companies, numberText } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import type { Sealer } from "../sealing/index.ts";
import { assertUrlAllowed, makeSecret } from "../webhooks/index.ts";
import type { AlarmCalling } from "./calling.ts";
import { type AlarmDocument, type AlarmSettingsDocument, alarmCollections } from "./model.ts";
import type { Telling } from "./tell.ts";

export interface AlarmsGiven {
  readonly connection: Connection;
  readonly companies: Pick<Companies, "get">;
  readonly makeId: MakeId;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly telling: Pick<Telling, "trial">;
  readonly mailBy: AlarmSettings["mailBy"];
  readonly calling: Pick<AlarmCalling, "trial" | "list">;
  /** jambonz can be asked to call. */
  readonly canCall: boolean;
  /** The number as it is dialled. Throws the sentence that says why it may not be called. */
  readonly judged: (companyId: string, written: string) => Promise<string>;
  readonly schedulesExist: (companyId: string, scheduleIds: readonly string[]) => Promise<boolean>;
  /** Private hosts that the company may ask. */
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
}

type Listed = InputOf<Routes["alarms.list"]>["query"];
type Changed = Pick<AlarmSettings, "mails" | "webhook"> & Partial<Pick<AlarmSettings, "calls">>;

/** So long a receiver can be changed over to a new secret. */
const oldSecretMs = 24 * 3_600_000;

const OF_QUEUE = "queue/";

/** The alarms of a company, and whom they reach. */
export function createAlarms(given: AlarmsGiven) {
  const { connection, companies, makeId, clock, sealer, telling, mailBy, privateHosts } = given;
  const { alarms, settings } = alarmCollections(connection);

  /** Nobody is reached until an administrator says whom. */
  async function settingsOf(companyId: string): Promise<AlarmSettingsDocument> {
    const found = await settings.findOne({ _id: companyId });
    if (found) return found;
    const first = { mails: [], webhook: null, rev: 1, webhookSecret: sealer.seal(makeSecret()) };
    await settings.updateOne({ _id: companyId }, { $setOnInsert: first }, { upsert: true });
    return (await settings.findOne({ _id: companyId })) ?? { _id: companyId, ...first };
  }

  async function toSettings(companyId: string, saved: AlarmSettingsDocument): Promise<AlarmSettings> {
    const { mails, webhook, calls = null, rev } = saved;
    const { country } = await companies.get(systemScope(companyId));
    const texts = (calls?.numbers ?? []).map(({ number }) => [number, numberText(number, country)]);
    return {
      ...{ mails: [...mails], webhook, calls, rev, mailBy, canCall: given.canCall },
      numberTexts: Object.fromEntries(texts),
    };
  }

  /** Numbers in the form in which they are dialled: what may not be called is refused here, and asked again before each call. */
  async function checked(companyId: string, calls: AlarmSettings["calls"]): Promise<AlarmSettings["calls"]> {
    if (calls === null) return null;
    const scheduleIds = calls.numbers.flatMap(({ scheduleId }) => scheduleId ?? []);
    if (!(await given.schedulesExist(companyId, scheduleIds))) throw new UserError("notFound", { what: "schedule" });
    const numbers = [];
    for (const one of calls.numbers) {
      numbers.push({ ...one, name: one.name.trim(), number: await given.judged(companyId, one.number) });
    }
    return { ...calls, numbers };
  }

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
      // What is wrong with the installation concerns every supervisor; that nobody serves a queue, those of the queue.
      const seen = [...live, ...page].filter(
        ({ key }) => !key.startsWith(OF_QUEUE) || reaches(scope, [key.slice(OF_QUEUE.length)]),
      );
      return { items: seen.map(toAlarm), next };
    },
    async settings(scope: Scope): Promise<AlarmSettings> {
      demand(scope, "write", "alarms");
      return toSettings(scope.companyId, await settingsOf(scope.companyId));
    },
    async change(scope: Scope, rev: number, fields: Changed): Promise<AlarmSettings> {
      demand(scope, "write", "alarms");
      const { companyId: _id } = scope;
      const before = await settingsOf(_id);
      const { mails, webhook } = fields;
      if (webhook) assertUrlAllowed(webhook.url, await privateHosts(_id));
      const calls = fields.calls === undefined ? (before.calls ?? null) : await checked(_id, fields.calls);
      const changed = { mails, webhook, calls, rev: rev + 1 };
      const { matchedCount } = await settings.updateOne({ _id, rev }, { $set: changed });
      if (matchedCount === 0) throw new UserError("changedMeanwhile");
      const after = { ...before, ...changed };
      scope.changed?.({ resource: "alarms", targetId: _id, targetName: null, before, after });
      return toSettings(_id, after);
    },
    async calls(
      scope: Scope,
      asked: InputOf<Routes["alarms.calls"]>["query"],
    ): Promise<OutputOf<Routes["alarms.calls"]>> {
      demand(scope, "read", "alarms");
      return given.calling.list(await companies.get(systemScope(scope.companyId)), asked);
    },
    async testCall(scope: Scope, asked: AlarmTestCall): Promise<{ readonly callId: string }> {
      demand(scope, "write", "alarms");
      const company = await companies.get(systemScope(scope.companyId));
      return { callId: await given.calling.trial(company, asked) };
    },
    /** Where a schedule says when somebody is called, which then may not be deleted. */
    async using({ companyId }: Scope, scheduleId: string): Promise<PlaceOfUse[]> {
      const found = await settings.findOne({ _id: companyId });
      if (!found?.calls?.numbers.some((one) => one.scheduleId === scheduleId)) return [];
      return [{ kind: "alarms", id: companyId, name: (await companies.get(systemScope(companyId))).name }];
    },
    /** The secret is in the answer, and can be read nowhere afterwards. */
    async newSecret(scope: Scope): Promise<string> {
      demand(scope, "write", "alarms");
      const { companyId: _id } = scope;
      const secret = makeSecret();
      const before = await settingsOf(_id);
      const oldSecret = { secret: before.webhookSecret, until: clock.now() + oldSecretMs };
      const after = { ...before, webhookSecret: sealer.seal(secret), oldSecret };
      await settings.updateOne({ _id }, { $set: { webhookSecret: after.webhookSecret, oldSecret } });
      scope.changed?.({ resource: "alarms", targetId: _id, targetName: null, before, after });
      return secret;
    },
    async test(scope: Scope): Promise<OutputOf<Routes["alarms.test"]>> {
      demand(scope, "write", "alarms");
      const company = await companies.get(systemScope(scope.companyId));
      return telling.trial(await settingsOf(scope.companyId), company, makeId);
    },
  };
}

export type Alarms = ReturnType<typeof createAlarms>;

function toAlarm({ _id, kind, about, since, endedAt, confirmed }: AlarmDocument): Alarm {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    ...{ alarmId: _id, kind, about, since: iso(since), endedAt: endedAt === null ? null : iso(endedAt) },
    confirmed: confirmed ? { at: iso(confirmed.at), name: confirmed.name } : null,
  };
}
