import { already, done, no } from "./answers.ts";
import type { Result } from "./decision.ts";
import type { AcdEvent } from "./events.ts";
import { movedUpAtOf } from "./line-order.ts";
import { releaseOffered } from "./offers.ts";
import type { CallId, WaitingCall } from "./types.ts";
import { listOf, putCall, type Work } from "./work.ts";

type Of<T extends AcdEvent["type"]> = Extract<AcdEvent, { type: T }>;

/**
 * A supervisor puts a caller, or a callback, before all others, wherever it waits; what was moved up earlier stays before it. Its place and its
 * priority stay what they were (O6): those whom it passes keep theirs, and their order.
 */
export function callMovedUp(work: Work, { callId }: Of<"callMovedUp">): Result {
  const call = waitingOf(work, callId);
  if (call === undefined) return no("callGone");
  if (call.state === "connecting") return no("underWay");
  if (movedUpAtOf(call) !== null) return already;
  putCall(work, { ...call, movedUpAt: work.now });
  return done;
}

/**
 * A supervisor has a caller wait in another queue, at the place that they have: what they have waited counts there too. From then on they
 * wait in that queue only, and overflow as it does.
 */
export function callMovedTo(work: Work, { callId, queueId }: Of<"callMovedTo">): Result {
  const call = waitingOf(work, callId);
  if (call === undefined || call.callback !== null) return no("callGone");
  if (call.state === "connecting") return no("underWay");
  if (work.queues[queueId] === undefined) return no("stale");
  if (call.queueIds.length === 1 && call.queueIds[0] === queueId) return already;
  for (const offerId of call.offerIds) releaseOffered(work, offerId, { state: "withdrawn", reason: "forced" });
  const { overflow: _, ...moved } = work.calls[call.id] ?? call;
  putCall(work, { ...moved, queueIds: [queueId] });
  return done;
}

/** The call in line; one that is on its way out of it (`turnedAway`) is not there any more. */
function waitingOf(work: Work, callId: CallId): WaitingCall | undefined {
  return listOf(work.calls).find((call) => call.callId === callId && call.closedAt === null && !call.turnedAway);
}
