import type { QueueFigures } from "@cordboard/node-kit";
import type { Connection } from "mongoose";
import { callCentreCollections } from "./model.ts";

/** So far back it is looked how quickly callers are answered. */
const LOOK_BACK_MS = 30 * 60_000;
/** Fewer answered calls than this say nothing. */
const FEWEST_ANSWERED = 5;

/**
 * How a queue stands, from what the store has of it: a moment behind the matcher, which is good enough for a flow that chooses a way. The
 * expected wait is how long it takes, at the pace of the last half-hour, to answer everybody in line and one more; none while an operator is free.
 */
export function createQueueFigures(connection: Connection) {
  const { waitingCalls, shifts, offers } = callCentreCollections(connection);
  return async (companyId: string, queueId: string, now: number): Promise<QueueFigures> => {
    const [inLine, openShifts, answered] = await Promise.all([
      waitingCalls
        .find(
          { companyId, live: true, isCallback: false, queueIds: queueId },
          { projection: { joinedAt: 1, state: 1 } },
        )
        .toArray(),
      shifts.find({ companyId, live: true, queueIds: queueId }, { projection: { state: 1 } }).toArray(),
      offers.countDocuments({ companyId, queueId, outcome: "answered", offeredAt: { $gt: now - LOOK_BACK_MS } }),
    ]);
    // One whose accepted operator's telephone rings is as good as answered.
    const waiting = inLine.filter(({ state }) => state !== "connecting");
    const staffed = openShifts.filter(({ state }) => state !== "paused" && state !== "offline");
    const isFree = staffed.some(({ state }) => state === "available") && waiting.length === 0;
    return {
      waiting: waiting.length,
      longestMs: Math.max(0, ...waiting.map(({ joinedAt }) => now - joinedAt)),
      staffed: staffed.length,
      expectedWaitMs: isFree ? 0 : staffed.length === 0 ? null : expectedWaitMs(waiting.length, answered),
    };
  };
}

function expectedWaitMs(waiting: number, answered: number): number | null {
  return answered < FEWEST_ANSWERED ? null : Math.round(((waiting + 1) * LOOK_BACK_MS) / answered);
}
