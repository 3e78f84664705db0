import type { ShiftTimeDocument } from "../call-centre/index.ts";

/** A stretch of time that an operator spent in one state; what goes on now ends now. */
export type OperatorTime = Pick<
  ShiftTimeDocument,
  "operatorId" | "shiftId" | "state" | "from" | "until" | "pauseReason" | "pauseLabel" | "callId" | "queueId"
> & { readonly goesOn?: boolean };

/** How much of a stretch lies between two moments, ms. */
export function msWithin(
  time: { readonly from: number; readonly until: number },
  bounds: { readonly from: number; readonly until: number },
): number {
  return Math.max(0, Math.min(time.until, bounds.until) - Math.max(time.from, bounds.from));
}
