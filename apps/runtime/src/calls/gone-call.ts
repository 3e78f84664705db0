import type { DialResult } from "@cordboard/node-kit";
import { withoutConsult } from "./consult.ts";
import type { FlowSteps } from "./flow-steps.ts";
import { leftForExchange } from "./handed-over.ts";
import { withLastWord } from "./last-word.ts";
import type { CallDocument } from "./model.ts";
import { endedCall, type HeardEnd } from "./next-call.ts";
import { telephoneMissed } from "./placed-call.ts";
import { withLeft } from "./supervision.ts";

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
  const over = withoutConsult(stepped ?? { ...missed, rev: missed.rev + 1 }, now);
  const ended = endedCall(over, by, now);
  const last = withLeft({ ...ended, outbox: withoutLeaving(ended.outbox, missed.outbox), leg: missed.leg });
  return legEndSeen ? withLastWord(last) : last;
}

/**
 * Who hangs up in line was not taken out of it by the flow, whatever its last step did: that they are gone is told, and nothing before it, or
 * they would count as such (`left`, not `abandoned`). What was owed earlier is told as it was.
 */
function withoutLeaving(owed: CallDocument["outbox"], before: CallDocument["outbox"]): CallDocument["outbox"] {
  if (!owed.some(({ kind }) => kind === "ended")) return owed;
  return owed.filter((item) => item.kind !== "leave" || before.includes(item));
}
