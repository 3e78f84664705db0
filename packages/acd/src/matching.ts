import { askNamed } from "./ask-named.ts";
import { offerable } from "./callbacks.ts";
import { isFree, reasonNotAskedAgain, someoneElseCould } from "./eligibility.ts";
import { makeOffer } from "./offers.ts";
import { byLine, byRank, queuesOf } from "./ranking.ts";
import type { Queue, Shift, WaitingCall } from "./types.ts";
import { explain } from "./why.ts";
import type { Work } from "./work.ts";

/**
 * Offers waiting calls to free operators until no pair is left.
 *
 * Calls in the order of the line (priority, then place, then id, so that replaying a day gives the same offers); for each, the first free
 * operator in the order of the first of its queues that has one. Costs the sort of the line, and then only what free operators there are.
 */
export function match(work: Work): void {
  askNamed(work);
  const free = freeByQueue(work);
  if (free.size === 0) return;
  const taken = new Set<string>();
  const open = Object.values(work.shifts).filter((shift) => shift.closedAt === null);
  const shifts = new Map(open.map((shift) => [shift.operatorId, shift]));
  const freeCount = open.filter(isFree).length;
  for (const call of lineOf(work)) {
    if (taken.size === freeCount) return;
    const queues = queuesOf(work.queues, call);
    const chosen = choose(work, call, queues, free, taken, open);
    if (chosen === undefined) continue;
    const { queue, alone } = chosen;
    const why = explain({ work, call, queues, shifts, taken, queue, alone });
    taken.add(chosen.shift.id);
    makeOffer(work, call, chosen.shift, queue.id, why);
  }
}

/** What may be offered, first come first. A call that is offered or connecting keeps its place and is not in it. */
function lineOf(work: Work): readonly WaitingCall[] {
  const mayBeOffered = offerable(work);
  return Object.values(work.calls)
    .filter((call) => call.state === "waiting" && call.named?.only !== true && mayBeOffered(call))
    .sort(byLine);
}

type FreeByQueue = ReadonlyMap<string, readonly Shift[]>;

/** The free operators of each queue, in the order in which it asks them. */
function freeByQueue(work: Work): FreeByQueue {
  const free = new Map<string, Shift[]>();
  for (const shift of Object.values(work.shifts)) {
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

function choose(
  work: Work,
  call: WaitingCall,
  queues: readonly Queue[],
  free: FreeByQueue,
  taken: ReadonlySet<string>,
  open: readonly Shift[],
): Chosen | undefined {
  let kept = false;
  const first = (alone: boolean): Chosen | undefined => {
    for (const queue of queues) {
      for (const shift of free.get(queue.id) ?? []) {
        if (taken.has(shift.id)) continue;
        if (reasonNotAskedAgain(call, shift.operatorId, work.now, alone) === null) return { shift, queue, alone };
        kept = true;
      }
    }
    return undefined;
  };
  const chosen = first(false);
  if (chosen !== undefined || !kept || someoneElseCould(call, queues, open, work.now)) return chosen;
  return first(true);
}
