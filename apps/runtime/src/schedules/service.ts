import type { Schedule, ScheduleFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, type BinPort, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, Clock, MakeId } from "../ports/index.ts";
import { checkedSchedule } from "./check-schedule.ts";
import { type ScheduleDocument, scheduleCollection } from "./model.ts";

/** What a schedule says of a moment, and until when, as far as it says (UTC ms). */
interface Stand {
  readonly state: "open" | "closed" | "holiday";
  readonly until: number | null;
}

/** A timetable that never opens in so many changes has only holidays ahead. */
const MOST_CHANGES = 1_000;

export interface SchedulesGiven {
  /** What is deleted lies there for a while; absent: nowhere. */
  readonly bin?: BinPort;
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly companies: Pick<Companies, "get">;
  readonly stateOf: (
    schedule: Pick<ScheduleDocument, "timeZone" | "week" | "holidays" | "forced">,
    companyZone: string,
    now: number,
  ) => Stand;
  /** Flows that ask a schedule, and queues that go by it. */
  readonly placesOfUse: (scope: Scope, scheduleId: string) => Promise<readonly PlaceOfUse[]>;
}

/** Schedules: when something is open. Asked at the moment of the call, so that a change holds for the very next one. */
export function createSchedules(given: SchedulesGiven) {
  const { clock, companies, makeId } = given;
  const collection = scheduleCollection(given.connection, given.bus, given.bin);

  const zoneOf = async ({ companyId }: Scope) => (await companies.get(systemScope(companyId))).timeZone;

  function toSchedule({ _id, companyId, forcedRev, forced, ...fields }: ScheduleDocument, zone: string): Schedule {
    const now = clock.now();
    const { state, until } = given.stateOf({ ...fields, forced }, zone, now);
    const holds = forced && (forced.until === null || forced.until > now) ? forced : null;
    return {
      ...fields,
      scheduleId: _id,
      forced: holds && { state: holds.state, until: iso(holds.until) },
      current: { state, until: iso(until) },
    };
  }

  /** How each of these stands, and until when; one that does not exist is not in it. */
  async function standsOf(companyId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Stand>> {
    const scope = systemScope(companyId);
    const [all, zone] = await Promise.all([collection(scope).list(), zoneOf(scope)]);
    const now = clock.now();
    const asked = all.filter(({ _id }) => ids.includes(_id));
    return new Map(asked.map((found) => [found._id, given.stateOf(found, zone, now)]));
  }

  return {
    async list(scope: Scope): Promise<Schedule[]> {
      const zone = await zoneOf(scope);
      return (await collection(scope).list()).map((found) => toSchedule(found, zone));
    },
    get: async (scope: Scope, id: string): Promise<Schedule> =>
      toSchedule(await collection(scope).get(id), await zoneOf(scope)),
    async create(scope: Scope, fields: ScheduleFields): Promise<Schedule> {
      demand(scope, "write", "schedules");
      const document = { ...checkedSchedule(fields), forced: null, forcedRev: 0 };
      return toSchedule(await collection(scope).insert(makeId("schedule"), document), await zoneOf(scope));
    },
    async change(scope: Scope, id: string, rev: number, fields: ScheduleFields): Promise<Schedule> {
      demand(scope, "write", "schedules");
      return toSchedule(await collection(scope).change(id, rev, checkedSchedule(fields)), await zoneOf(scope));
    },
    /** Needs no `rev` and raises none: whoever closes the house does not lose to whoever edits the timetable meanwhile. */
    async force(scope: Scope, id: string, forced: Schedule["forced"]): Promise<Schedule> {
      demand(scope, "write", "schedules");
      const until = forced?.until ? Date.parse(forced.until) : null;
      if (until !== null && until <= clock.now()) {
        throw new UserError("scheduleInvalid", {
          where: { fr: "le moment donné", en: "the moment given" },
          problem: { fr: "est déjà passé", en: "has passed already" },
        });
      }
      const { forcedRev } = await collection(scope).get(id);
      const kept = forced && { state: forced.state, until };
      const set = await collection(scope).set(id, { forced: kept, forcedRev: forcedRev + 1 });
      return toSchedule(set, await zoneOf(scope));
    },
    /** `inUse` while a flow asks it, or a queue goes by it. */
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "schedules");
      assertUnused(await given.placesOfUse(scope, id));
      await collection(scope).remove(id);
    },
    /** What a call is told at `now`, with the version of the schedule that said so, for its trace; `null` when there is none. */
    async stateAt(
      companyId: string,
      id: string,
      now: number,
    ): Promise<{ readonly state: Stand["state"]; readonly version: string } | null> {
      const scope = systemScope(companyId);
      const [found, zone] = await Promise.all([collection(scope).peek(id), zoneOf(scope)]);
      if (!found) return null;
      const { state } = given.stateOf(found, zone, now);
      return { state, version: `${found.rev}.${found.forcedRev}` };
    },
    standsOf,
    /** When a schedule next opens, or next closes, having been otherwise until then; null: never by itself, or there is no such schedule. */
    async nextTo(companyId: string, id: string | null, to: "open" | "closed"): Promise<number | null> {
      const scope = systemScope(companyId);
      const [found, zone] = await Promise.all([id === null ? null : collection(scope).peek(id), zoneOf(scope)]);
      if (!found) return null;
      let stand = given.stateOf(found, zone, clock.now());
      for (let looked = 0; looked < MOST_CHANGES && stand.until !== null; looked += 1) {
        const at = stand.until;
        const after = given.stateOf(found, zone, at);
        const changes = (stand.state === "open") !== (after.state === "open");
        if (changes && (after.state === "open") === (to === "open")) return at;
        stand = after;
      }
      return null;
    },
    /** A schedule as it is, and the zone of its company; null where there is no such schedule. */
    async timetable(companyId: string, id: string | null) {
      const scope = systemScope(companyId);
      const [found, timeZone] = await Promise.all([id === null ? null : collection(scope).peek(id), zoneOf(scope)]);
      return { schedule: found, timeZone };
    },
    /** Which of these are open, and when that changes; one that does not exist keeps nobody waiting. */
    async openOf(companyId: string, ids: readonly string[]): Promise<{ open: string[]; until: number | null }> {
      const stands = await standsOf(companyId, ids);
      const changes = [...stands.values()].flatMap(({ until }) => until ?? []);
      const open = ids.filter((id) => (stands.get(id)?.state ?? "open") === "open");
      return { open, until: changes.length === 0 ? null : Math.min(...changes) };
    },
    /** The schedules there are, for checking what flows name. */
    ids: async (scope: Scope): Promise<ReadonlySet<string>> =>
      new Set((await collection(scope).list()).map(({ _id }) => _id)),
  };
}

export type Schedules = ReturnType<typeof createSchedules>;

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
