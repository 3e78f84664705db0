import type { AcdEvent, AcdState, Current, Intent } from "@cordboard/acd";
import { callOn, isCallbackId } from "./callback-ids.ts";

/** A call that may have ended without a word reaching us, and what is to happen if so. */
export interface Suspect {
  readonly callId: string;
  readonly event: AcdEvent;
}

/** The dial should have ended long ago. */
export function suspectOf(intent: Extract<Intent, { type: "checkCall" }>): Suspect {
  return suspect(intent);
}

/**
 * Calls that somebody waits for or talks to, or that a callback waits for the end of, and not only since a moment ago. Not those that are being
 * placed for callbacks: what came of such a call may still be on its way when it is over already, and counts as an attempt (`checkCall`
 * asks after the few that never tell).
 */
export function suspects({ calls, shifts }: AcdState, before: number): readonly Suspect[] {
  const waiting = Object.values(calls)
    .filter(({ closedAt, joinedAt }) => closedAt === null && joinedAt <= before)
    // The end of the call in which it was promised may have been told before the promise was made.
    .flatMap(({ callback, callId }) => (callback === null ? callId : (callback.heldFor ?? [])))
    .map((callId) => suspect({ callId, offerId: null }));
  const talking = Object.values(shifts)
    .filter((shift) => shift.state === "talking" && shift.since <= before)
    .flatMap(({ current }) => (current ? suspect(current) : []));
  return [...waiting, ...talking];
}

function suspect({ callId, offerId }: Pick<Current, "callId" | "offerId">): Suspect {
  const event: AcdEvent = isCallbackId(callId)
    ? { type: "conversationEnded", callId, offerId }
    : { type: "callHungUp", callId };
  return { callId: callOn({ callId, offerId }), event };
}
