import { openSlots } from "@cordboard/schedule";
import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import { UserError } from "../errors/index.ts";
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

/** Of more, the next ones are listed. */
const MOST_LISTED = 500;

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
    limit: number,
  ): Promise<FreeTimes> {
    const rules = await queues.callbackRules(companyId, queueId);
    const slots = rules?.slots ?? standard;
    const { schedule, timeZone } = await schedules.timetable(companyId, scheduleId ?? rules?.scheduleId ?? null);
    const zone = schedule?.timeZone ?? timeZone;
    if (!rules || !slots) return { timeZone: zone, times: [] };
    const { lengthMs, most } = slots;
    const promised =
      most === null
        ? []
        : await waitingCalls
            .find({ companyId, isCallback: true, live: true, queueIds: queueId }, { projection: { callback: 1 } })
            .toArray();
    const taken = promised.flatMap(({ callback }) => callback?.slotAt ?? []);
    const left = (at: number) =>
      most === null ? null : most - taken.filter((one) => Math.abs(one - at) < lengthMs).length;
    const times: { at: number; free: number | null }[] = [];
    for (const at of openSlots(schedule, timeZone, now, slots)) {
      const free = left(at);
      if (free === null || free > 0) times.push({ at, free });
      if (times.length >= limit) break;
    }
    return { timeZone: zone, times };
  }

  return {
    /** What a caller hears: the next few, where the queue offers times at all. */
    async forCaller(asked: { companyId: string; queueId: string; scheduleId: string | null }, now: number) {
      const rules = await queues.callbackRules(asked.companyId, asked.queueId);
      const { timeZone, times } = await free(asked, now, null, rules?.slots?.told ?? 1);
      return { timeZone, slots: times.map(({ at }) => at) };
    },
    forStaff: (asked: { companyId: string; queueId: string; scheduleId: string | null }, now: number) =>
      free(asked, now, STAFF_SLOTS, MOST_LISTED),
  };
}

/** The refusal of a time that is not offered, or full. */
export function timeTaken(at: number | null): UserError {
  return new UserError("callbackTimeTaken", { at: at === null ? "" : new Date(at).toISOString() });
}

export type CallbackTimes = ReturnType<typeof createCallbackTimes>;
