import { already, done, later, no } from "./answers.ts";
import type { Result } from "./decision.ts";
import type { AcdEvent, SignedIn } from "./events.ts";
import { acceptOffer, releaseOffered, tellToConnect, withdrawFrom } from "./offers.ts";
import {
  closeShift,
  endWrapUp,
  extensionsLeft,
  openShift,
  shiftOfOperator,
  startWrapUp,
  tell,
  tellToDial,
} from "./shifts.ts";
import { takeTelephone } from "./telephones.ts";
import type { After, Shift } from "./types.ts";
import { moveShift, putOffer, putShift, type Work } from "./work.ts";

type Of<T extends AcdEvent["type"]> = Extract<AcdEvent, { type: T }>;

/** Opens a shift. Who is signed in already keeps their shift, with the call they are on, and gets the new connection. */
export function signedIn(work: Work, event: SignedIn): Result {
  const { operatorId, shiftId, telephoneId, takeOver, queueIds, connectionId } = event;
  const present = shiftOfOperator(work.shifts, operatorId);
  if (present !== undefined) {
    const connection = connectionId === null ? present.connection : { id: connectionId, since: work.now };
    const after = present.after?.to === "offline" ? null : present.after;
    putShift(work, { ...present, connection, after });
    return { ok: true, shiftId: present.id, note: "already" };
  }
  if (work.shifts[shiftId] !== undefined) return no("shiftEnded");
  const foreign = notServed(work, operatorId, queueIds);
  if (foreign.length > 0) return { ok: false, reason: "notOfQueue", queueIds: foreign };
  const refusal = takeTelephone(work, shiftId, telephoneId, takeOver);
  if (refusal !== null) return refusal;
  const { now } = work;
  const offline: Shift = {
    id: shiftId,
    companyId: work.before.companyId,
    operatorId,
    rev: 0,
    signedInAt: now,
    closedAt: null,
    state: "offline",
    since: now,
    pauseReason: null,
    pauseLabel: null,
    wrapUpUntil: null,
    telephoneId,
    queueIds,
    current: null,
    after: null,
    connection: { id: connectionId, since: now },
    orphanedLeg: null,
    lastOffer: null,
    idleSince: now,
    lastOfferedAt: null,
    callsTaken: 0,
    offersRefused: 0,
    offersMissed: 0,
  };
  moveShift(work, offline, "available");
  return { ok: true, shiftId };
}

/** At once where that ends no conversation, otherwise after the present call. */
export function signedOut(work: Work, { shiftId }: Of<"signedOut">): Result {
  return leave(work, shiftId, { to: "offline" });
}

/** A pause that the operator asks for: now, or after the present call, its wrap-up or the offer on the screen. */
export function paused(work: Work, { shiftId, label }: Of<"paused">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.state === "available" || shift.state === "paused") {
    if (shift.pauseReason === "asked" && shift.pauseLabel === label) return already;
    moveShift(work, shift, "paused", { pauseReason: "asked", pauseLabel: label });
    return done;
  }
  putShift(work, { ...shift, after: { to: "paused", reason: "asked", label } });
  return later;
}

/** Ends a pause; in a call, takes back what was asked for after it. */
export function resumed(work: Work, { shiftId }: Of<"resumed">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.state === "paused") moveShift(work, shift, "available", { idleSince: work.now, after: null });
  else if (shift.after !== null) putShift(work, { ...shift, after: null });
  else return already;
  return done;
}

/** Done with wrap-up, or with a conversation that the exchange has. */
export function ready(work: Work, { shiftId }: Of<"ready">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  // A pause that was asked for after the call has begun: the wrap-up is over.
  if (shift.state === "available" || shift.state === "paused") return already;
  if (shift.state === "handedOver") endWrapUp(work, startWrapUp(work, shift));
  else if (shift.state === "wrapUp") endWrapUp(work, shift);
  else return no("wrongState");
  return done;
}

/** Puts off the end of the wrap-up by the queue's stretch; `wrongState` when there is no end to put off, or no stretch is left. */
export function wrapUpExtended(work: Work, { shiftId }: Of<"wrapUpExtended">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.wrapUpUntil === null || extensionsLeft(work.queues, shift) === 0) return no("wrongState");
  const extension = work.queues[shift.current?.queueId ?? ""]?.wrapUpExtension;
  putShift(work, {
    ...shift,
    wrapUpUntil: shift.wrapUpUntil + (extension?.ms ?? 0),
    wrapUpExtended: (shift.wrapUpExtended ?? 0) + 1,
  });
  return done;
}

/** A supervisor's order: an offer on the screen is withdrawn, a wrap-up ended; a ringing telephone or a conversation is not touched. */
export function forced(work: Work, { shiftId, to }: Of<"forced">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  tell(work, shift, "forcedBySupervisor", shift.current?.callId ?? null);
  if (to === "offline") return leave(work, shiftId, { to });
  if (to === "paused") return leave(work, shiftId, { to, reason: "forced", label: null });
  return shift.state === "wrapUp" || shift.state === "handedOver"
    ? leave(work, shiftId, null)
    : resumed(work, { type: "resumed", shiftId });
}

