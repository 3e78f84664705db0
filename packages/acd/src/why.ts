import { reasonNotAskedAgain, reasonNotFree, servedQueue } from "./eligibility.ts";
import { byRank, queuesOf, rankIn } from "./ranking.ts";
import type { NotEligible, OperatorId, Queue, Shift, WaitingCall, Why } from "./types.ts";
import type { Work } from "./work.ts";

export interface Considered {
  readonly work: Work;
  readonly call: WaitingCall;
  readonly queues: readonly Queue[];
  /** Who is signed in. */
  readonly shifts: ReadonlyMap<OperatorId, Shift>;
  /** Shifts that were given a call further ahead in this same decision. */
  readonly taken: ReadonlySet<string>;
  readonly queue: Queue;
  readonly alone: boolean;
}

/**
 * Says of everyone who may answer the call's queues whether they could be asked, or why not, and why the chosen one was first (O9).
 * Computed from the same rules as the choice, for the offers that are made only.
 */
export function explain({ work, call, queues, shifts, taken, queue, alone }: Considered): Why {
  const not: Partial<Record<NotEligible, OperatorId[]>> = {};
  const eligible: { readonly shift: Shift; readonly queue: Queue }[] = [];
  for (const operatorId of new Set(queues.flatMap((one) => one.operatorIds))) {
    const theirs = shifts.get(operatorId);
    const served = theirs && servedQueue(theirs, queues);
    const reason = reasonNot(work, call, theirs, served, taken, alone);
    if (reason !== null) list(not, reason).push(operatorId);
    else if (theirs !== undefined && served !== undefined) eligible.push({ shift: theirs, queue: served });
  }
  const orders = new Map(queues.map((one) => [one, byRank(one)]));
  const inOrder = (one: Queue, a: Shift, b: Shift) => orders.get(one)?.(a, b) ?? 0;
  eligible.sort((a, b) => queues.indexOf(a.queue) - queues.indexOf(b.queue) || inOrder(a.queue, a.shift, b.shift));
  const inQueue = eligible.filter((one) => one.queue === queue).length;
  return {
    order: queue.order,
    first: alone ? "askedAgain" : eligible.length === 1 ? "onlyOne" : inQueue === 1 ? "earlierQueue" : queue.order,
    eligible: eligible.map((one) => ({
      operatorId: one.shift.operatorId,
      queueId: one.queue.id,
      rank: rankIn(one.queue, one.shift),
    })),
    not,
  };
}

/** Why an operator has a callback that nobody offered them: they took it; the others were not asked. */
export function explainTaken(work: Work, call: WaitingCall, shift: Shift, queue: Queue): Why {
  const everyone = new Set(queuesOf(work.queues, call).flatMap((one) => one.operatorIds));
  everyone.delete(shift.operatorId);
  const eligible = [{ operatorId: shift.operatorId, queueId: queue.id, rank: rankIn(queue, shift) }];
  return { order: queue.order, first: "taken", eligible, not: everyone.size === 0 ? {} : { notAsked: [...everyone] } };
}

/** The call is for this operator in particular; those who serve its queue were not asked. */
export function explainNamed(work: Work, call: WaitingCall, shift: Shift, queue: Queue): Why {
  return { ...explainTaken(work, call, shift, queue), first: "named" };
}

function list(not: Partial<Record<NotEligible, OperatorId[]>>, reason: NotEligible): OperatorId[] {
  const found = not[reason] ?? [];
  not[reason] = found;
  return found;
}

function reasonNot(
  work: Work,
  call: WaitingCall,
  shift: Shift | undefined,
  served: Queue | undefined,
  taken: ReadonlySet<string>,
  alone: boolean,
): NotEligible | null {
  if (shift === undefined) return "offline";
  if (served === undefined) return "notTicked";
  // A shift taken in this decision is "offered" by now; that it was free, and to whom it went, is what a supervisor asks.
  if (taken.has(shift.id)) return "takenByEarlierCall";
  return reasonNotFree(shift) ?? reasonNotAskedAgain(call, shift.operatorId, work.now, alone);
}
