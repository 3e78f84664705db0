import { reasonNotAskedAgain, reasonNotFree, servedQueue } from "./eligibility.ts";
import { queuesOf } from "./line-order.ts";
import { byRank, rankIn } from "./ranking.ts";
import { fitOf, levelAsked } from "./skills.ts";
import type { NotEligible, OperatorId, Queue, Shift, WaitingCall, Why } from "./types.ts";
import { byWishes, reasonUnfit, type Wishes } from "./wishes.ts";
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
  readonly wishes: Wishes;
  readonly chosen: Shift;
}

type Candidate = { readonly shift: Shift; readonly queue: Queue };

/**
 * Says of everyone who may answer the call's queues whether they could be asked, or why not, and why the chosen one was first (O9).
 * Computed from the same rules as the choice, for the offers that are made only.
 */
export function explain(considered: Considered): Why {
  const { work, queues, shifts, queue, chosen, wishes } = considered;
  const not: Partial<Record<NotEligible, OperatorId[]>> = {};
  const eligible: Candidate[] = [];
  for (const operatorId of new Set(queues.flatMap((one) => one.operatorIds))) {
    const theirs = shifts.get(operatorId);
    const served = theirs && (theirs === chosen ? queue : servedQueue(theirs, queues));
    const reason = reasonNot(considered, theirs, served, operatorId);
    if (reason !== null) list(not, reason).push(operatorId);
    else if (theirs !== undefined && served !== undefined) eligible.push({ shift: theirs, queue: served });
  }
  const orders = new Map(queues.map((one) => [one, byRank(one)]));
  const inOrder = (one: Queue, a: Shift, b: Shift) => orders.get(one)?.(a, b) ?? 0;
  const wished = byWishes(work, wishes) ?? (() => 0);
  // The one who was asked is first; that the rules put them there is what the model checks.
  const first = (one: Candidate) => (one.shift === chosen ? 0 : 1);
  eligible.sort(
    (a, b) =>
      first(a) - first(b) ||
      queues.indexOf(a.queue) - queues.indexOf(b.queue) ||
      wished(a.shift, b.shift) ||
      inOrder(a.queue, a.shift, b.shift),
  );
  const { needs, waitedMs } = wishes;
  const fit = (shift: Shift) => fitOf(needs, work.operators[shift.operatorId]);
  return {
    order: queue.order,
    first: whyFirst(considered, eligible, fit),
    eligible: eligible.map((one) => ({
      operatorId: one.shift.operatorId,
      queueId: one.queue.id,
      rank: rankIn(one.queue, one.shift),
      ...(needs.length > 0 ? { fit: fit(one.shift) } : {}),
    })),
    not,
    ...(needs.length > 0
      ? { skills: needs.map((need) => ({ skillId: need.skillId, level: levelAsked(need, waitedMs) })) }
      : {}),
  };
}

function whyFirst(
  { call, alone, queue, wishes, chosen }: Considered,
  eligible: readonly Candidate[],
  fit: (shift: Shift) => number,
): Why["first"] {
  if (alone) return "askedAgain";
  if (call.offerIds.length > 0) return "alsoAsked";
  if (wishes.preferred.includes(chosen.operatorId)) return "preferred";
  if (eligible.length === 1) return "onlyOne";
  const inQueue = eligible.filter((one) => one.queue === queue);
  const [, next] = inQueue;
  if (next === undefined) return "earlierQueue";
  return fit(chosen) > fit(next.shift) ? "bestSkill" : queue.order;
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
  { work, call, taken, alone, wishes }: Considered,
  shift: Shift | undefined,
  served: Queue | undefined,
  operatorId: OperatorId,
): NotEligible | null {
  if (shift === undefined) return "offline";
  if (served === undefined) return "notTicked";
  if (call.offerIds.some((id) => work.offers[id]?.shiftId === shift.id)) return "askedToo";
  // A shift taken in this decision is "offered" by now; that it was free, and to whom it went, is what a supervisor asks.
  if (taken.has(shift.id)) return "takenByEarlierCall";
  return (
    reasonNotFree(shift) ??
    reasonUnfit(work, wishes, operatorId) ??
    reasonNotAskedAgain(call, shift.operatorId, work.now, alone)
  );
}
