import {
  acceptOffer,
  closeCall,
  endRinging,
  freeFromNothing,
  releaseOffered,
  settleOffer,
  startConnecting,
  tellBackToPlace,
} from "./offers.ts";
import { isTelephoneFailure } from "./operator-states.ts";
import { closeShift } from "./shifts.ts";
import { loseTelephone, usesTelephone } from "./telephones.ts";
import type { Offer, OfferOutcome, Shift, WaitingCall } from "./types.ts";
import { listOf, putCall, putShift, type Work } from "./work.ts";

/**
 * Completes or undoes what a decision left between two writes. Runs before every event, so that no event ever meets a half-written state.
 *
 * A decision writes shifts, then calls, then offers (`changes`). So **the shift says the truth**: where it is on an offer, offer and call are brought
 * to it (an accepted offer is never lost, O3); where it is not, its `lastOffer` says how the offer ended. A claim whose offer was never
 * written is undone. On a state that is whole it changes nothing.
 */
export function repair(work: Work): void {
  for (const shift of openShifts(work)) repairClaim(work, shift);
  for (const offer of listOf(work.offers)) if (offer.closedAt === null) repairOffer(work, offer.id);
  for (const call of listOf(work.calls)) if (call.closedAt === null) repairCall(work, call.id);
  repairTelephones(work);
}

function openShifts(work: Work): Shift[] {
  return listOf(work.shifts)
    .filter((shift) => shift.closedAt === null)
    .sort((a, b) => a.signedInAt - b.signedInAt || (a.id < b.id ? -1 : 1));
}

function repairClaim(work: Work, { id }: Shift): void {
  const shift = work.shifts[id];
  const offerId = shift?.current?.offerId;
  if (shift === undefined || typeof offerId !== "string") return;
  const offer = work.offers[offerId];
  switch (shift.state) {
    case "offered":
      if (offer === undefined || offer.shiftId !== id || offer.closedAt !== null) freeFromNothing(work, shift);
      else if (offer.state === "offered") repairLiveOffer(work, offer);
      else repairAccepted(work, startConnecting(work, shift, work.calls[offer.waitingCallId]), offer);
      return;
    case "dialling":
    case "ringing":
      if (offer === undefined || offer.shiftId !== id || offer.closedAt !== null) endRinging(work, shift, "repaired");
      else repairAccepted(work, shift, offer);
      return;
    case "talking":
    case "handedOver":
    case "wrapUp":
      if (offer?.closedAt === null) {
        settleOffer(work, offer, { state: "accepted", outcome: "answered" }, work.now);
      }
      return;
    default:
      return;
  }
}

/** The shift and the offer were written, the call not; or the call went to another offer or away meanwhile. */
function repairLiveOffer(work: Work, offer: Offer): void {
  const call = work.calls[offer.waitingCallId];
  if (call === undefined || call.closedAt !== null) {
    releaseOffered(work, offer.id, { state: "withdrawn", reason: "callerLeft" });
  } else if (!call.offerIds.includes(offer.id)) {
    if (call.offerIds.some((id) => isHeld(work, id))) {
      releaseOffered(work, offer.id, { state: "withdrawn", reason: "repaired" });
    } else {
      putCall(work, { ...call, state: "offered", offerIds: [offer.id], dialConfirmed: false });
    }
  }
}

/** The shift says that its telephone rings: offer and call follow, unless the caller has gone. */
function repairAccepted(work: Work, shift: Shift, offer: Offer): void {
  const call = work.calls[offer.waitingCallId];
  const connectingElsewhere = call?.state === "connecting" && !call.offerIds.includes(offer.id);
  if (call === undefined || call.closedAt !== null) endRinging(work, shift, "callerLeft");
  else if (connectingElsewhere) endRinging(work, shift, "repaired");
  else if (offer.state !== "accepted" || call.state !== "connecting") acceptOffer(work, shift, offer, call);
}

function isHeld(work: Work, offerId: string): boolean {
  const offer = work.offers[offerId];
  return offer?.closedAt === null && work.shifts[offer.shiftId]?.current?.offerId === offerId;
}

/** An open offer that its shift has left: it ended as `lastOffer` says; when even that is gone, it was withdrawn. */
function repairOffer(work: Work, offerId: string): void {
  const offer = work.offers[offerId];
  if (offer === undefined || offer.closedAt !== null || isHeld(work, offerId)) return;
  const last = work.shifts[offer.shiftId]?.lastOffer;
  if (last?.offerId === offerId) settleOffer(work, offer, last.end, last.at);
  else if (offer.state === "accepted") settleOffer(work, offer, { state: "accepted", outcome: "repaired" }, work.now);
  else settleOffer(work, offer, { state: "withdrawn", reason: "repaired" }, work.now);
}

/** A call that holds offers which are over: it waits, where it was. */
function repairCall(work: Work, callId: string): void {
  const call = work.calls[callId];
  if (call === undefined || call.closedAt !== null) return;
  const offerIds = call.offerIds.filter((id) => isHeld(work, id));
  if (offerIds.length === call.offerIds.length) return;
  if (call.offerIds.some((id) => outcomeOf(work, id) === "answered")) {
    closeCall(work, call, "answered");
    return;
  }
  const waiting: WaitingCall = { ...call, offerIds, dialConfirmed: false };
  putCall(work, offerIds.length === 0 ? { ...waiting, state: "waiting" } : waiting);
  const [offerId] = call.offerIds;
  if (call.state === "connecting" && call.callback === null && offerId !== undefined) {
    const outcome = outcomeOf(work, offerId);
    tellBackToPlace(work, call, offerId, outcome !== null && isTelephoneFailure(outcome) ? outcome : "repaired");
  }
}

/** What came of an accepted offer; a closed one need not be in the slice, but its shift remembers it. */
function outcomeOf(work: Work, offerId: string): OfferOutcome | null {
  const offer = work.offers[offerId];
  if (offer !== undefined) return offer.outcome;
  const end = openShifts(work).find((shift) => shift.lastOffer?.offerId === offerId)?.lastOffer?.end;
  return end?.state === "accepted" ? end.outcome : null;
}

/**
 * A telephone that two shifts came to hold, or an operator with two shifts (each raced past the other's write, where a store has no
 * unique index): whoever uses it keeps it, else the first signed in; the other is set aside and told (O7, O8).
 */
function repairTelephones(work: Work): void {
  const holders = new Map<string, Shift>();
  const operators = new Map<string, Shift>();
  for (const { id } of openShifts(work).sort((a, b) => Number(usesTelephone(b)) - Number(usesTelephone(a)))) {
    const shift = work.shifts[id];
    if (shift === undefined) continue;
    if (operators.has(shift.operatorId)) signOutTwin(work, shift);
    else operators.set(shift.operatorId, shift);
    const held = work.shifts[id];
    if (held === undefined || held.closedAt !== null || held.telephoneId === null) continue;
    if (holders.has(held.telephoneId)) loseTelephone(work, held);
    else holders.set(held.telephoneId, held);
  }
}

function signOutTwin(work: Work, shift: Shift): void {
  if (shift.state === "offered") {
    releaseOffered(work, shift.current?.offerId ?? "", { state: "withdrawn", reason: "signedOut" });
  }
  const twin = work.shifts[shift.id] ?? shift;
  if (twin.state === "available" || twin.state === "paused" || twin.state === "wrapUp") closeShift(work, twin);
  else if (twin.after?.to !== "offline") putShift(work, { ...twin, after: { to: "offline" } });
}
