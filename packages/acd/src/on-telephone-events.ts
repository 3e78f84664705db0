import { already, done, no } from "./answers.ts";
import type { Result } from "./decision.ts";
import type { AcdEvent } from "./events.ts";
import { endRinging, startTalking, tellBackToPlace, tellToConnect, withdrawFrom } from "./offers.ts";
import { backToFree, openShift, shiftOn, startWrapUp, tell } from "./shifts.ts";
import type { RungEnd, Shift } from "./types.ts";
import { listOf, moveShift, putCall, putShift, type Work } from "./work.ts";

type Of<T extends AcdEvent["type"]> = Extract<AcdEvent, { type: T }>;

/** The dial is under way: the call need not be told again. */
export function telephoneRinging(work: Work, { callId, offerId, rings }: Of<"telephoneRinging">): Result {
  if (offerId === null) return dialledRings(work, callId, rings);
  const call = listOf(work.calls).find((one) => one.callId === callId && one.state === "connecting");
  if (call === undefined || !call.offerIds.includes(offerId)) return no("alreadyEnded");
  const news = rings !== undefined && callbackRings(work, callId, offerId, rings);
  if (call.dialConfirmed) return news ? done : already;
  putCall(work, { ...call, dialConfirmed: true });
  return done;
}

/** What rings of a callback that this operator makes is said on their screen, and decides nothing. */
function callbackRings(work: Work, callId: string, offerId: string, rings: RungEnd): boolean {
  const shift = shiftOn(work, callId, offerId);
  if (shift?.state !== "dialling" || shift.current === null || shift.current.rings === rings) return false;
  putShift(work, { ...shift, current: { ...shift.current, rings } });
  return true;
}

function dialledRings(work: Work, callId: string, rings: RungEnd | undefined): Result {
  const shift = shiftOn(work, callId, null);
  if (shift?.state !== "dialling" || shift.current === null) return no("alreadyEnded");
  if (shift.current.dialConfirmed && (rings === undefined || rings === shift.current.rings)) return already;
  putShift(work, { ...shift, current: { ...shift.current, dialConfirmed: true, ...(rings && { rings }) } });
  return done;
}

/** Operator and caller (or called party) talk. Too late when the caller left meanwhile: then `alreadyEnded`. */
export function telephoneAnswered(work: Work, { callId, offerId }: Of<"telephoneAnswered">): Result {
  const shift = shiftOn(work, callId, offerId);
  switch (shift?.state) {
    case "ringing":
    case "dialling":
      startTalking(work, shift);
      return done;
    case "talking":
    case "handedOver":
    case "wrapUp":
      return already;
    default:
      return no("alreadyEnded");
  }
}

/**
 * The telephone did not connect: the caller is back at the place they had, the operator is set aside and told why. Said again, the call
 * is told again, because that may be what was lost.
 */
export function telephoneFailed(work: Work, { callId, offerId, how }: Of<"telephoneFailed">): Result {
  const shift = shiftOn(work, callId, offerId);
  if (shift?.state === "ringing") {
    endRinging(work, shift, how);
    return done;
  }
  if (shift?.state === "dialling") {
    endRinging(work, shift, how);
    return done;
  }
  if (shift !== undefined || offerId === null) return no("alreadyEnded");
  const call = listOf(work.calls).find((one) => one.callId === callId && one.closedAt === null);
  if (call === undefined) return no("callGone");
  if (call.callback !== null) return no("alreadyEnded");
  if (call.state === "connecting") {
    // Somebody else has accepted meanwhile, and of that, too, the call may not have been told.
    const next = work.offers[call.offerIds[0] ?? ""];
    if (next !== undefined && !call.dialConfirmed) tellToConnect(work, next, call);
    return no("alreadyEnded");
  }
  tellBackToPlace(work, call, offerId, how);
  return already;
}

/**
 * Wrap-up begins. That they talked is implied, should the answer be reported after the end. A conversation that was handed to the exchange
 * leaves our call at once, which says nothing of its end: that operator is busy until Ready.
 */
export function conversationEnded(work: Work, { callId, offerId }: Of<"conversationEnded">): Result {
  const shift = shiftOn(work, callId, offerId);
  switch (shift?.state) {
    case "ringing":
      startWrapUp(work, startTalking(work, shift));
      return done;
    case "talking":
      startWrapUp(work, shift);
      return done;
    case "dialling":
      // The operator hung up, or the call was lost, before the number answered: the promise stands.
      if (offerId === null) backToFree(work, moveShift(work, shift, "available"));
      else endRinging(work, shift, "abandoned");
      return done;
    case "handedOver":
    case "wrapUp":
      return already;
    default:
      return no("alreadyEnded");
  }
}

/** The exchange has the conversation: the operator is busy until Ready. */
export function handedOver(work: Work, { callId, offerId }: Of<"handedOver">): Result {
  const shift = shiftOn(work, callId, offerId);
  if (shift?.state === "handedOver") return already;
  if (shift?.state !== "talking" && shift?.state !== "ringing") return no("alreadyEnded");
  const talking: Shift = shift.state === "ringing" ? startTalking(work, shift) : shift;
  moveShift(work, talking, "handedOver");
  return done;
}

/** A leg of this operator's is connected to nobody, and no command can end it: they are asked to hang up, and get no offers until then. */
export function legOrphaned(work: Work, { shiftId, callId }: Of<"legOrphaned">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.orphanedLeg !== null) return already;
  const free = withdrawFrom(work, shift, "orphanedLeg");
  tell(work, free, "hangUpYourTelephone", callId);
  putShift(work, { ...free, orphanedLeg: { callId, since: work.now } });
  return done;
}

export function legClearedByOperator(work: Work, { shiftId }: Of<"legClearedByOperator">): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.orphanedLeg === null) return already;
  putShift(work, { ...shift, orphanedLeg: null });
  return done;
}
