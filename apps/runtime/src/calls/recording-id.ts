import { createHash } from "node:crypto";
import type { OpenRecording } from "./model.ts";

/**
 * The id of the recording that a `record` effect makes: always the same one for the same effect of the same call, so that a process that
 * takes the call over goes on with it. Call ids are random, and so is this.
 */
export function recordingIdOf(callId: string, entry: number): string {
  return `rec_${createHash("sha256").update(`${callId}/${entry}`).digest("hex").slice(0, 32)}`;
}

/** Whether a recording goes to a box when nobody takes it back; a greeting and an echo are forgotten. */
export const isMessage = ({ purpose }: { readonly purpose?: OpenRecording["purpose"] | undefined }): boolean =>
  purpose === undefined || purpose === "message";
