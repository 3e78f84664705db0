import type { EventData } from "@cordboard/api";
import type { ByHand } from "./by-hand.ts";
import type { HalfDay } from "./half-day.ts";

/** The day's counts of the live board, by queue, without what it says of now. */
export function boardOf({ live }: Pick<HalfDay, "live">) {
  return Object.fromEntries(
    live.queues.map(({ queueId, day, waiting }) => {
      const { offered, answered, abandoned, shortAbandoned, left, inTime } = day;
      return [queueId, { waiting, offered, answered, abandoned, shortAbandoned, left, answeredInTime: inTime }];
    }),
  );
}

/** The same of what was counted by hand. */
export function boardByHand({ queues }: ByHand): ReturnType<typeof boardOf> {
  return Object.fromEntries(
    Object.entries(queues).map(([queueId, figures]) => {
      const { waiting, offered, answered, abandoned, shortAbandoned, left, answeredInTime } = figures;
      return [queueId, { waiting, offered, answered, abandoned, shortAbandoned, left, answeredInTime }];
    }),
  );
}

type Reason = EventData<"call.dequeued">["reason"];

interface Left {
  readonly queueId: string | undefined;
  readonly reason: Reason;
  readonly waitedMs: number;
}

/** How each call left the line, each time, as the events told it. */
export function dequeuedOf({ events }: Pick<HalfDay, "events">): ReadonlyMap<string, readonly Left[]> {
  const calls = new Map<string, Left[]>();
  for (const { type, data } of events) {
    if (type !== "call.dequeued") continue;
    const { callId, queueIds, reason, waitedMs } = data as EventData<"call.dequeued">;
    calls.set(callId, [...(calls.get(callId) ?? []), { queueId: queueIds[0], reason, waitedMs }]);
  }
  return calls;
}

const reasons = { answered: "answered", abandoned: "hungUp", shortAbandoned: "hungUp", left: "movedOn" } as const;

/** The same of what was counted by hand. */
export function dequeuedByHand({ visits }: ByHand): ReadonlyMap<string, readonly Left[]> {
  const calls = new Map<string, Left[]>();
  for (const { callId, queueId, how, wait } of visits) {
    if (how === "waiting") continue;
    calls.set(callId, [...(calls.get(callId) ?? []), { queueId, reason: reasons[how], waitedMs: wait }]);
  }
  return calls;
}
