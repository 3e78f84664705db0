import type { Company, Queue } from "@cordboard/api";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import type { AlarmCalling } from "./calling.ts";
import { look, unwatched, type Watched } from "./hysteresis.ts";
import { type AlarmDocument, type AlarmSettingsDocument, alarmCollections } from "./model.ts";
import { type Observation, type Probes, patienceOf } from "./probes.ts";
import type { Telling } from "./tell.ts";

export interface WatcherGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly probes: Probes;
  readonly telling: Telling;
  readonly calling: Pick<AlarmCalling, "round" | "forget">;
  readonly companies: () => Promise<readonly Company[]>;
  readonly queues: (companyId: string) => Promise<readonly Queue[]>;
  readonly settingsOf: (companyId: string) => Promise<AlarmSettingsDocument>;
  readonly log: { warn(details: object, message: string): void };
}

const ROUND_MS = 10_000;
/** An alarm that nobody has looked at for so long is over: its machine, or its queue, is no more. */
const FORGOTTEN_MS = 900_000;
/** What comes back sooner than this after its end is not told outside again. */
const QUIET_MS = 600_000;
const HOOK_PAUSES = [10_000, 60_000, 300_000, 900_000];
const HOOK_ATTEMPTS = 30;
const KEPT_MS = 90 * 86_400_000;

/**
 * Looks at what can go wrong, round after round, in every process: what two of them find is one alarm, because the store lets one of a key
 * go on. What people are to be told is written down with the alarm and told from there: a process that dies in between loses nothing.
 */
