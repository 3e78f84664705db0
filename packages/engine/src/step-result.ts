import type { Effect } from "@cordboard/node-kit";
import type { CallSnapshot } from "./call-snapshot.ts";

/** A call left a node by one of its outputs. `to` is null where the call ends. `entry` numbers are not needed to tell visits apart: order is. */
export interface Move {
  readonly from: string;
  readonly output: string;
  readonly to: string | null;
}

/**
 * Why an event did nothing. `ended`: the call is over. `stale`: from an earlier visit, a repeat, or for a channel that is not open.
 * `unhandled`: timely, but the call's state has no use for it.
 */
export type IgnoredReason = "ended" | "stale" | "unhandled";

export interface StepResult {
  readonly snapshot: CallSnapshot;
  /** In the order in which they are to leave. At most one is a media effect. */
  readonly effects: readonly Effect[];
  /** The edges that the call went along, in order. */
  readonly moves: readonly Move[];
  /** Set when the event did nothing; `snapshot` is then the very one that was given, and `effects` empty. */
  readonly ignored?: IgnoredReason;
}
