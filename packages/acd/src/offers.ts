import { afterCallback } from "./after-callback.ts";
import { isConnecting, isSameBusiness } from "./callbacks.ts";
import { isTelephoneFailure, pauseReasonOf } from "./operator-states.ts";
import { backToFree, closeShift, tell } from "./shifts.ts";
import type {
  LeftReason,
  Offer,
  OfferEnd,
  OfferOutcome,
  Shift,
  TelephoneFailure,
  WaitingCall,
  Why,
  WithdrawReason,
} from "./types.ts";
import { withoutOffer } from "./without-offer.ts";
import { listOf, moveShift, putCall, putOffer, type Work } from "./work.ts";

/** How long an agent may take to show an offer that accepts itself. */
const toBeShownMs = 5_000;

/** Offers a waiting call to a free operator: both are busy with it from here on (O1, O2). */
export function makeOffer(work: Work, call: WaitingCall, shift: Shift, queueId: string, why: Why): Offer {
  const queue = work.queues[queueId];
  const id = freshOfferId(work);
  const autoAcceptMs = work.operators[shift.operatorId]?.autoAcceptMs ?? queue?.autoAcceptMs ?? null;
  // One that accepts itself stands until it has: also where the agent takes a moment to show it.
  const least = autoAcceptMs === null ? 0 : autoAcceptMs + toBeShownMs;
  const offer = putOffer(work, {
    id,
    companyId: call.companyId,
    rev: 0,
    callId: call.callId,
    waitingCallId: call.id,
    operatorId: shift.operatorId,
    shiftId: shift.id,
    queueId,
    state: "offered",
    offeredAt: work.now,
    expiresAt: work.now + Math.max(call.offerMs ?? queue?.offerMs ?? 0, least),
    endedAt: null,
    closedAt: null,
    withdrawReason: null,
    outcome: null,
    why,
    ...(autoAcceptMs === null ? {} : { autoAcceptMs, shownAt: null }),
  });
  const current = { callId: call.callId, offerId: id, queueId };
  moveShift(work, shift, "offered", { current, lastOfferedAt: work.now });
  putCall(work, { ...call, state: "offered", offerIds: [...call.offerIds, id], dialConfirmed: false });
  const { shiftId, operatorId, callId, expiresAt } = offer;
  work.intents.push({ type: "offer", offerId: id, shiftId, operatorId, callId, queueId, expiresAt });
  return offer;
}

/** A name that no offer of the slice has, even if a host gave the same random text twice. */
function freshOfferId(work: Work): string {
  for (;;) {
    const number = work.offersMade++;
    const id = `offer_${work.fresh}${number === 0 ? "" : `.${number}`}`;
    if (work.offers[id] === undefined) return id;
  }
}

/**
 * The operator takes the offer: the shift is already, or becomes, `ringing`; offer and call follow, and the call is told to dial.
 * Others who were asked at the same time are told that somebody was faster. The shift is written first, so a decision cut after it is completed by `repair` (O3).
 */
export function acceptOffer(work: Work, shift: Shift, offer: Offer, call: WaitingCall): void {
  if (shift.state === "offered") startConnecting(work, shift, call);
  const endedAt = work.shifts[shift.id]?.since ?? work.now;
  if (offer.state === "offered") putOffer(work, { ...offer, state: "accepted", endedAt });
  const taken = work.calls[call.id] ?? call;
  putCall(work, { ...taken, state: "connecting", offerIds: [offer.id], dialConfirmed: false });
  for (const otherId of call.offerIds) if (otherId !== offer.id) endSlower(work, otherId);
  tellToConnect(work, offer, taken);
}

/** Somebody else took the call. Two who accepted at once, each past the other's write: the slower one's telephone is not rung. */
function endSlower(work: Work, offerId: string): void {
  const offer = work.offers[offerId];
  const shift = work.shifts[offer?.shiftId ?? ""];
  if (shift !== undefined && isConnecting(shift) && shift.current?.offerId === offerId) {
    endRinging(work, shift, "repaired");
  } else releaseOffered(work, offerId, { state: "withdrawn", reason: "takenByOther" });
}

/** The operator's telephone is to ring: for a caller who waits, or first of all for a callback. */
export function startConnecting(work: Work, shift: Shift, call: WaitingCall | undefined): Shift {
  return moveShift(work, shift, call !== undefined && call.callback !== null ? "dialling" : "ringing");
}

/** Tells the call to dial; harmless when it was told before, because the offer's id says which dial is meant. */
export function tellToConnect(work: Work, offer: Offer, call: WaitingCall): void {
  const telephoneId = work.shifts[offer.shiftId]?.telephoneId ?? null;
  if (telephoneId === null) return;
  const { id: offerId, shiftId, operatorId, queueId, callId } = offer;
  work.intents.push({
    type: "connect",
    callId,
    entry: call.entry,
    offerId,
    shiftId,
    operatorId,
    telephoneId,
    queueId,
  });
}

