import { needsOf, skillReason } from "./skills.ts";
import type { NotEligible, Queue, Shift, WaitingCall } from "./types.ts";
import type { Work } from "./work.ts";

/** Whether an operator could take any call now: free, with an agent that is connected and a telephone that can ring. */
export function isFree(shift: Shift): boolean {
  return shift.closedAt === null && reasonNotFree(shift) === null;
}

/** Why an operator who is signed in could take no call at all, or null. */
export function reasonNotFree(shift: Shift): NotEligible | null {
  if (shift.state !== "available") return shift.state;
  if (shift.connection.id === null) return "noConnection";
  if (shift.telephoneId === null) return "telephoneMissing";
  return shift.orphanedLeg === null ? null : "orphanedLeg";
}

/** The first of the call's queues that this operator may answer and has ticked. */
export function servedQueue(shift: Shift, queues: readonly Queue[]): Queue | undefined {
  return queues.find((queue) => shift.queueIds.includes(queue.id) && queue.operatorIds.includes(shift.operatorId));
}

/**
 * Why this operator is not asked for this call again just now, or null. One who refused or missed it is asked again after the queue's
 * `askAgainMs`, or after `askAgainAloneMs` when `alone`: nobody else who is signed in serves the call's queues and has not refused.
 */
export function reasonNotAskedAgain(
  call: WaitingCall,
  operatorId: string,
  now: number,
  alone: boolean,
): "refusedThisCall" | "missedThisCall" | null {
  const refused = call.refusedBy[operatorId];
  if (refused === undefined) return null;
  const until = alone ? Math.min(refused.aloneUntil, refused.until) : refused.until;
  if (until <= now) return null;
  return refused.how === "refused" ? "refusedThisCall" : "missedThisCall";
}

/**
 * Whether somebody who is signed in, whatever they are doing, serves one of these queues, knows what the call asks for and is not kept from
 * it by a refusal.
 */
export function someoneElseCould(
  { now, queues: known, operators }: Pick<Work, "now" | "queues" | "operators">,
  call: WaitingCall,
  queues: readonly Queue[],
  open: readonly Shift[],
): boolean {
  const needs = needsOf(known, call);
  return open.some(
    (shift) =>
      reasonNotAskedAgain(call, shift.operatorId, now, false) === null &&
      servedQueue(shift, queues) !== undefined &&
      skillReason(needs, operators[shift.operatorId], now - call.joinedAt) === null,
  );
}
