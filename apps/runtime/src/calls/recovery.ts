import type { CallDocument } from "./model.ts";

/** What to do about the caller's ear after jambonz has come back to a call. */
export type AfterReconnect =
  /** What was sent is known to have arrived: the caller hears it still. */
  | { readonly do: "nothing" }
  /** Send what the caller should hear. */
  | { readonly do: "present" }
  /**
   * Unknown whether it was sent (the process died between sending and noting it). The backlog that jambonz delivers after the ack, or the
   * next thing that happens, will tell; present it when nothing has told until then.
   */
  | { readonly do: "wait"; readonly ms: number };

/**
 * Compares what the caller should be in with what was last sent (protocol rule 8). Presenting again what runs already would be heard: a
 * prompt from its beginning, or a ringing telephone rung anew (rule 6); a dial is therefore given longer to show itself than a prompt,
 * because what it interrupts is hold music, which goes on meanwhile.
 */
export function afterReconnect(call: Pick<CallDocument, "media" | "leg" | "status">): AfterReconnect {
  const { media } = call;
  if (call.status === "ended" || !media) return { do: "nothing" };
  if (media.evidence !== "due") return { do: "nothing" };
  if (media.effect.type === "dial") return call.leg?.legSid ? { do: "nothing" } : { do: "wait", ms: 2_500 };
  return { do: "wait", ms: 400 };
}
