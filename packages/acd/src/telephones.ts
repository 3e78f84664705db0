import { already, done, no } from "./answers.ts";
import type { Result } from "./decision.ts";
import type { AcdEvent } from "./events.ts";
import { releaseOffered } from "./offers.ts";
import { openShift, tell } from "./shifts.ts";
import type { Shift } from "./types.ts";
import { listOf, moveShift, putShift, type Work } from "./work.ts";

/**
 * The operator sits down at another telephone. One that another shift holds is not taken unasked (`telephoneHeld` names the holder), and
 * never out of a call (`telephoneInUse`).
 */
export function telephoneChosen(work: Work, event: Extract<AcdEvent, { type: "telephoneChosen" }>): Result {
  const { shiftId, telephoneId, takeOver } = event;
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.telephoneId === telephoneId) return already;
  if (usesTelephone(shift) || (shift.state === "offered" && telephoneId === null)) return no("wrongState");
  const refusal = takeTelephone(work, shiftId, telephoneId, takeOver);
  if (refusal !== null) return refusal;
  putShift(work, { ...shift, telephoneId });
  return done;
}

/** Frees a telephone for this shift, or says who holds it; null: it is free to take (O7). */
export function takeTelephone(
  work: Work,
  shiftId: string,
  telephoneId: string | null,
  takeOver: boolean,
): Result | null {
  if (telephoneId === null) return null;
  const holder = listOf(work.shifts).find(
    (shift) => shift.closedAt === null && shift.telephoneId === telephoneId && shift.id !== shiftId,
  );
  if (holder === undefined) return null;
  const named = { shiftId: holder.id, operatorId: holder.operatorId };
  if (usesTelephone(holder)) return { ok: false, reason: "telephoneInUse", holder: named };
  if (!takeOver) return { ok: false, reason: "telephoneHeld", holder: named };
  loseTelephone(work, holder);
  return null;
}

/** True while the operator's telephone is, or is about to be, in a call. */
export function usesTelephone(shift: Shift): boolean {
  return ["ringing", "talking", "dialling", "handedOver"].includes(shift.state);
}

/** Takes the telephone away; an operator who was waiting for calls is set aside and told. */
export function loseTelephone(work: Work, shift: Shift): void {
  if (shift.state === "offered") {
    const offerId = shift.current?.offerId ?? "";
    releaseOffered(work, offerId, { state: "withdrawn", reason: "telephoneTaken" });
  }
  const released = putShift(work, { ...(work.shifts[shift.id] ?? shift), telephoneId: null });
  tell(work, released, "telephoneTaken", null);
  if (released.state === "available") moveShift(work, released, "paused", { pauseReason: "telephoneTaken" });
}
