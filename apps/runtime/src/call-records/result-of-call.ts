import type { CallResult } from "@cordboard/api";
import type { CallDocument } from "../calls/model.ts";
import type { QueueVisit, RungTelephone } from "./call-record.ts";

/** What a trace says of the result besides lines and telephones. */
export interface Hints {
  /** The number that was dialled belongs to a line with a flow. */
  served: boolean;
  /** The flow took its error path. */
  failed: boolean;
  /** It was placed, for a callback or because an operator dialled it, and who was called first. */
  placed: "operatorFirst" | "partyFirst" | null;
  /** It only tried an operator's telephone. */
  test: boolean;
  callback: boolean;
  message: boolean;
  /** Of a recording that was neither kept nor dropped so far; `doneMs` once it was over. */
  recording: { readonly at: number; readonly minMs: number; readonly doneMs: number | null } | null;
}

/** What became of a call that is over, in one word: the first that holds (docs/figures.md says each in a sentence). Pure. */
export function resultOfCall(
  call: Pick<CallDocument, "direction" | "answeredAt" | "endedBy">,
  told: { readonly visits: readonly QueueVisit[]; readonly rung: readonly RungTelephone[]; readonly hints: Hints },
): CallResult {
  const { visits, rung, hints } = told;
  const talked = rung.filter(({ answeredAt }) => answeredAt !== null);
  const last = visits.at(-1)?.outcome;
  if (talked.some(({ offerId }) => offerId !== null || hints.placed !== null)) return "answered";
  if (talked.length > 0) return "transferred";
  // Picked up, or not: nobody was to be reached.
  if (hints.test && call.endedBy !== "lost") return "finished";
  if (hints.placed) return call.endedBy === "lost" ? "lost" : "unreached";
  if (hints.callback) return "callback";
  if (hints.message) return "voicemail";
  if (call.endedBy === "lost") return "lost";
  if (last === "abandoned" || last === "shortAbandoned") return last;
  if (hints.failed) return "failed";
  if (last === "left") return "left";
  if (!hints.served) return "notServed";
  if (call.direction === "outbound" && call.answeredAt === null) return "unreached";
  return call.endedBy === "us" ? "finished" : "hungUp";
}
