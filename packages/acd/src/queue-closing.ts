import type { Queue, ScheduleId, WaitingCall } from "./types.ts";
import { listOf, putCall, type Work } from "./work.ts";

/** Whether a queue takes callers, as of the last decision; what was said by hand goes before its opening hours. */
export function takesCallers(queue: Pick<Queue, "opening"> | undefined, openSchedules: readonly ScheduleId[]): boolean {
  const { byHand = null, scheduleId = null } = queue?.opening ?? {};
  if (byHand !== null) return byHand.state === "open";
  return scheduleId === null || openSchedules.includes(scheduleId);
}

/** The queue as it is at `now` (UTC ms): what was said by hand until a moment that has passed is not said any more. */
export function queueAt<Q extends Pick<Queue, "opening">>(queue: Q, now: number): Q {
  const { opening } = queue;
  const until = opening?.byHand?.until ?? null;
  return opening && until !== null && until <= now ? { ...queue, opening: { ...opening, byHand: null } } : queue;
}

/** Brings the queues up to the moment of a decision. Before anything is decided: nobody else asks for the time. */
export function endByHand(work: Work): void {
  for (const queue of listOf(work.queues)) {
    const now = queueAt(queue, work.now);
    if (now !== queue) work.queues = { ...work.queues, [queue.id]: now };
  }
}

/** A caller whom a closed queue does not take: not one who is meant for an operator, who has talked to somebody already. */
export function isTurnedAwayBy(work: Work, call: WaitingCall, queue: Queue | undefined): boolean {
  return call.named === undefined && !call.consult && !takesCallers(queue, work.openSchedules);
}

/** Has those leave who wait in a queue that was closed with the wish that they do; not callbacks, and not one who is offered just now. */
export function emptyClosedLines(work: Work): void {
  const emptied = new Set(
    listOf(work.queues).flatMap((queue) => {
      const byHand = queue.opening?.byHand;
      return byHand?.state === "closed" && byHand.sendsAway ? [queue.id] : [];
    }),
  );
  if (emptied.size === 0) return;
  for (const call of listOf(work.calls)) {
    const own = call.queueIds[0] ?? "";
    const waits = call.state === "waiting" && call.callback === null && !call.turnedAway;
    if (!waits || call.closedAt !== null || !emptied.has(own)) continue;
    if (isTurnedAwayBy(work, call, work.queues[own])) putCall(work, { ...call, turnedAway: "closed" });
  }
}
