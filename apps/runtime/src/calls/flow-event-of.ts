import type { FlowEvent } from "@cordboard/node-kit";
import type { TelephonyEvent } from "../ports/index.ts";

/** What the end of a prompt or of a question is to the flow. */
export function flowEventOf(event: Extract<TelephonyEvent, { kind: "playEnded" | "collectEnded" }>): FlowEvent {
  const { entry } = event;
  if (event.kind === "playEnded") {
    return event.failed ? { type: "play.failed", entry, reason: "notPlayed" } : { type: "play.done", entry };
  }
  return event.digits === null
    ? { type: "input.silence", entry }
    : { type: "input.digits", entry, digits: event.digits };
}
