import { openSlots } from "@cordboard/schedule";
import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Schedules } from "../schedules/index.ts";

export interface CallbackTimesGiven {
  readonly connection: Connection;
  readonly queues: Pick<Queues, "callbackRules">;
  readonly schedules: Pick<Schedules, "timetable">;
}

export interface FreeTimes {
  readonly timeZone: string;
  /** UTC milliseconds, the next one first; `free`: how many more it takes, null: any number. */
  readonly times: readonly { readonly at: number; readonly free: number | null }[];
}

/** What staff choose from where callers are offered nothing: the whole hours of two weeks. */
const STAFF_SLOTS = { lengthMs: 3_600_000, most: null, days: 14 } as const;

/**
 * At which times callbacks of a queue may be promised: those of its opening hours (or of a schedule that a flow named) that are not full. The
 * decision counts again: what is read here may be promised to somebody else meanwhile.
 */
export function createCallbackTimes({ connection, queues, schedules }: CallbackTimesGiven) {
  const { waitingCalls } = callCentreCollections(connection);

  async function free(
    { companyId, queueId, scheduleId }: { companyId: string; queueId: string; scheduleId: string | null },
    now: number,
    standard: typeof STAFF_SLOTS | null,
  ): Promise<FreeTimes> {
    const rules = await queues.callbackRules(companyId, queueId);
    const slots = rules?.slots ?? standard;
    const { schedule, timeZone } = await schedules.timetable(companyId, scheduleId ?? rules?.scheduleId ?? null);
    const zone = schedule?.timeZone ?? timeZone;
    if (!rules || !slots) return { timeZone: zone, times: [] };
    const starts = openSlots(schedule, timeZone, now, slots);
    const { lengthMs, most } = slots;
    if (most === null) return { timeZone: zone, times: starts.map((at) => ({ at, free: null })) };
    const promised = await waitingCalls
      .find({ companyId, isCallback: true, live: true, queueIds: queueId }, { projection: { callback: 1 } })
      .toArray();
    const taken = promised.flatMap(({ callback }) => callback?.slotAt ?? []);
    const left = (at: number) => most - taken.filter((one) => Math.abs(one - at) < lengthMs).length;
    return { timeZone: zone, times: starts.map((at) => ({ at, free: left(at) })).filter((one) => one.free > 0) };
  }

  return {
    /** What a caller hears: the next few, where the queue offers times at all. */
    async forCaller(asked: { companyId: string; queueId: string; scheduleId: string | null }, now: number) {
      const [found, rules] = await Promise.all([
        free(asked, now, null),
        queues.callbackRules(asked.companyId, asked.queueId),
      ]);
      const told = rules?.slots?.told ?? 0;
      return { timeZone: found.timeZone, slots: found.times.slice(0, told).map(({ at }) => at) };
    },
    forStaff: (asked: { companyId: string; queueId: string; scheduleId: string | null }, now: number) =>
      free(asked, now, STAFF_SLOTS),
  };
}

export type CallbackTimes = ReturnType<typeof createCallbackTimes>;
