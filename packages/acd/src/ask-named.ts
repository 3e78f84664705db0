import { isFree } from "./eligibility.ts";
import { inLine, queuesOf } from "./line-order.ts";
import { makeOffer } from "./offers.ts";
import { endWrapUp, shiftOfOperator } from "./shifts.ts";
import type { Shift, WaitingCall } from "./types.ts";
import { explainNamed } from "./why.ts";
import { listOf, type Work } from "./work.ts";

/**
 * Offers calls that are for an operator in particular to that one, before anybody is matched: once, as soon as they are free. One who wraps
 * up after this very call, and has nothing planned after it, is asked at once: it was passed on and comes back.
 */
export function askNamed(work: Work): void {
  const waiting = listOf(work.calls).filter(
    (call) => call.state === "waiting" && call.named !== undefined && !call.turnedAway,
  );
  for (const call of inLine(work.queues, waiting, work.now)) {
    const { operatorId = "" } = call.named ?? {};
    const [queue] = queuesOf(work.queues, call);
    const shift = shiftOfOperator(work.shifts, operatorId);
    if (queue === undefined || shift === undefined || call.refusedBy[operatorId] !== undefined) continue;
    const free = freeFor(work, shift, call);
    if (isFree(free)) makeOffer(work, call, free, queue.id, explainNamed(work, call, free, queue));
  }
}

function freeFor(work: Work, shift: Shift, call: WaitingCall): Shift {
  const theirs = [call.callId, call.named?.hadAs];
  const isTheirs = shift.state === "wrapUp" && theirs.includes(shift.current?.callId) && shift.after === null;
  const could = isTheirs && shift.connection.id !== null && shift.telephoneId !== null && shift.orphanedLeg === null;
  return could ? endWrapUp(work, shift) : shift;
}
