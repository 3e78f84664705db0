import type { FlowEvent } from "@cordboard/node-kit";
import type { TelephonyEvent } from "../ports/index.ts";
import type { CallDocument } from "./model.ts";

type HeardOut = Extract<TelephonyEvent, { kind: "playEnded" | "collectEnded" }>;

/** What the end of a prompt or of a question is to the flow. */
export function flowEventOf(event: HeardOut): FlowEvent {
  const { entry } = event;
  if (event.kind === "playEnded") {
    return event.failed ? { type: "play.failed", entry, reason: "notPlayed" } : { type: "play.done", entry };
  }
  return event.digits === null
    ? { type: "input.silence", entry }
    : { type: "input.digits", entry, digits: event.digits };
}

/** Whether it ended by a key that is none of those that what is heard now listens for. */
export function isOtherKey({ media, status }: Pick<CallDocument, "media" | "status">, event: HeardOut): boolean {
  const effect = media?.effect;
  if (status !== "live" || event.kind !== "collectEnded" || event.digits === null) return false;
  if (effect?.type !== "play" && effect?.type !== "hold") return false;
  return effect.entry === event.entry && (event.digits.length !== 1 || !effect.keys.includes(event.digits));
}
