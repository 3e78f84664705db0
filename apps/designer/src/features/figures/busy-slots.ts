import type { DayFigures } from "@cordboard/api";

type Slot = DayFigures["slots"][number];

/** The part of a day in which something happened, from an hour before to an hour after; the usual working day where nothing did. */
export function busySlots(slots: readonly Slot[]): readonly Slot[] {
  const anHour = Math.max(1, Math.round(slots.length / 24));
  const isBusy = (slot: Slot) => slot.calls > 0 || slot.figures.offered > 0;
  const first = slots.findIndex(isBusy);
  if (first === -1) return slots.slice(8 * anHour, 18 * anHour);
  return slots.slice(Math.max(0, first - anHour), slots.findLastIndex(isBusy) + anHour + 1);
}
