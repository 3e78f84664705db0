import type { CallDocument } from "./model.ts";

/** How long the two sides have been talking, ms. */
export function talkMs({ leg }: Pick<CallDocument, "leg">, now: number): number {
  const answeredAt = leg?.answeredAt ?? null;
  return answeredAt === null ? 0 : now - answeredAt;
}
