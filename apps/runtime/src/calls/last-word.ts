import type { Clock } from "../ports/index.ts";
import type { CallDocument } from "./model.ts";

/** For the last status of a telephone that rang when the caller hung up. */
const LAST_WORD_MS = 3_000;
/** For what else jambonz may have to say of a call that is over. */
const SETTLE_MS = 500;

/** The caller hung up while a telephone rang: its final status follows within moments, or the leg is left to itself (protocol fact 19). */
export function awaitLastWord({ leg }: CallDocument, clock: Clock, overdue: (offerId: string) => void): void {
  const offerId = leg?.state === "ringing" ? leg.offerId : null;
  if (offerId) clock.at(clock.now() + LAST_WORD_MS, () => overdue(offerId));
}

/** How long a call that has ended stays in memory, ms: until the telephone's last word can be in. */
export function settleMs({ leg }: CallDocument, legEndSeen: boolean): number {
  return leg?.state === "ringing" && !legEndSeen ? LAST_WORD_MS + SETTLE_MS : SETTLE_MS;
}
