import { servedQueue } from "./eligibility.ts";
import type { AcdEvent } from "./events.ts";
import { queuesOf } from "./line-order.ts";
import { listOf, type Work } from "./work.ts";

/**
 * A call that has just joined, whose flow wants it back when all are busy: operators who serve its queue are signed in, and none of them was
 * free for it. Told once, at that moment only: a caller who waits on is served like any other.
 */
export function tellBusy(work: Work, event: AcdEvent): void {
  if (event.type !== "callJoined" || !event.leaveWhenBusy) return;
  const { callId, entry } = event;
  const call = listOf(work.calls).find((one) => one.callId === callId && one.entry === entry);
  if (call?.state !== "waiting" || call.turnedAway) return;
  const queues = queuesOf(work.queues, call);
  const serves = listOf(work.shifts).some(
    (shift) => shift.closedAt === null && servedQueue(shift, queues) !== undefined,
  );
  if (serves) work.intents.push({ type: "busy", callId, entry });
}
