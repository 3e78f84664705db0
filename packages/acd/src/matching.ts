import { askNamed } from "./ask-named.ts";
import { offerable } from "./callbacks.ts";
import { isFree, reasonNotAskedAgain, someoneElseCould } from "./eligibility.ts";
import { inLine, queuesOf } from "./line-order.ts";
import { makeOffer } from "./offers.ts";
import { byRank } from "./ranking.ts";
import type { Queue, Shift, WaitingCall } from "./types.ts";
import { type Considered, explain } from "./why.ts";
import { askedAtOnce, byWishes, reasonUnfit, type Wishes, wishesOf } from "./wishes.ts";
import { listOf, type Work } from "./work.ts";

/**
 * Offers waiting calls to free operators until no pair is left.
 *
 * Calls in the order of the line; for each, the operator who is first for it in the first of its queues that has one who may be asked. Only
 * when every call has had its turn, operators who are left are asked too for calls whose queue asks several at once: nobody waits so that
 * another caller rings twice. Costs the sort of the line, and then only what free operators there are.
 */
export function match(work: Work): void {
  askNamed(work);
  const free = freeByQueue(work);
  if (free.size === 0) return;
  const open = listOf(work.shifts).filter((shift) => shift.closedAt === null);
  const floor: Floor = {
    work,
    free,
    open,
    shifts: new Map(open.map((shift) => [shift.operatorId, shift])),
    taken: new Set(),
    freeCount: open.filter(isFree).length,
  };
  for (const call of lineOf(work)) {
    if (floor.taken.size === floor.freeCount) return;
    offer(floor, call, () => true);
  }
  for (const call of askedOfSeveral(work)) {
    while (floor.taken.size < floor.freeCount && offerToo(floor, work.calls[call.id] ?? call));
  }
}

interface Floor {
  readonly work: Work;
  readonly free: FreeByQueue;
  /** Who is signed in. */
  readonly open: readonly Shift[];
  readonly shifts: ReadonlyMap<string, Shift>;
  /** Shifts that were given a call in this decision. */
  readonly taken: Set<string>;
  readonly freeCount: number;
}

/** What may be offered, first come first. A call that is offered or connecting keeps its place and is not in it. */
function lineOf(work: Work): readonly WaitingCall[] {
  const mayBeOffered = offerable(work);
  const waiting = listOf(work.calls).filter(
    (call) => call.state === "waiting" && !call.turnedAway && call.named?.only !== true && mayBeOffered(call),
  );
  return inLine(work.queues, waiting, work.now);
}

/** Calls that some operator has on the screen, not because they are for that one in particular, and of whose queues one asks several at once. */
function askedOfSeveral(work: Work): readonly WaitingCall[] {
  const calls = listOf(work.calls).filter(
    (call) =>
      call.state === "offered" &&
      call.offerIds.every((id) => work.offers[id]?.why.first !== "named") &&
      queuesOf(work.queues, call).some((queue) => call.offerIds.length < askedAtOnce(call, queue)),
  );
  return inLine(work.queues, calls, work.now);
}

function offerToo(floor: Floor, call: WaitingCall): boolean {
  return offer(floor, call, (queue) => call.offerIds.length < askedAtOnce(call, queue));
}

/** Offers the call to whoever is first for it in those of its queues that may ask; false: to nobody. */
function offer(floor: Floor, call: WaitingCall, mayAsk: (queue: Queue) => boolean): boolean {
  const { work, shifts, taken } = floor;
  const all = queuesOf(work.queues, call);
  const wishes = wishesOf(work, call, floor.open);
  const chosen = choose(floor, call, all.filter(mayAsk), wishes);
  if (chosen === undefined) return false;
  const { shift, queue, alone } = chosen;
  const considered: Considered = { work, call, queues: all, shifts, taken, queue, alone, wishes, chosen: shift };
  const why = explain(considered);
  taken.add(shift.id);
  makeOffer(work, call, shift, queue.id, why);
  return true;
}

type FreeByQueue = ReadonlyMap<string, readonly Shift[]>;

/** The free operators of each queue, in the order in which it asks them. */
function freeByQueue(work: Work): FreeByQueue {
  const free = new Map<string, Shift[]>();
  for (const shift of listOf(work.shifts)) {
    if (!isFree(shift)) continue;
    for (const queueId of shift.queueIds) {
      const list = free.get(queueId);
      if (list === undefined) free.set(queueId, [shift]);
      else list.push(shift);
    }
  }
  for (const [queueId, list] of free) {
    const queue = work.queues[queueId];
    const members = new Set(queue?.operatorIds);
    const serving = list.filter((shift) => members.has(shift.operatorId));
    if (queue === undefined || serving.length === 0) free.delete(queueId);
    else free.set(queueId, serving.sort(byRank(queue)));
  }
  return free;
}

interface Chosen {
  readonly shift: Shift;
  readonly queue: Queue;
  /** The one chosen refused or missed this call before its time was over, but nobody else could take it. */
  readonly alone: boolean;
}

function choose(floor: Floor, call: WaitingCall, queues: readonly Queue[], wishes: Wishes): Chosen | undefined {
  const { work, free, taken, open } = floor;
  let kept = false;
  const compare = byWishes(work, wishes);
  const first = (alone: boolean): Chosen | undefined => {
    for (const queue of queues) {
      let best: Shift | undefined;
      for (const shift of free.get(queue.id) ?? []) {
        if (taken.has(shift.id) || reasonUnfit(work, wishes, shift.operatorId) !== null) continue;
        if (reasonNotAskedAgain(call, shift.operatorId, work.now, alone) !== null) {
          kept = true;
          continue;
        }
        // They come in the queue's order: only who is better for this call goes before who was found.
        if (best === undefined || (compare !== null && compare(shift, best) < 0)) best = shift;
        if (compare === null) break;
      }
      if (best !== undefined) return { shift: best, queue, alone };
    }
    return undefined;
  };
  const chosen = first(false);
  if (chosen !== undefined || !kept || someoneElseCould(work, call, queuesOf(work.queues, call), open)) return chosen;
  return first(true);
}
