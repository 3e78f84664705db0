import {
  expectedWaitMs,
  type Handling,
  isStaffed,
  positionIn,
  type Queue,
  queueAt,
  takesCallers,
  type WaitingCall,
  waitingCallId,
} from "@cordboard/acd";
import type { PlaceRules, PlaceStands, QueueFigures } from "@cordboard/node-kit";
import type { Connection } from "mongoose";
import { shiftOf, waitingCallOf } from "./documents.ts";
import { HANDLING_MS } from "./handlings.ts";
import { callCentreCollections } from "./model.ts";

/** What was read of one queue serves the callers who ask within this: hundreds who wait ask at about the same time. */
const FRESH_MS = 5_000;

export interface QueueFiguresGiven {
  readonly connection: Connection;
  /** The company's queues as decisions see them: their order and priorities make the line. */
  readonly queues: (companyId: string) => Promise<readonly Queue[]>;
  readonly openSchedules: (companyId: string, ids: readonly string[]) => Promise<{ readonly open: readonly string[] }>;
  /** What a queue tells its callers of their place; null: there is no such queue. */
  readonly placeRules: (companyId: string, queueId: string) => Promise<PlaceRules | null>;
}

const SILENT: PlaceRules = { say: "never", firstMs: 0, everyMs: 60_000, upToPosition: null, upToWaitMs: null };

/**
 * How a queue and its callers stand, from what the store has of it: a moment behind the matcher, which is good enough for a flow that chooses a
 * way, and for telling a caller where they stand.
 */
export function createQueueFigures({ connection, queues, openSchedules, placeRules }: QueueFiguresGiven) {
  const { waitingCalls, shifts, shiftTimes } = callCentreCollections(connection);
  const handled = new Map<string, { readonly at: number; readonly handling: Promise<Handling> }>();

  async function readHandling(companyId: string, queueId: string, now: number): Promise<Handling> {
    const [of] = await shiftTimes
      .aggregate<{ calls: number; ms: number }>([
        { $match: { companyId, from: { $gt: now - HANDLING_MS }, queueId, state: { $in: ["talking", "wrapUp"] } } },
        {
          $group: {
            _id: null,
            calls: { $sum: { $cond: [{ $eq: ["$state", "talking"] }, 1, 0] } },
            ms: { $sum: { $subtract: ["$until", "$from"] } },
          },
        },
      ])
      .toArray();
    return { calls: of?.calls ?? 0, ms: of?.ms ?? 0 };
  }

  function handlingOf(companyId: string, queueId: string, now: number): Promise<Handling> {
    const key = `${companyId} ${queueId}`;
    const known = handled.get(key);
    if (known && now - known.at >= 0 && now - known.at < FRESH_MS) return known.handling;
    const handling = readHandling(companyId, queueId, now);
    handled.set(key, { at: now, handling });
    // One that failed is not kept: the next caller asks again.
    handling.catch(() => handled.delete(key));
    return handling;
  }

  async function lineOf(companyId: string, queueId: string, now: number) {
    const [calls, openShifts, handling] = await Promise.all([
      waitingCalls.find({ companyId, live: true, consult: { $ne: true } }, { projection: { extra: 0 } }).toArray(),
      shifts.find({ companyId, live: true, queueIds: queueId }, { projection: { desk: 0 } }).toArray(),
      handlingOf(companyId, queueId, now),
    ]);
    return { calls: calls.map((row): WaitingCall => waitingCallOf(row)), shifts: openShifts.map(shiftOf), handling };
  }

  async function isClosed(companyId: string, queueId: string, now: number): Promise<boolean> {
    const found = (await queues(companyId)).find(({ id }) => id === queueId);
    const hours = found?.opening?.scheduleId ?? null;
    const { open } = hours === null ? { open: [] } : await openSchedules(companyId, [hours]);
    return found !== undefined && !takesCallers(queueAt(found, now), open);
  }

  return {
    async queue(companyId: string, queueId: string, now: number): Promise<QueueFigures> {
      const [line, closed] = await Promise.all([lineOf(companyId, queueId, now), isClosed(companyId, queueId, now)]);
      const waiting = line.calls.filter(
        ({ queueIds, callback, state }) => queueIds.includes(queueId) && callback === null && state !== "connecting",
      );
      const staffed = line.shifts.filter((shift) => isStaffed(shift, queueId));
      return {
        waiting: waiting.length,
        longestMs: Math.max(0, ...waiting.map(({ joinedAt }) => now - joinedAt)),
        staffed: staffed.length,
        expectedWaitMs: expectedWaitMs(line, queueId, waiting.length),
        closed,
      };
    },
    /** Of the call's visit `entry` to the queue. Reads nothing of the line where the queue tells its callers nothing. */
    async place(
      companyId: string,
      { callId, entry, queueId }: { readonly callId: string; readonly entry: number; readonly queueId: string },
      now: number,
    ): Promise<PlaceStands> {
      const rules = (await placeRules(companyId, queueId)) ?? SILENT;
      if (rules.say === "never") return { position: null, expectedWaitMs: null, waitedMs: 0, rules };
      const [line, known] = await Promise.all([lineOf(companyId, queueId, now), queues(companyId)]);
      const id = waitingCallId(callId, entry);
      const mine = line.calls.find((call) => call.id === id);
      const byId = Object.fromEntries(known.map((queue) => [queue.id, queue]));
      const position = positionIn({ queues: byId, calls: line.calls, now }, queueId, id);
      return {
        position,
        expectedWaitMs: position === null ? null : expectedWaitMs(line, queueId, position - 1),
        waitedMs: mine ? Math.max(0, now - mine.joinedAt) : 0,
        rules,
      };
    },
  };
}
