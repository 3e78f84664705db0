import type { Queue, QueueId, WaitingCall } from "./types.ts";

/** The queues that a call waits in, in its order; one that was removed is passed over. */
export function queuesOf(queues: Readonly<Record<QueueId, Queue>>, call: WaitingCall): readonly Queue[] {
  return call.queueIds.flatMap((id) => queues[id] ?? []);
}

/**
 * How urgent a call is now: what its flow said, what its own queue (the first) is worth beside others, and one more for each time that the
 * queue's `raiseEveryMs` has passed since its caller came, also to an earlier place that they left for a moment. A callback does not age: nobody hears the music.
 */
export function urgencyOf(queues: Readonly<Record<QueueId, Queue>>, call: WaitingCall, now: number): number {
  const own = queues[call.queueIds[0] ?? ""];
  const every = call.callback === null ? (own?.raiseEveryMs ?? null) : null;
  const raised = every === null || every <= 0 ? 0 : Math.floor(Math.max(0, now - inLineSince(call)) / every);
  return call.priority + (own?.priority ?? 0) + raised;
}

/** When the caller came to the line, the first time of those that belong together. Milliseconds since 1970. */
export function inLineSince({ joinedAt, before }: Pick<WaitingCall, "joinedAt" | "before">): number {
  return before?.since ?? joinedAt;
}

/** When a supervisor put the caller before all others, in this visit of the line or in an earlier one that it goes on from. */
export function movedUpAtOf({ movedUpAt, before }: Pick<WaitingCall, "movedUpAt" | "before">): number | null {
  return before?.movedUpAt ?? movedUpAt ?? null;
}

/**
 * These calls as they are served: first those that a supervisor moved up, in the order in which they did; then by urgency, then by the
 * store's number, then by id, so that replaying a day gives the same offers.
 */
export function inLine(
  queues: Readonly<Record<QueueId, Queue>>,
  calls: readonly WaitingCall[],
  now: number,
): readonly WaitingCall[] {
  return calls
    .map((call) => ({ call, movedUpAt: movedUpAtOf(call) ?? never, urgency: urgencyOf(queues, call, now) }))
    .sort(
      (a, b) =>
        a.movedUpAt - b.movedUpAt ||
        b.urgency - a.urgency ||
        a.call.place - b.call.place ||
        (a.call.id < b.call.id ? -1 : 1),
    )
    .map(({ call }) => call);
}

const never = Number.MAX_SAFE_INTEGER;
