import type { WaitingCall } from "./types.ts";

/** The call without this offer; with none left it waits, at the place it had. */
export function withoutOffer(call: WaitingCall, offerId: string): WaitingCall {
  if (!call.offerIds.includes(offerId)) return call;
  const offerIds = call.offerIds.filter((id) => id !== offerId);
  return { ...call, offerIds, state: offerIds.length === 0 ? "waiting" : call.state, dialConfirmed: false };
}
