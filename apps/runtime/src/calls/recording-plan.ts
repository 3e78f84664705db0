import type { CallDocument, RecordingPlan } from "./model.ts";
import { hasPartyAtOurEnd } from "./operator-talk.ts";

/** What was settled of recording before a call that we place was placed, and whether the person knows of it. Pure. */

type Planned = Pick<CallDocument, "placed" | "recordingWish">;

/** The key by which whoever we called refuses to be recorded: the announcement that ships with the product names it. */
export const REFUSE_KEY = "9";

/** Whether the person was told that their conversation may be recorded, and did not refuse. */
export function wasTold({ placed, recordingWish }: Planned): boolean {
  return placed?.told === true || (placed?.recording?.notice === true && recordingWish === "on");
}

/**
 * Whether whoever picks up the telephone that is dialled is told before they are connected: the person, whom the operator has rung. Where the person
 * is at our end, they were told by the flow.
 */
export function isToldFirst(call: Planned & Pick<CallDocument, "leg">): boolean {
  const { placed, leg, recordingWish } = call;
  if (!placed || placed.inLine || hasPartyAtOurEnd(call) || leg?.state === "talking") return false;
  return placed.recording?.notice === true && !placed.told && !recordingWish;
}

/** What was settled for the conversation that the call was placed for; `undefined`: of a call that came in, or whose person is a caller by now. */
export function planOf({ placed }: Pick<CallDocument, "placed">): RecordingPlan | null | undefined {
  return placed && !placed.inLine ? (placed.recording ?? null) : undefined;
}

/** The person whom we rang is a caller like others from now on: that they were told holds, and the next queue's rule counts. */
export function withPlanOver(call: CallDocument): CallDocument {
  const { placed } = call;
  if (!placed || placed.told || !wasTold(call)) return call;
  return { ...call, placed: { ...placed, told: true }, recordingWish: null };
}
