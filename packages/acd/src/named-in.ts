import type { AcdEvent } from "./events.ts";
import { waitingCallId } from "./on-call-events.ts";
import type { OfferId, ShiftId, WaitingCallId } from "./types.ts";

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
    callIds: "entry" in event ? [waitingCallId(event.callId, event.entry)] : [],
    offerIds: "offerId" in event && event.offerId !== null ? [event.offerId] : [],
  };
}
