import type { AcdEvent } from "./events.ts";
import type { AcdState, OfferId, ShiftId, WaitingCallId } from "./types.ts";
import { waitingCallId } from "./waiting-call-id.ts";

export interface Named {
  readonly shiftIds: readonly ShiftId[];
  readonly callIds: readonly WaitingCallId[];
  readonly offerIds: readonly OfferId[];
}

/**
 * The entities that an event names by their id. A host loads these too, open or closed, beside everything that is open: a caller who is
 * said to have joined, late and again, is known to have left, and is not inserted a second time.
 */
export function namedIn(event: AcdEvent): Named {
  return {
    shiftIds: "shiftId" in event ? [event.shiftId] : [],
    callIds: callIdsIn(event),
    offerIds: "offerId" in event && event.offerId !== null ? [event.offerId] : [],
  };
}

function callIdsIn(event: AcdEvent): readonly WaitingCallId[] {
  if ("entry" in event) return [waitingCallId(event.callId, event.entry)];
  const isOfCallback = event.type.startsWith("callback") || event.type === "machineFound";
  return isOfCallback && "callId" in event ? [waitingCallId(event.callId, 1)] : [];
}

/**
 * Shifts that open offers name and that are not loaded: closed ones, of operators who signed out in a decision that was cut before the
 * offer's write. Mostly none; a host loads them too, because only they know how the offer ended.
 */
export function shiftsMissingIn({ offers, shifts }: Pick<AcdState, "offers" | "shifts">): readonly ShiftId[] {
  const named = Object.values(offers).flatMap(({ closedAt, shiftId }) => (closedAt === null ? [shiftId] : []));
  return [...new Set(named)].filter((id) => shifts[id] === undefined);
}
