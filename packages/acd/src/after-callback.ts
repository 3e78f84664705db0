import type { Callback, CallbackAttempt, LeftReason, Offer, OfferOutcome, Queue, WaitingCall } from "./types.ts";
import { withoutOffer } from "./without-offer.ts";

/** What becomes of a callback: it is over (`left`), or waits again. */
export interface AfterCallback {
  readonly call: WaitingCall;
  readonly left: LeftReason | null;
}

/**
 * What an accepted offer's end is to its callback. The number answered: the promise is kept. It did not: an attempt is used up, and the
 * next one comes later, or never. Anything else was not the number's doing: back in line, at the place it had, attempts as they were.
 * An operator's own (`once`) is over however it ended. Null: the callback does not hold this offer (any more), and it changes nothing.
 */
export function afterCallback(
  call: WaitingCall,
  callback: Callback,
  offer: Offer,
  outcome: OfferOutcome,
  at: number,
  queue: Queue | undefined,
): AfterCallback | null {
  if (outcome !== "answered" && !call.offerIds.includes(offer.id)) return null;
  const result = attemptOf(outcome);
  const attempts: readonly CallbackAttempt[] =
    result === null
      ? callback.attempts
      : [...callback.attempts, { offerId: offer.id, operatorId: offer.operatorId, at, result }];
  const tried = { ...call, callback: { ...callback, attempts } };
  if (result === "answered") return { call: tried, left: "answered" };
  if (callback.once || attempts.length >= callback.attemptsAllowed) return { call: tried, left: "givenUp" };
  const waiting = withoutOffer(call, offer.id);
  if (result !== null) {
    // Rung before the time that was chosen: that one is kept all the same.
    const notBefore = Math.max(at + callback.retryMs, callback.slotAt ?? 0);
    const later = { ...tried.callback, notBefore, urgent: false };
    return { call: { ...waiting, callback: later }, left: null };
  }
  return { call: outcome === "abandoned" ? notAtOnceTo(waiting, offer, at, queue) : waiting, left: null };
}

function attemptOf(outcome: OfferOutcome): CallbackAttempt["result"] | null {
  switch (outcome) {
    case "answered":
    case "numberBusy":
    case "numberSilent":
    case "numberUnreachable":
    case "numberMachine":
      return outcome;
    default:
      return null;
  }
}

/** An operator who hung up before the number answered is not offered it again in the same moment. */
function notAtOnceTo(call: WaitingCall, { operatorId }: Offer, at: number, queue: Queue | undefined): WaitingCall {
  const until = at + (queue?.askAgainMs ?? 0);
  const aloneUntil = at + (queue?.askAgainAloneMs ?? 0);
  return { ...call, refusedBy: { ...call.refusedBy, [operatorId]: { how: "refused", at, until, aloneUntil } } };
}
