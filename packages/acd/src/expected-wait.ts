import { inLine } from "./line-order.ts";
import type { Queue, QueueId, Shift, WaitingCall, WaitingCallId } from "./types.ts";

/** How long operators were busy with a queue's calls lately: talking and wrapping up. */
export interface Handling {
  /** Conversations. */
  readonly calls: number;
  readonly ms: number;
}

export interface LineNow {
  readonly queues: Readonly<Record<QueueId, Queue>>;
  /** Everybody who waits in the company, callbacks too: they are served in the same line. */
  readonly calls: readonly WaitingCall[];
  readonly shifts: readonly Shift[];
  readonly handling: Handling;
  readonly now: number;
}

/** Fewer conversations than this say nothing of how long the next ones take. */
const FEWEST_CALLS = 5;

/** Who waits in a queue, in the order in which they are served. One whose operator's telephone rings is as good as answered. */
export function waitingIn({ queues, calls, now }: Omit<LineNow, "shifts" | "handling">, queueId: QueueId) {
  const inQueue = calls.filter(
    ({ queueIds, state, callback }) =>
      queueIds.includes(queueId) &&
      (state === "waiting" || state === "offered") &&
      // A callback that may not be made yet is in nobody's way.
      (callback === null || (callback.heldFor === null && callback.notBefore <= now)),
  );
  return inLine(queues, inQueue, now);
}

/** Where a caller stands in a queue: 1 is next. Null: they do not wait there. */
export function positionIn(line: Omit<LineNow, "shifts" | "handling">, queueId: QueueId, id: WaitingCallId) {
  const index = waitingIn(line, queueId).findIndex((call) => call.id === id);
  return index < 0 ? null : index + 1;
}

/**
 * How long a caller with so many before them may wait: until as many conversations as there are before them, and one more, have come to
 * their end, at the length that conversations had lately, with the operators who serve the queue. An operator who serves several queues in
 * which callers wait counts in each for their share. None while somebody is free and nobody is before them; null where nobody is signed in, or
 * too little was seen to say so.
 */
export function expectedWaitMs(
  { calls, shifts, handling }: Pick<LineNow, "calls" | "shifts" | "handling">,
  queueId: QueueId,
  before: number,
): number | null {
  const staffed = shifts.filter((shift) => isStaffed(shift, queueId));
  if (staffed.length === 0) return null;
  if (before === 0 && staffed.some(({ state }) => state === "available")) return 0;
  if (handling.calls < FEWEST_CALLS) return null;
  const busyQueues = new Set(calls.flatMap(({ queueIds, state }) => (state === "waiting" ? queueIds : [])));
  const operators = staffed.reduce((sum, { queueIds }) => {
    const shared = queueIds.filter((id) => id === queueId || busyQueues.has(id)).length;
    return sum + 1 / Math.max(1, shared);
  }, 0);
  return Math.round(((before + 1) * handling.ms) / handling.calls / operators);
}

/** Signed in for the queue and not paused; busy or not. */
export function isStaffed({ queueIds, state, closedAt }: Shift, queueId: QueueId): boolean {
  return closedAt === null && queueIds.includes(queueId) && state !== "paused" && state !== "offline";
}