export function createAlarmWatcher(given: WatcherGiven) {
  const { connection, clock, makeId, probes, telling, log } = given;
  const { alarms } = alarmCollections(connection);
  const watched = new Map<string, Watched>();
  let storeBadSince: number | null = null;
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  /** One look at one thing for one company; `live` is its alarm that goes on. */
  async function judge(companyId: string, seen: Observation, live: AlarmDocument | undefined): Promise<void> {
    const now = clock.now();
    const name = `${companyId} ${seen.key}`;
    const before = watched.get(name) ?? unwatched;
    const { watched: after, change } = look(
      before,
      { bad: seen.bad, rings: live !== undefined, now },
      patienceOf[seen.kind],
    );
    watched.set(name, after);
    if (change === "raised") await raise(companyId, seen, after.badSince ?? now);
    else if (change === "cleared" && live) await clear(live, now);
    else if (seen.bad && live && now - live.seenAt > FORGOTTEN_MS / 3)
      await alarms.updateOne({ _id: live._id }, { $set: { seenAt: now } });
  }

  async function raise(companyId: string, { key, kind, about }: Observation, since: number): Promise<void> {
    const now = clock.now();
    const last = await alarms.findOne({ companyId, key, endedAt: { $gt: now - QUIET_MS } });
    const quiet = last !== null;
    const told = quiet ? { toTell: [], hook: null } : ({ toTell: ["raised"], hook: due("raised", now) } as const);
    try {
      await alarms.insertOne({
        ...{ _id: makeId("alarm"), companyId, key, kind, about, since, endedAt: null, live: true, seenAt: now, quiet },
        ...told,
      });
    } catch (cause) {
      // Another process was quicker.
      if (!isDuplicate(cause)) throw cause;
    }
  }

  async function clear({ _id, quiet, toTell }: AlarmDocument, now: number): Promise<void> {
    const told = quiet ? {} : { toTell: [...toTell, "cleared" as const], hook: due("cleared", now) };
    await alarms.updateOne({ _id, live: true }, { $set: { live: false, endedAt: now, ...told } });
  }

  async function tellDue(company: Company): Promise<void> {
    const { companyId } = company;
    const now = clock.now();
    const mails = await alarms.find({ companyId, toTell: { $ne: [] } }).toArray();
    const hooks = await alarms.find({ companyId, "hook.nextAt": { $lte: now } }).toArray();
    if (mails.length + hooks.length === 0) return;
    const settings = await given.settingsOf(companyId);
    await telling.mails(mails, settings, company);
    for (const { _id, toTell } of mails) await alarms.updateOne({ _id, toTell }, { $set: { toTell: [] } });
    for (const alarm of hooks) await tellHook(alarm, settings, now);
  }

  async function tellHook(alarm: AlarmDocument, settings: AlarmSettingsDocument, now: number): Promise<void> {
    const { _id, hook, kind, companyId } = alarm;
    if (!hook) return;
    if (!settings.webhook?.kinds.includes(kind)) {
      await alarms.updateOne({ _id, "hook.what": hook.what }, { $set: { hook: null } });
      return;
    }
    const attempts = hook.attempts + 1;
    const nextAt = now + (HOOK_PAUSES[Math.min(hook.attempts, HOOK_PAUSES.length - 1)] ?? ROUND_MS);
    // Whoever moves it on tells it.
    const mine = { _id, "hook.what": hook.what, "hook.attempts": hook.attempts };
    const { modifiedCount } = await alarms.updateOne(mine, { $set: { hook: { what: hook.what, attempts, nextAt } } });
    if (modifiedCount === 0) return;
    const { problem } = await telling.webhook(alarm, hook.what, settings);
    const over = problem === null || attempts >= HOOK_ATTEMPTS;
    if (over)
      await alarms.updateOne({ _id, "hook.what": hook.what, "hook.attempts": attempts }, { $set: { hook: null } });
    if (problem !== null)
      log.warn(
        { companyId, alarmId: _id, attempts, answer: problem.en, givenUp: over },
        "alarms: the webhook did not take it",
      );
  }

  async function round(): Promise<void> {
    const storeMs = await probes.storeMs();
    if (storeMs === null) {
      storeBadSince ??= clock.now();
      return;
    }
    const everywhere = [probes.storeSlow(storeMs), ...(await probes.everywhere())];
    const now = clock.now();
    for (const company of await given.companies()) {
      const { companyId } = company;
      const live = new Map((await alarms.find({ companyId, live: true }).toArray()).map((alarm) => [alarm.key, alarm]));
      const queues = (await given.queues(companyId)).filter(({ limits }) => limits?.nobodySignedIn ?? true);
      const ofQueues = await probes.queues(companyId, new Map(queues.map((queue) => [queue.queueId, queue])));
      if (storeBadSince !== null) await noteOutage(companyId, storeBadSince, live.get("store"));
      for (const seen of [...everywhere, ...ofQueues]) {
        await judge(companyId, seen, live.get(seen.key));
        live.delete(seen.key);
      }
      for (const alarm of live.values()) if (now - alarm.seenAt > FORGOTTEN_MS) await clear(alarm, now);
      await tellDue(company);
      // A company whose calls cannot be placed just now keeps nobody else from being told.
      await given.calling
        .round(company, await given.settingsOf(companyId))
        .catch((error) => log.warn({ companyId, err: error }, "alarms: nobody could be called; trying again"));
    }
    storeBadSince = null;
    await alarms.deleteMany({ live: false, endedAt: { $lt: now - KEPT_MS } });
    await given.calling.forget(now - KEPT_MS);
  }

  /** While the store was away nothing could be written: that it was is written now, when it was long enough to count. */
  async function noteOutage(companyId: string, since: number, live: AlarmDocument | undefined): Promise<void> {
    if (live || clock.now() - since < patienceOf.storeSlow.raiseMs) return;
    await raise(companyId, { key: "store", kind: "storeSlow", about: null, bad: true }, since);
  }

  const again = () => {
    if (closed) return;
    cancel = clock.at(clock.now() + ROUND_MS, () => {
      running = round()
        .catch((error) => log.warn({ err: error }, "alarms: a round could not be finished; trying again"))
        .finally(again);
    });
  };

  return {
    /** One round, for tests. */
    round,
    start: again,
    async close(): Promise<void> {
      closed = true;
      cancel();
      await running;
    },
  };
}

const due = (what: "raised" | "cleared", now: number) => ({ what, attempts: 0, nextAt: now });
