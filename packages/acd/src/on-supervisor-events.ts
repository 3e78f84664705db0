import { already, done, no } from "./answers.ts";
import type { Result } from "./decision.ts";
import type { AcdEvent } from "./events.ts";
import { releaseOffered } from "./offers.ts";
import { byLine } from "./ranking.ts";
import type { CallId, WaitingCall } from "./types.ts";
import { putCall, type Work } from "./work.ts";

type Of<T extends AcdEvent["type"]> = Extract<AcdEvent, { type: T }>;

/**
 * A supervisor puts a caller ahead of everybody who waits in one of the same queues. Their priority rises, their place stays what it was (O6):
 * those whom they pass keep theirs, and their order.
 */
export function callMovedUp(work: Work, { callId }: Of<"callMovedUp">): Result {
  const call = visitOf(work, callId);
  if (call === undefined) return no("callGone");
  if (call.state === "connecting") return no("underWay");
  const ahead = Object.values(work.calls).filter((other) => isWaitingWith(other, call) && byLine(other, call) < 0);
  if (ahead.length === 0) return already;
  putCall(work, { ...call, priority: Math.max(...ahead.map(({ priority }) => priority)) + 1 });
  return done;
}

/** A supervisor has a caller wait in another queue, at the place that they have: what they have waited counts there too. */
export function callMovedTo(work: Work, { callId, queueId }: Of<"callMovedTo">): Result {
  const call = visitOf(work, callId);
  if (call === undefined) return no("callGone");
  if (call.state === "connecting") return no("underWay");
  if (work.queues[queueId] === undefined) return no("stale");
  if (call.queueIds.length === 1 && call.queueIds[0] === queueId) return already;
  for (const offerId of call.offerIds) releaseOffered(work, offerId, { state: "withdrawn", reason: "forced" });
  putCall(work, { ...(work.calls[call.id] ?? call), queueIds: [queueId] });
  return done;
}

function visitOf(work: Work, callId: CallId): WaitingCall | undefined {
  return Object.values(work.calls).find(
    (call) => call.callId === callId && call.callback === null && call.closedAt === null,
  );
}

function isWaitingWith(other: WaitingCall, call: WaitingCall): boolean {
  const waits = other.state === "waiting" || other.state === "offered";
  return other.id !== call.id && waits && other.queueIds.some((id) => call.queueIds.includes(id));
}