/** Brings an operator to where `after` says, at once if no telephone is ringing and nobody talks; otherwise it is noted. */
function leave(work: Work, shiftId: string, after: After): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  const free = withdrawFrom(work, shift, after?.to === "paused" ? "forced" : "signedOut");
  switch (free.state) {
    case "handedOver":
      endWrapUp(work, startWrapUp(work, putShift(work, { ...free, after })));
      return done;
    case "wrapUp":
      endWrapUp(work, putShift(work, { ...free, after }));
      return done;
    case "available":
    case "paused":
      if (after?.to === "offline") closeShift(work, free);
      else if (after?.to === "paused" && free.pauseReason !== "forced") {
        moveShift(work, free, "paused", { pauseReason: after.reason, pauseLabel: after.label, after: null });
      } else return already;
      return done;
    case "offline":
      return done;
    default:
      putShift(work, { ...free, after });
      return later;
  }
}

/**
 * The operator takes the offer. It counts as long as the offer is live, even a moment after its time; one that was withdrawn, refused, or
 * swept away is over (`alreadyEnded`), and what the operator has now is not touched. Said again, the call is told again.
 */
export function accepted(work: Work, { shiftId, offerId }: Of<"accepted">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  const offer = work.offers[offerId];
  if (shift.current?.offerId !== offerId) {
    return no(offer !== undefined && offer.shiftId !== shiftId ? "notYours" : "alreadyEnded");
  }
  const call = offer && work.calls[offer.waitingCallId];
  if (offer === undefined || call === undefined) return shift.state === "offered" ? no("alreadyEnded") : already;
  if (shift.state === "offered") {
    acceptOffer(work, shift, offer, call);
    return done;
  }
  if (shift.state === "ringing" && !call.dialConfirmed) tellToConnect(work, offer, call);
  return already;
}

/** The operator does not take it; the caller keeps the place, and this operator is not asked for this call again for a while. */
export function refused(work: Work, { shiftId, offerId }: Of<"refused">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  const offer = work.offers[offerId];
  if (shift.state !== "offered" || shift.current?.offerId !== offerId || offer === undefined) {
    return no(offer !== undefined && offer.shiftId !== shiftId ? "notYours" : "alreadyEnded");
  }
  if (work.queues[offer.queueId]?.refusalAllowed === false) return no("refusalNotAllowed");
  releaseOffered(work, offerId, { state: "refused" });
  return done;
}

/** The pop-up is on the screen. */
export function offerShown(work: Work, { shiftId, offerId }: Of<"offerShown">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  const offer = work.offers[offerId];
  if (shift.state !== "offered" || shift.current?.offerId !== offerId || offer === undefined) return no("alreadyEnded");
  if (typeof offer.shownAt === "number") return already;
  putOffer(work, { ...offer, shownAt: work.now });
  return done;
}

/** What operators know, and how they accept. */
export function operatorsSeen(work: Work, { operators }: Of<"operatorsSeen">): Result {
  work.operators = operators;
  return done;
}

/** Which of their queues the operator serves now; an offer that is on the screen stands. */
export function queuesTicked(work: Work, { shiftId, queueIds }: Of<"queuesTicked">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  const foreign = notServed(work, shift.operatorId, queueIds);
  if (foreign.length > 0) return { ok: false, reason: "notOfQueue", queueIds: foreign };
  const same = queueIds.length === shift.queueIds.length && queueIds.every((id, at) => id === shift.queueIds[at]);
  if (same) return already;
  putShift(work, { ...shift, queueIds });
  return done;
}

function notServed(work: Work, operatorId: string, queueIds: readonly string[]): readonly string[] {
  return queueIds.filter((id) => work.queues[id]?.operatorIds.includes(operatorId) !== true);
}

/** The agent's socket ended. Calls are not touched; an offer on the screen stands for `connectionGraceMs`. */
export function connectionLost(work: Work, { shiftId, connectionId }: Of<"connectionLost">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.connection.id !== connectionId) return no("oldConnection");
  putShift(work, { ...shift, connection: { id: null, since: work.now } });
  const offer = work.offers[shift.current?.offerId ?? ""];
  // An offer that nobody sees does not accept itself; the agent says so again when it is back.
  if (shift.state === "offered" && offer !== undefined && typeof offer.shownAt === "number") {
    putOffer(work, { ...offer, shownAt: null });
  }
  return done;
}

export function connectionBack(work: Work, { shiftId, connectionId }: Of<"connectionBack">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.connection.id === connectionId) return already;
  const back = putShift(work, { ...shift, connection: { id: connectionId, since: work.now } });
  if (back.pauseReason === "connectionLost") tell(work, back, "connectionWasLost", null);
  return done;
}

/** The operator dials a call of their own: free, or in a pause, to which they return. Said again, the call is ordered again. */
export function dialStarted(work: Work, { shiftId, callId }: Of<"dialStarted">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.current?.callId === callId && shift.current.offerId === null) {
    tellToDial(work, shift);
    return already;
  }
  const mayDial = shift.state === "available" || shift.state === "paused";
  if (!mayDial || shift.telephoneId === null || shift.orphanedLeg !== null) return no("wrongState");
  const current = { callId, offerId: null, queueId: null };
  tellToDial(work, moveShift(work, shift, "dialling", { current, after: afterDialling(shift) }));
  return done;
}

/** A pause that was wished goes on after the call; one that something had led to ends with the operator's being there. */
function afterDialling({ after, pauseReason, pauseLabel }: Shift): After {
  if (pauseReason !== "asked" && pauseReason !== "forced") return after;
  return after ?? { to: "paused", reason: pauseReason, label: pauseLabel };
}