type UnacceptedEnd = Exclude<OfferEnd, { state: "accepted" }>;

/**
 * Ends a live offer before it was accepted: frees the operator (paused when missed and the queue says so), then ends the offer and puts
 * the call back in the line where it was. Does nothing to an offer that is not live.
 */
export function releaseOffered(work: Work, offerId: string, end: UnacceptedEnd): void {
  const offer = work.offers[offerId];
  if (offer === undefined || offer.state !== "offered") return;
  const shift = work.shifts[offer.shiftId];
  if (shift?.state === "offered" && shift.current?.offerId === offerId) {
    const lastOffer = { offerId, end, at: work.now };
    const queue = work.queues[offer.queueId];
    const after = queue?.afterMissed ?? ((queue?.missedMeansPause ?? true) ? "pause" : "stay");
    if (end.state === "expired" && after === "signOut") {
      const free = moveShift(work, shift, "available", { lastOffer, offersMissed: shift.offersMissed + 1 });
      tell(work, free, "signedOutAfterMissed", offer.callId);
      closeShift(work, free);
    } else if (end.state === "expired" && after === "pause") {
      const missed = moveShift(work, shift, "paused", {
        pauseReason: "missed",
        lastOffer,
        offersMissed: shift.offersMissed + 1,
        after: shift.after?.to === "offline" ? shift.after : null,
      });
      tell(work, missed, "missedOffer", offer.callId);
      backToFree(work, missed);
    } else {
      const refused = shift.offersRefused + (end.state === "refused" ? 1 : 0);
      const missed = shift.offersMissed + (end.state === "expired" ? 1 : 0);
      backToFree(
        work,
        moveShift(work, shift, "available", { lastOffer, offersRefused: refused, offersMissed: missed }),
      );
    }
  }
  settleOffer(work, offer, end, work.now);
}

/** Ends the offer and what the call holds of it, as the shift says it ended; used by a decision and by the repair of one that was cut. */
export function settleOffer(work: Work, offer: Offer, end: OfferEnd, at: number): void {
  if (offer.closedAt !== null) return;
  const outcome = end.state === "accepted" ? end.outcome : null;
  const withdrawReason = end.state === "withdrawn" ? end.reason : null;
  putOffer(work, { ...offer, state: end.state, endedAt: offer.endedAt ?? at, closedAt: at, withdrawReason, outcome });
  if (end.state === "withdrawn" || end.state === "expired") {
    const reason = end.state === "withdrawn" ? end.reason : "expired";
    const { id: offerId, shiftId, operatorId, callId } = offer;
    work.intents.push({ type: "withdrawOffer", offerId, shiftId, operatorId, callId, reason });
  }
  const call = work.calls[offer.waitingCallId];
  if (call === undefined || call.closedAt !== null) return;
  const left = leftBy(end);
  if (left !== null) closeCall(work, call, left);
  else if (end.state === "accepted") settleAccepted(work, call, offer, end.outcome, at);
  else putCall(work, rememberRefusal(work, withoutOffer(call, offer.id), offer, end, at));
}

/** Why the call is over with this offer, or null: a decision writes the shift first, and one that was cut there is completed here. */
function leftBy(end: OfferEnd): LeftReason | null {
  if (end.state === "accepted") return end.outcome === "callerLeft" ? "hungUp" : null;
  if (end.state !== "withdrawn") return null;
  if (end.reason === "callerLeft") return "hungUp";
  return end.reason === "cancelled" || end.reason === "calledIn" ? end.reason : null;
}

function settleAccepted(work: Work, call: WaitingCall, offer: Offer, outcome: OfferOutcome, at: number): void {
  if (call.callback !== null) {
    const after = afterCallback(call, call.callback, offer, outcome, at, work.queues[offer.queueId]);
    if (after?.left) closeCall(work, after.call, after.left);
    else if (after) putCall(work, after.call);
  } else if (outcome === "answered") {
    closeCall(work, call, "answered");
  } else if (outcome !== "callerLeft" && call.offerIds.includes(offer.id)) {
    putCall(work, withoutOffer(call, offer.id));
    tellBackToPlace(work, call, offer.id, isTelephoneFailure(outcome) ? outcome : "repaired");
  }
}

/** Tells the call that its caller waits again, at the same place; harmless when it knows. */
export function tellBackToPlace(
  work: Work,
  call: WaitingCall,
  offerId: string,
  reason: TelephoneFailure | "repaired",
): void {
  work.intents.push({ type: "callerBackToPlace", callId: call.callId, entry: call.entry, offerId, reason });
}

