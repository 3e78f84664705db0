import type { AcdState, Offer, Shift, WaitingCall } from "./types.ts";

/** One entity to write. `before` is null when it is to be inserted; otherwise the write is conditional on `before.rev`. */
export type Change =
  | { readonly kind: "shift"; readonly before: Shift | null; readonly after: Shift }
  | { readonly kind: "call"; readonly before: WaitingCall | null; readonly after: WaitingCall }
  | { readonly kind: "offer"; readonly before: Offer | null; readonly after: Offer };

/**
 * What a decision changed, in the order in which it must be written: shifts that let go of a telephone, the other shifts, then
 * calls, then offers.
 *
 * Write one after the other, each conditional on its `rev`; at the first that fails, stop, load again and decide again. What was written
 * until then is a prefix, and a prefix is what `repair` completes: the shift is first because it tells the truth, the offer last because
 * an open offer is the sign that its decision was not finished, and hosts load only what is open.
 */
export function changes(before: AcdState, after: AcdState): readonly Change[] {
  const shifts: Change[] = [];
  for (const shift of changed(before.shifts, after.shifts)) {
    shifts.push({ kind: "shift", before: before.shifts[shift.id] ?? null, after: shift });
  }
  const calls = changed(before.calls, after.calls);
  const offers = changed(before.offers, after.offers);
  return [
    ...shifts.filter(letsGo),
    ...shifts.filter((change) => !letsGo(change)),
    ...calls.map((call): Change => ({ kind: "call", before: before.calls[call.id] ?? null, after: call })),
    ...offers.map((offer): Change => ({ kind: "offer", before: before.offers[offer.id] ?? null, after: offer })),
  ];
}

function changed<T extends { readonly id: string }>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): readonly T[] {
  return before === after ? [] : Object.values(after).filter((entity) => before[entity.id] !== entity);
}

/** Is left without a telephone: that must be so in the store before the next holder's write, or a unique index refuses it. */
function letsGo(change: Change): boolean {
  if (change.kind !== "shift" || change.before === null) return false;
  return change.before.telephoneId !== null && (change.after.telephoneId === null || change.after.closedAt !== null);
}
