import { createHash } from "node:crypto";

/**
 * The id of the recording that a `record` effect makes: always the same one for the same effect of the same call, so that a process that
 * takes the call over goes on with it. Call ids are random, and so is this.
 */
export function recordingIdOf(callId: string, entry: number): string {
  return `rec_${createHash("sha256").update(`${callId}/${entry}`).digest("hex").slice(0, 32)}`;
}
