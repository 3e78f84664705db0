import type { CallDocument } from "./model.ts";

/** For the last status of a telephone that rang when the caller hung up. */
export const LAST_WORD_MS = 3_000;
/** For what else jambonz may have to say of a call that is over. */
const SETTLE_MS = 500;

/**
 * What names the offer whose telephone (or, of a call that we placed, whose number) rang when the call ended and has not said its last word:
 * a leg that may be connected to nobody (protocol fact 19), and that jambonz can no longer be asked to hang up (fact 49). `null`: there is
 * none. Until it is told of, the call is not settled. A call that an operator dialled has no offer, and is named by itself.
 */
export function unfinishedOffer({ _id, leg, placed }: Pick<CallDocument, "_id" | "leg" | "placed">): string | null {
  if (leg?.state !== "ringing" || leg.way === "refer") return null;
  return placed ? (placed.offerId ?? _id) : leg.offerId;
}

/** The telephone has said its last word, or it was told that there was none: nobody waits for it any more, here or after a restart. */
export function withLastWord(call: CallDocument): CallDocument {
  return call.status === "ended" && call.leg?.state === "ringing" ? { ...call, leg: null } : call;
}

/** How long a call that has ended stays in memory, ms: until the telephone's last word can be in. */
export function settleMs({ leg }: CallDocument): number {
  return leg?.state === "ringing" && leg.way !== "refer" ? LAST_WORD_MS + SETTLE_MS : SETTLE_MS;
}