/** The call leaves the line; pop-ups for it are withdrawn (O4), and an operator whose telephone was ringing for it is free again. */
export function closeCall(work: Work, call: WaitingCall, leftReason: LeftReason): void {
  putCall(work, { ...call, state: "left", leftReason, offerIds: [], dialConfirmed: false, closedAt: work.now });
  for (const offerId of call.offerIds) {
    const offer = work.offers[offerId];
    const shift = offer && work.shifts[offer.shiftId];
    if (shift !== undefined && isConnecting(shift) && shift.current?.offerId === offerId) {
      endRinging(work, shift, "callerLeft");
    } else releaseOffered(work, offerId, { state: "withdrawn", reason: withdrawnFor(leftReason) });
  }
  if (call.callback !== null) tellCallbackOver(work, call, leftReason);
  else if (leftReason === "answered") endPromisesTo(work, call);
}

function withdrawnFor(leftReason: LeftReason): WithdrawReason {
  return leftReason === "cancelled" || leftReason === "calledIn" ? leftReason : "callerLeft";
}

function tellCallbackOver(work: Work, { callId, queueIds }: WaitingCall, reason: LeftReason): void {
  work.intents.push({ type: "callbackOver", callbackId: callId, queueId: queueIds[0] ?? "", reason });
}

/** The caller has called again and talks to an operator: what they were promised has happened. One that is being made goes on. */
function endPromisesTo(work: Work, answered: WaitingCall): void {
  for (const call of listOf(work.calls)) {
    const promised = call.callback !== null && (call.state === "waiting" || call.state === "offered");
    if (promised && isSameBusiness(call, answered)) closeCall(work, call, "calledIn");
  }
}

function rememberRefusal(work: Work, call: WaitingCall, offer: Offer, end: UnacceptedEnd, at: number): WaitingCall {
  if (end.state === "withdrawn") return call;
  const queue = work.queues[offer.queueId];
  const until = at + (queue?.askAgainMs ?? 0);
  const aloneUntil = at + (queue?.askAgainAloneMs ?? 0);
  const refused = { how: end.state, at, until, aloneUntil };
  return { ...call, refusedBy: { ...call.refusedBy, [offer.operatorId]: refused } };
}

/**
 * The operator's telephone is not (or no longer) being connected: the shift moves on first, with how it ended, then offer and call.
 * A telephone that failed is its operator's to mend: they are set aside and told why. Otherwise they are free again.
 */
export function endRinging(work: Work, shift: Shift, outcome: Exclude<OfferOutcome, "answered">): void {
  const offerId = shift.current?.offerId ?? null;
  const callId = shift.current?.callId ?? null;
  const lastOffer =
    offerId === null ? shift.lastOffer : { offerId, end: { state: "accepted" as const, outcome }, at: work.now };
  if (isTelephoneFailure(outcome)) {
    const pauseReason = pauseReasonOf[outcome];
    const after = shift.after?.to === "offline" ? shift.after : null;
    const paused = moveShift(work, shift, "paused", { pauseReason, lastOffer, after });
    tell(work, paused, pauseReason, callId);
    backToFree(work, paused);
  } else {
    const free = moveShift(work, shift, "available", { lastOffer });
    if (outcome === "callerLeft") tell(work, free, "callerLeftWhileRinging", callId);
    else if (outcome !== "repaired" && outcome !== "abandoned") tell(work, free, outcome, callId);
    backToFree(work, free);
  }
  const offer = offerId === null ? undefined : work.offers[offerId];
  if (offer !== undefined) settleOffer(work, offer, { state: "accepted", outcome }, work.now);
}

/** The telephone answered: the operator talks, the offer is closed, the call has left the line. */
export function startTalking(work: Work, shift: Shift): Shift {
  const offerId = shift.current?.offerId ?? null;
  const end: OfferEnd = { state: "accepted", outcome: "answered" };
  const lastOffer = offerId === null ? shift.lastOffer : { offerId, end, at: work.now };
  const callsTaken = shift.callsTaken + (offerId === null ? 0 : 1);
  const talking = moveShift(work, shift, "talking", { lastOffer, callsTaken });
  const offer = offerId === null ? undefined : work.offers[offerId];
  if (offer !== undefined) settleOffer(work, offer, end, work.now);
  return talking;
}

/** Withdraws what an operator was just being offered, for a reason that is not the call's. */
export function withdrawFrom(work: Work, shift: Shift, reason: WithdrawReason): Shift {
  const offerId = shift.current?.offerId;
  if (shift.state === "offered" && typeof offerId === "string") {
    if (work.offers[offerId] === undefined) freeFromNothing(work, shift);
    else releaseOffered(work, offerId, { state: "withdrawn", reason });
  }
  return work.shifts[shift.id] ?? shift;
}

/** The shift was claimed for an offer that was never written: free it as if nothing had been. */
export function freeFromNothing(work: Work, shift: Shift): void {
  backToFree(work, moveShift(work, shift, "available"));
}
