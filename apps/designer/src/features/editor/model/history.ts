import type { FlowDocument } from "@cordboard/flow-schema";
import type { StepSubject } from "./step-subject.ts";

/** A moment that one can come back to: what was done after it, and the document and selection before that. */
export interface Step {
  /** The text `did.<label>` says what was done. */
  readonly label: string;
  /** What it was done to; null: to the whole flow. */
  readonly subject: StepSubject | null;
  readonly document: FlowDocument;
  readonly selection: ReadonlySet<string>;
  /** Further changes with the same key, soon enough, belong to the same step: one word typed, one slider drawn. */
  readonly mergeKey: string | null;
  /** Milliseconds, of the last change that belongs to it. */
  readonly at: number;
}

export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export const emptyHistory: History = { past: [], future: [] };

/** How many steps can be taken back. Documents share what did not change, so a step costs little. */
const most = 200;
const mergeWithinMs = 1_500;

/** The history after a change was made to what `step` holds. What could be done again cannot any more. Pure. */
export function remember({ past }: History, step: Step): History {
  const last = past.at(-1);
  const merges =
    last !== undefined &&
    step.mergeKey !== null &&
    last.mergeKey === step.mergeKey &&
    step.at - last.at <= mergeWithinMs;
  if (merges) return { past: [...past.slice(0, -1), { ...last, at: step.at }], future: [] };
  return { past: [...past.slice(1 - most), step], future: [] };
}

type Moment = Pick<Step, "document" | "selection">;

/** One step back from `now`: where that leads, and the history from there; `null` at the beginning. */
export function stepBack({ past, future }: History, now: Moment): { history: History; to: Moment } | null {
  const last = past.at(-1);
  if (!last) return null;
  return { history: { past: past.slice(0, -1), future: [...future, { ...last, ...now }] }, to: last };
}

/** One step forward again; `null` when nothing was taken back. */
export function stepForward({ past, future }: History, now: Moment): { history: History; to: Moment } | null {
  const next = future.at(-1);
  if (!next) return null;
  return { history: { past: [...past, { ...next, ...now }], future: future.slice(0, -1) }, to: next };
}
