import type { CallCard } from "@cordboard/api";

/** How a caller is called on the screen: a name over a number, a number alone, or hidden. */
export interface CallerWords {
  /** The largest words of the card; `null` when the caller's number is hidden, which is said in words of the reader's language. */
  readonly headline: string | null;
  /** The number under a name. */
  readonly number: string | null;
}

/**
 * What may be shown of a caller: the contact's name, where it is clear who it is; else what the network says. Of a hidden number nothing is
 * shown, not even a name that came along: hidden stays hidden, but who said by a customer number who they are is called by name.
 */
export function callerWords(
  card: Pick<CallCard, "from" | "fromText" | "hidden" | "callerName" | "contacts">,
): CallerWords {
  const number = card.hidden ? null : (card.fromText ?? card.from);
  const [contact, another] = card.contacts;
  if (contact && !another) return { headline: contact.name, number };
  if (card.hidden) return { headline: null, number: null };
  if (card.callerName !== null && card.callerName.trim() !== "") return { headline: card.callerName, number };
  return { headline: number, number: null };
}
