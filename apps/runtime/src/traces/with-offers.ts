import type { Offer, WaitingCall } from "@cordboard/acd";
import type { TraceEvent } from "../calls/model.ts";

export type MadeOffer = Pick<Offer, "operatorId" | "state" | "offeredAt" | "endedAt" | "withdrawReason">;
type LineVisit = Pick<WaitingCall, "overflow" | "movedUpAt">;

type Told = Omit<TraceEvent, "seq">;

/**
 * A call's trace with what only the call centre knows in its place, numbered anew. The call itself hears of an offer only when it is
 * accepted, which its own trace says.
 */
export function withTold(trace: readonly TraceEvent[], beside: readonly Told[]): readonly TraceEvent[] {
  if (beside.length === 0) return trace;
  const told = [...beside].sort((one, other) => one.at - other.at);
  const merged: Told[] = [];
  for (const event of trace) {
    while (told[0] && told[0].at < event.at) merged.push(told.shift() as Told);
    merged.push(event);
  }
  return [...merged, ...told].map((event, index) => ({ ...event, seq: index + 1 }));
}

/** Who was asked, and who refused or did not answer. */
export function toldOfOffers(offers: readonly MadeOffer[]): readonly Told[] {
  return offers.flatMap(({ operatorId, state, offeredAt, endedAt, withdrawReason }): Told[] => {
    const made = { at: offeredAt, kind: "offer.made", nodeId: null, details: { operatorId } };
    if (endedAt === null || state === "offered" || state === "accepted") return [made];
    const reason = withdrawReason === null ? {} : { reason: withdrawReason };
    return [made, { at: endedAt, kind: `offer.${state}`, nodeId: null, details: { operatorId, ...reason } }];
  });
}

/** That the caller waited in other queues too from then on, and that a supervisor put them before all others. */
export function toldOfLine(visits: readonly LineVisit[]): readonly Told[] {
  return visits.flatMap(({ overflow, movedUpAt }): Told[] => [
    ...(overflow
      ? overflow.queueIds.map((queueId) => ({
          ...{ at: overflow.at, kind: "line.overflowed", nodeId: null },
          details: { queueId, by: overflow.by },
        }))
      : []),
    ...(typeof movedUpAt === "number" ? [{ at: movedUpAt, kind: "line.movedUp", nodeId: null, details: {} }] : []),
  ]);
}
