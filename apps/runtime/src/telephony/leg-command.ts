import type { LegCommand } from "../ports/index.ts";
import { PART_HOOK } from "./media-address.ts";
import { OPERATOR_TAG } from "./render-apart.ts";

/** How long a key that is sent lasts, milliseconds. */
const KEY_MS = 250;

/**
 * The command as it goes over the wire. The leg is named on the outside, in camel case (jambonz 0.9.8, seen: h14); a key lies in a `dtmf` of
 * its own, without which it is dropped without a word (seen: l2, h14).
 */
export function legCommand(command: LegCommand): object {
  switch (command.kind) {
    case "hangUp":
      return { type: "command", command: "call:status", data: { call_status: "completed" } };
    // On the socket of who is in a conference it mutes that member; `conf:mute-status` would mute everybody there who is no moderator, the
    // caller too (run against the real session code with fakes below it, 0.9.8).
    case "mute":
      return {
        ...{ type: "command", command: "mute:status", ...ofLeg(command.legSid) },
        data: { mute_status: command.muted ? "mute" : "unmute" },
      };
    case "coachInRoom":
      return {
        ...{ type: "command", command: "conf:participant-action" },
        data: command.coaches ? { action: "coach", tag: OPERATOR_TAG } : { action: "uncoach" },
      };
    case "part":
      return { type: "command", command: "redirect", data: { child_call_hook: PART_HOOK } };
    case "digit":
      return {
        ...{ type: "command", command: "dtmf", ...ofLeg(command.legSid) },
        data: { dtmf: { digit: command.digit, duration: KEY_MS } },
      };
  }
}

const ofLeg = (legSid: string | null) => (legSid === null ? {} : { callSid: legSid });
