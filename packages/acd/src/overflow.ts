import type { TurnedAway } from "./distribution.ts";
import { isTurnedAwayBy } from "./queue-closing.ts";
import type { Queue, WaitingCall } from "./types.ts";
import { listOf, putCall, type Work } from "./work.ts";

/** A caller who waits in the line (not a callback, not one whose operator's telephone rings, not one who is on the way out). */
function waitsInLine(call: WaitingCall): boolean {
  const waits = call.state === "waiting" || call.state === "offered";
  return waits && call.callback === null && !call.turnedAway;
}

/** How many callers whose own queue this is wait in it. */
export function lengthOf(calls: Readonly<Record<string, WaitingCall>>, queueId: string): number {
  let length = 0;
  for (const call of Object.values(calls)) if (waitsInLine(call) && call.queueIds[0] === queueId) length++;
  return length;
}

/**
 * A caller who joins a queue that is closed is to leave it again, and so is one who joins a line that is full where
 * their flow has a way for that; but for one who is meant for an operator (passed on to them, or coming back): they have talked to somebody, and wait for no place that others want. One who joins a long line waits in
 * the queues it overflows to as well. `before`: how many wait already.
 */
export function onJoining(work: Work, call: WaitingCall, queue: Queue | undefined, before: number): WaitingCall {
  if (queue === undefined) return call;
  if (isTurnedAwayBy(work, call, queue)) return { ...call, turnedAway: "closed" };
  const most = queue.mostWaiting ?? null;
  if (most !== null && before >= most && call.leaveWhenFull && call.named === undefined)
    return { ...call, turnedAway: "full" };
  const from = queue.overflow?.fromWaiting ?? null;
  return from !== null && before >= from ? widened(work, call, queue, "length") : call;
}

/** Lets time have its say: who has waited long enough waits in other queues too, and who has waited as long as anybody may is to leave. */
export function overflow(work: Work): void {
  for (const call of listOf(work.calls)) {
    const queue = work.queues[call.queueIds[0] ?? ""];
    if (queue === undefined || !waitsInLine(call)) continue;
    const longest = longestWaitOf(queue, call);
    if (longest !== null && call.joinedAt + longest <= work.now && call.state === "waiting") {
      putCall(work, { ...call, turnedAway: "overflowed" });
      continue;
    }
    const after = overflowAfter(queue, call);
    if (after === null || call.joinedAt + after > work.now) continue;
    const wider = widened(work, call, queue, "time");
    if (wider !== call) putCall(work, wider);
  }
}

/** When time has something to say of this call next, or null; a time that has passed means: at the next opportunity. */
export function nextOverflowAt(queues: Readonly<Record<string, Queue>>, call: WaitingCall): number | null {
  const queue = queues[call.queueIds[0] ?? ""];
  if (queue === undefined || !waitsInLine(call)) return null;
  const times = [longestWaitOf(queue, call), overflowAfter(queue, call)].filter((ms) => ms !== null);
  return times.length === 0 ? null : call.joinedAt + Math.min(...times);
}

/** Tells the flows of those who are on the way out, at each opportunity until they have left. */
export function tellTurnedAway(work: Work): void {
  for (const call of listOf(work.calls)) {
    if (!call.turnedAway || call.state !== "waiting") continue;
    // Said when it is decided, and by every sweep; not beside every other event.
    const known = work.before.calls[call.id]?.turnedAway === call.turnedAway;
    if (known && !work.sweeping) continue;
    const type: TurnedAway = call.turnedAway;
    work.intents.push({ type, callId: call.callId, entry: call.entry });
  }
}

function longestWaitOf(queue: Queue, call: WaitingCall): number | null {
  return call.leaveWhenFull ? (queue.longestWaitMs ?? null) : null;
}

function overflowAfter({ overflow }: Queue, call: WaitingCall): number | null {
  return overflow && !call.overflow && overflow.queueIds.length > 0 ? overflow.afterMs : null;
}

function widened(work: Work, call: WaitingCall, { overflow: rules }: Queue, by: "time" | "length"): WaitingCall {
  if (!rules || call.overflow) return call;
  const queueIds = rules.queueIds.filter((id) => !call.queueIds.includes(id));
  return { ...call, queueIds: [...call.queueIds, ...queueIds], overflow: { at: work.now, by, queueIds } };
}
