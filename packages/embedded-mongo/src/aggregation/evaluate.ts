import type { Doc } from "../bson-values.ts";

/** What an expression is evaluated on. */
export interface Scope {
  readonly root: Doc;
  readonly now: Date;
}

/** A value, or `MISSING`. */
export type Evaluate = (scope: Scope) => unknown;
