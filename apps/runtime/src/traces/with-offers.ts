import type { Offer } from "@cordboard/acd";
import type { TraceEvent } from "../calls/model.ts";

export type MadeOffer = Pick<Offer, "operatorId" | "state" | "offeredAt" | "endedAt" | "withdrawReason">;

type Told = Omit<TraceEvent, "seq">;

/**
 * A call's trace with the offers of it in their places, numbered anew. The call itself hears of an offer only when it is accepted, which
 * its own trace says; who was asked and refused, or did not answer, the call centre knows.
 */
export function withOffers(trace: readonly TraceEvent[], offers: readonly MadeOffer[]): readonly TraceEvent[] {
  if (offers.length === 0) return trace;
  const told = offers.flatMap(tell).sort((one, other) => one.at - other.at);
  const merged: Told[] = [];
  for (const event of trace) {
    while (told[0] && told[0].at < event.at) merged.push(told.shift() as Told);
    merged.push(event);
  }
  return [...merged, ...told].map((event, index) => ({ ...event, seq: index + 1 }));
}

function tell({ operatorId, state, offeredAt, endedAt, withdrawReason }: MadeOffer): Told[] {
  const made = { at: offeredAt, kind: "offer.made", nodeId: null, details: { operatorId } };
  if (endedAt === null || state === "offered" || state === "accepted") return [made];
  const reason = withdrawReason === null ? {} : { reason: withdrawReason };
  return [made, { at: endedAt, kind: `offer.${state}`, nodeId: null, details: { operatorId, ...reason } }];
}
