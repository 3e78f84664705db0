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
 * Calls that somebody waits for or talks to, or that a callback waits for the end of, and not only since a moment ago. A callback that waits has no call yet; one that is being made
 * has one as soon as that is confirmed.
 */
export function suspects({ calls, shifts }: AcdState, before: number): readonly Suspect[] {
  const waiting = Object.values(calls)
    .filter(
      (call) => call.closedAt === null && call.joinedAt <= before && (call.callback === null || call.dialConfirmed),
    )
    .map(({ callId, offerIds }) => suspect({ callId, offerId: offerIds[0] ?? null }));
  // Their ends may have been told before the promise was made.
  const promisedIn = Object.values(calls)
    .filter((call) => call.closedAt === null && call.joinedAt <= before)
    .flatMap(({ callback }) => callback?.heldFor ?? [])
    .map((callId) => suspect({ callId, offerId: null }));
  const talking = Object.values(shifts)
    .filter((shift) => shift.state === "talking" && shift.since <= before)
    .flatMap(({ current }) => (current ? suspect(current) : []));
  return [...waiting, ...promisedIn, ...talking];
}

function suspect({ callId, offerId }: Pick<Current, "callId" | "offerId">): Suspect {
  const event: AcdEvent = isCallbackId(callId)
    ? { type: "conversationEnded", callId, offerId }
    : { type: "callHungUp", callId };
  return { callId: callOn({ callId, offerId }), event };
}
