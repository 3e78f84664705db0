import type { OperatorState, PauseReason, Shift } from "@cordboard/acd";
import { callOn } from "./callback-ids.ts";

/**
 * A stretch of time that an operator spent in one state, written when it is over: what a day's figures of operators are added up from.
 * The stretch that goes on now is the shift itself (`state`, `since`).
 */
export interface ShiftTimeDocument {
  /** `<shiftId>.<commit>.<n>`: carrying a commit out twice does no harm. */
  readonly _id: string;
  readonly rev: 1;
  readonly companyId: string;
  readonly operatorId: string;
  readonly shiftId: string;
  readonly state: OperatorState;
  /** UTC milliseconds; `until` is later than `from`. */
  readonly from: number;
  readonly until: number;
  readonly pauseReason: PauseReason | null;
  readonly pauseLabel: string | null;
  /** What the operator was on, in the states that have it; for a callback, the call that was (or would have been) placed for it. */
  readonly callId: string | null;
  readonly queueId: string | null;
  /** Lasts LONG_MS or more: such ones are few, and looked for apart, so that a day is read by when its stretches began. */
  readonly long: boolean;
}

export type ShiftTime = Omit<ShiftTimeDocument, "_id">;

export const LONG_MS = 6 * 3_600_000;

/** The stretch that a change of a shift ended; null when it ended none, or one of no length. Pure. */
export function shiftTime(before: Shift | undefined, after: Shift): ShiftTime | null {
  if (before === undefined || before.closedAt !== null || after.since <= before.since) return null;
  return {
    rev: 1,
    companyId: before.companyId,
    operatorId: before.operatorId,
    shiftId: before.id,
    state: before.state,
    from: before.since,
    until: after.since,
    pauseReason: before.pauseReason,
    pauseLabel: before.pauseLabel,
    callId: before.current && callOn(before.current),
    queueId: before.current?.queueId ?? null,
    long: after.since - before.since >= LONG_MS,
  };
}
