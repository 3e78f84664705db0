import type { CallId } from "./types.ts";

/** The id of one visit of one call to a line; a callback has one, with entry 1. */
export function waitingCallId(callId: CallId, entry: number): string {
  return `${callId}.${entry}`;
}
