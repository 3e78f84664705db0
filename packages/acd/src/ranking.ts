import type { Queue, QueueOrder, Shift } from "./types.ts";

/** What each order compares between two free operators; the smaller is asked first. */
const ranks: Readonly<Record<QueueOrder, (shift: Shift, position: number) => number>> = {
  longestIdle: (shift) => shift.idleSince,
  roundRobin: (shift) => shift.lastOfferedAt ?? 0,
  fewestCalls: (shift) => shift.callsTaken,
  fixed: (_shift, position) => position,
};

export function rankIn(queue: Queue, shift: Shift): number {
  return ranks[queue.order](shift, queue.operatorIds.indexOf(shift.operatorId));
}

/** Who of two is asked first; ties go by the queue's list of operators. */
export function byRank(queue: Queue): (a: Shift, b: Shift) => number {
  const position = new Map(queue.operatorIds.map((id, index) => [id, index]));
  const at = (shift: Shift) => position.get(shift.operatorId) ?? position.size;
  const rank = ranks[queue.order];
  return (a, b) => rank(a, at(a)) - rank(b, at(b)) || at(a) - at(b);
}
