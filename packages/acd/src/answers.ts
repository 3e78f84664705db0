import type { RefusalReason, Result } from "./decision.ts";

export const done: Result = { ok: true };
export const already: Result = { ok: true, note: "already" };
export const later: Result = { ok: true, note: "later" };

/** An expected refusal, as a value. */
export function no(reason: RefusalReason): Result {
  return { ok: false, reason };
}
