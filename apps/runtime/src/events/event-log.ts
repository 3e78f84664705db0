import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import { groupBy } from "../figures/group-by.ts";
import { type Bus, type Clock, eventsChannel } from "../ports/index.ts";
import { eventCollection, type StoredEvent } from "./model.ts";
import type { NewEvent } from "./new-event.ts";

/** How long what was told is kept: so long can a reader be away and still go on where it was. */
export const eventsKeptMs = 7 * 24 * 3_600_000;

/** So many that were told last are remembered by their ids, so that what is derived again is not asked of the store again. */
const REMEMBERED = 20_000;

export interface EventLog {
  /** Resolves once all of them are in the log, in this order; those that were there already stay where they are. */
  append(events: readonly NewEvent[]): Promise<void>;
  /** Those after `seq`, in order. */
  read(companyId: string, afterSeq: number, limit: number): Promise<StoredEvent[]>;
  /** The number of the first that is kept, and of the last that there is; 0 of a company that has none. */
  bounds(companyId: string): Promise<{ readonly first: number; readonly last: number }>;
  find(companyId: string, eventId: string): Promise<StoredEvent | null>;
  /** Deletes what is kept long enough; the last one stays, because the numbers go on from it. */
  forgetOld(companyId: string): Promise<void>;
}

/**
 * A company's events, numbered without gaps, whichever processes write: a number is taken by inserting its event, so whoever reads in order
 * misses nothing that is inserted later.
 */
export function createEventLog(given: {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
}): EventLog {
  const { bus, clock } = given;
  const events = eventCollection(given.connection);
  const last = new Map<string, number>();
  const busy = new Map<string, Promise<void>>();
  const told = new Set<string>();

  async function lastOf(companyId: string): Promise<number> {
    const [newest] = await events
      .find({ companyId }, { projection: { seq: 1 } })
      .sort({ seq: -1 })
      .limit(1)
      .toArray();
    return newest?.seq ?? 0;
  }

  function remember(eventId: string): void {
    told.add(eventId);
    if (told.size <= REMEMBERED) return;
    const [oldest] = told;
    if (oldest !== undefined) told.delete(oldest);
  }

  async function insert(companyId: string, wanted: readonly NewEvent[]): Promise<void> {
    let fresh = [...new Map(wanted.map((event) => [event.eventId, event])).values()];
    fresh = fresh.filter(({ eventId }) => !told.has(eventId));
    while (fresh.length > 0) {
      const before = last.get(companyId) ?? (await lastOf(companyId));
      const toldAt = clock.now();
      const documents = fresh.map(({ eventId, ...event }, index) => ({
        ...{ _id: eventId, ...event, seq: before + index + 1, toldAt },
      }));
      try {
        await events.insertMany(documents, { ordered: true });
        last.set(companyId, before + fresh.length);
        break;
      } catch (cause) {
        last.delete(companyId);
        if (!isDuplicate(cause)) throw cause;
        // Another process was quicker with a number, or with one of these: what is there stays, the rest is numbered anew.
        const ids = fresh.map(({ eventId }) => eventId);
        const found = await events.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
        const there = new Set(found.map(({ _id }) => _id));
        fresh = fresh.filter(({ eventId }) => !there.has(eventId));
      }
    }
    for (const { eventId } of wanted) remember(eventId);
    bus.publish(eventsChannel(companyId), {});
  }

  return {
    async append(wanted) {
      const byCompany = groupBy(wanted, ({ companyId }) => companyId);
      await Promise.all(
        [...byCompany].map(async ([companyId, theirs]) => {
          // One after the other in this process: they would only take each other's numbers.
          const turn = (busy.get(companyId) ?? Promise.resolve()).then(() => insert(companyId, theirs));
          const quiet = turn.catch(() => undefined);
          busy.set(companyId, quiet);
          await turn;
          if (busy.get(companyId) === quiet) busy.delete(companyId);
        }),
      );
    },
    read: (companyId, afterSeq, limit) =>
      events
        .find({ companyId, seq: { $gt: afterSeq } })
        .sort({ seq: 1 })
        .limit(limit)
        .toArray(),
    async bounds(companyId) {
      const [oldest] = await events
        .find({ companyId }, { projection: { seq: 1 } })
        .sort({ seq: 1 })
        .limit(1)
        .toArray();
      return { first: oldest?.seq ?? 0, last: await lastOf(companyId) };
    },
    find: (companyId, eventId) => events.findOne({ _id: eventId, companyId }),
    async forgetOld(companyId) {
      const seq = { $lt: await lastOf(companyId) };
      await events.deleteMany({ companyId, toldAt: { $lt: clock.now() - eventsKeptMs }, seq });
    },
  };
}
