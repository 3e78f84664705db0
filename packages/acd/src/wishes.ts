import type { SkillNeed } from "./distribution.ts";
import { reasonNotAskedAgain, servedQueue } from "./eligibility.ts";
import { queuesOf } from "./line-order.ts";
import { fitOf, needsOf, skillReason } from "./skills.ts";
import type { NotEligible, Queue, Shift, WaitingCall } from "./types.ts";
import type { Work } from "./work.ts";

/** What one call asks of whoever takes it, at one moment. */
export interface Wishes {
  readonly needs: readonly SkillNeed[];
  readonly waitedMs: number;
  /** Who is asked first, in this order; and, for now, nobody else. */
  readonly preferred: readonly string[];
  readonly onlyPreferred: boolean;
}

/**
 * What the call asks for now. Only the preferred are asked until their time is over, and no longer than one of them could still take the
 * call: who is not signed in, is paused, does not serve its queues, lacks the skill or has refused it is not waited for.
 */
export function wishesOf(work: Work, call: WaitingCall, open: readonly Shift[]): Wishes {
  const needs = needsOf(work.queues, call);
  const waitedMs = work.now - call.joinedAt;
  const preferred = call.preferred?.operatorIds ?? none;
  if (preferred.length === 0 || (call.preferred?.until ?? 0) <= work.now) {
    return { needs, waitedMs, preferred, onlyPreferred: false };
  }
  const queues = queuesOf(work.queues, call);
  const onlyPreferred = open.some(
    (shift) =>
      preferred.includes(shift.operatorId) &&
      shift.state !== "paused" &&
      servedQueue(shift, queues) !== undefined &&
      skillReason(needs, work.operators[shift.operatorId], waitedMs) === null &&
      reasonNotAskedAgain(call, shift.operatorId, work.now, false) === null,
  );
  return { needs, waitedMs, preferred, onlyPreferred };
}

/** Why this operator does not fit what the call asks for, or null. */
export function reasonUnfit(work: Work, wishes: Wishes, operatorId: string): NotEligible | null {
  const unskilled = skillReason(wishes.needs, work.operators[operatorId], wishes.waitedMs);
  if (unskilled !== null) return unskilled;
  return wishes.onlyPreferred && !wishes.preferred.includes(operatorId) ? "notPreferredYet" : null;
}

/** Who of two is asked first for this call, before the queue's order is looked at: the preferred, then who knows best what it asks for. */
export function byWishes(work: Work, { needs, preferred }: Wishes): ((a: Shift, b: Shift) => number) | null {
  if (needs.length === 0 && preferred.length === 0) return null;
  const at = (shift: Shift) => {
    const index = preferred.indexOf(shift.operatorId);
    return index < 0 ? preferred.length : index;
  };
  const fit = (shift: Shift) => fitOf(needs, work.operators[shift.operatorId]);
  return (a, b) => at(a) - at(b) || fit(b) - fit(a);
}

/** How many operators one of these queues asks for this call at a time. A callback is nobody's hurry: one. */
export function askedAtOnce(call: WaitingCall, queue: Queue): number {
  return call.callback === null ? Math.max(1, queue.atOnce ?? 1) : 1;
}

const none: readonly string[] = [];
