import { already, done, no } from "./answers.ts";
import type { Result } from "./decision.ts";
import type { AcdEvent, CallJoined } from "./events.ts";
import { closeCall } from "./offers.ts";
import { lengthOf, onJoining } from "./overflow.ts";
import { backToFree, startWrapUp } from "./shifts.ts";
import type { CallId, WaitingCall } from "./types.ts";
import { waitingCallId } from "./waiting-call-id.ts";
import { listOf, moveShift, putCall, type Work } from "./work.ts";

type Of<T extends AcdEvent["type"]> = Extract<AcdEvent, { type: T }>;

/** A caller takes their place. A later visit of the same call ends the earlier one; an earlier one that comes late is refused. */
export function callJoined(work: Work, event: CallJoined): Result {
  const { callId, entry, queueIds, place, priority, leaveWhenUnstaffed, number = null } = event;
  const id = waitingCallId(callId, entry);
  const known = work.calls[id];
  if (known !== undefined) return known.closedAt === null ? already : no("callGone");
  for (const other of openVisits(work, callId)) {
    if (other.entry > entry) return no("stale");
    closeCall(work, other, "movedOn");
  }
  const { skills, preferred, leaveWhenFull, before } = event;
  const first = queueIds[0] ?? "";
  const length = lengthOf(work.calls, first);
  const joined: WaitingCall = {
    id,
    companyId: work.before.companyId,
    callId,
    entry,
    rev: 0,
    number,
    callback: null,
    queueIds,
    place,
    priority,
    joinedAt: work.now,
    closedAt: null,
    leftReason: null,
    state: "waiting",
    offerIds: [],
    leaveWhenUnstaffed,
    ...(typeof event.offerMs === "number" ? { offerMs: event.offerMs } : {}),
    ...(event.named === undefined ? {} : { named: event.named }),
    ...(event.consult ? { consult: event.consult } : {}),
    dialConfirmed: false,
    refusedBy: {},
    ...(skills !== undefined && skills.length > 0 ? { skills } : {}),
    ...(preferred !== undefined && preferred.operatorIds.length > 0
      ? { preferred: { operatorIds: preferred.operatorIds, until: work.now + preferred.forMs } }
      : {}),
    ...(leaveWhenFull ? { leaveWhenFull } : {}),
    ...(before === undefined ? {} : { before }),
  };
  putCall(work, onJoining(work, joined, work.queues[first], length));
  return done;
}

/** The flow took the call out of the line. */
export function callLeft(work: Work, { callId, entry }: Of<"callLeft">): Result {
  const call = work.calls[waitingCallId(callId, entry)];
  if (call === undefined || call.closedAt !== null) return no("callGone");
  closeCall(work, call, "movedOn");
  return done;
}

/**
 * The caller is gone: the place is given up, pop-ups are withdrawn, an operator whose telephone rang is free, one who talked wraps up.
 * A conversation that was handed to the exchange goes on without our call, so that operator stays as they are. A callback has no caller
 * on the line who could hang up: of the call that was placed for it, `conversationEnded` tells. What was promised in the call may be made.
 */
export function callHungUp(work: Work, { callId }: Of<"callHungUp">): Result {
  const visits = openVisits(work, callId);
  for (const call of visits) closeCall(work, call, "hungUp");
  let touched = visits.length > 0;
  for (const shift of listOf(work.shifts)) {
    if (shift.current?.callId !== callId) continue;
    if (shift.state === "talking") startWrapUp(work, shift);
    else if (shift.state === "dialling" && shift.current.offerId === null)
      backToFree(work, moveShift(work, shift, "available"));
    else continue;
    touched = true;
  }
  for (const call of listOf(work.calls)) {
    if (call.callback?.heldFor !== callId || call.closedAt !== null) continue;
    putCall(work, { ...call, callback: { ...call.callback, heldFor: null } });
    touched = true;
  }
  return touched ? done : no("callGone");
}

function openVisits(work: Work, callId: CallId): readonly WaitingCall[] {
  return listOf(work.calls).filter(
    (call) => call.callId === callId && call.callback === null && call.closedAt === null,
  );
}
