import type { CallDocument, OutboxItem } from "./model.ts";

/** An item of the outbox that has no name yet. */
export type Owed = Nameless<OutboxItem>;
type Nameless<Item> = Item extends unknown ? Omit<Item, "id"> : never;

/**
 * Adds to what a call owes. Each item gets a number that no other item of the call ever had or will have, whatever step makes it and however
 * many one step makes: whoever carries items knows by it which of them were told. Pure.
 */
export function withOwed<Call extends Pick<CallDocument, "outbox" | "owedSeq">>(
  call: Call,
  ...items: readonly Owed[]
): Call {
  if (items.length === 0) return call;
  const { owedSeq = 0 } = call;
  const named = items.map((item, index): OutboxItem => ({ id: `o${owedSeq + index + 1}`, ...item }));
  return { ...call, owedSeq: owedSeq + items.length, outbox: [...call.outbox, ...named] };
}
