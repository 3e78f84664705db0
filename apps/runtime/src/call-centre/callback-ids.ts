import { createHash } from "node:crypto";

const prefix = "callback_";

/** A promise has one id, however often it is asked for: it follows from what the call calls it. */
export function callbackIdOf(companyId: string, callId: string, promiseId: string): string {
  return `${prefix}${digits(JSON.stringify([companyId, callId, promiseId]))}`;
}

/** The call that makes a callback for an accepted offer: one an offer, however often it is asked for. */
export function placedCallId(offerId: string): string {
  return `call_${digits(offerId)}`;
}

export function isCallbackId(callId: string): boolean {
  return callId.startsWith(prefix);
}

/** The call by which an operator is, or was, connected: that of a caller, or the one that is placed for a callback. */
export function callOn({ callId, offerId }: { readonly callId: string; readonly offerId: string | null }): string {
  return isCallbackId(callId) && offerId !== null ? placedCallId(offerId) : callId;
}

function digits(of: string): string {
  return createHash("sha256").update(of).digest("hex").slice(0, 32);
}
