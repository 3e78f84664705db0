import type { Doc } from "../bson-values.ts";
import type { Transform } from "./computed-fields.ts";
import type { Reads } from "./expression.ts";

/** A stage at work: takes documents in portions, gives what it has ready, and the rest at the end. */
export interface RunningStage {
  take(documents: readonly Doc[]): readonly Doc[];
  end(): readonly Doc[];
  /** It wants nothing more. */
  readonly full?: boolean;
}

export interface Stage {
  readonly reads: Reads;
  /** Its output holds only fields that it names, so fields that nobody has read by then are never needed. */
  readonly closes: boolean;
  start(now: Date): RunningStage;
}

export function each(reads: Reads, closes: boolean, change: (doc: Doc, now: Date) => readonly Doc[]): Stage {
  return {
    reads,
    closes,
    start: (now) => ({ take: (documents) => documents.flatMap((doc) => change(doc, now)), end: () => [] }),
  };
}

export function transformed(reads: Reads, closes: boolean, transform: Transform): Stage {
  return each(reads, closes, (root, now) => [transform({ root, now })]);
}
