import type { DialResult } from "@cordboard/node-kit";
import type { FlowSteps } from "./flow-steps.ts";
import { leftForExchange } from "./handed-over.ts";
import { withLastWord } from "./last-word.ts";
import type { CallDocument } from "./model.ts";
import { endedCall, type HeardEnd } from "./next-call.ts";
import { telephoneMissed } from "./placed-call.ts";

interface How {
  readonly by: HeardEnd;
  /** Of a call that we placed: how it came not to be answered. */
  readonly unanswered: Exclude<DialResult, "completed"> | "machine" | undefined;
  readonly legEndSeen: boolean;
}

/** The call whose caller is gone, after the flow's last step. The telephone that rang is kept for its last word. */
export function goneCall(call: CallDocument, steps: FlowSteps, how: How, now: number): CallDocument {
  const { by, unanswered, legEndSeen } = how;
  const missed = unanswered ? telephoneMissed(call, unanswered, now) : leftForExchange(call, by, now);
  const stepped = steps.next(missed, { type: "caller.gone", by: by === "lost" ? "network" : by }, now);
  const last = { ...endedCall(stepped ?? { ...missed, rev: missed.rev + 1 }, by, now), leg: missed.leg };
  return legEndSeen ? withLastWord(last) : last;
}
