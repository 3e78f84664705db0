import type { CallCard } from "@cordboard/api";

/** How a caller is called on the screen: a name over a number, a number alone, or hidden. */
export interface CallerWords {
  /** The largest words of the card; `null` when the caller's number is hidden, which is said in words of the reader's language. */
  readonly headline: string | null;
  /** The number under a name. */
  readonly number: string | null;
}

/** What may be shown of a caller. Of a hidden one nothing is, not even a name that came along: hidden stays hidden. */
export function callerWords(card: Pick<CallCard, "from" | "fromText" | "hidden" | "callerName">): CallerWords {
  if (card.hidden) return { headline: null, number: null };
  const number = card.fromText ?? card.from;
  if (card.callerName !== null && card.callerName.trim() !== "") return { headline: card.callerName, number };
  return { headline: number, number: null };
}
