import type { TellCode } from "./decision.ts";
import type { AcdState, CallId, Shift } from "./types.ts";
import { listOf, moveShift, type Work } from "./work.ts";

/** The open shift of that id, or undefined when it was closed or never was. */
export function openShift(work: Work, shiftId: string): Shift | undefined {
  const shift = work.shifts[shiftId];
  return shift?.closedAt === null ? shift : undefined;
}

/** The open shift of an operator; the first signed in, should a race have opened two. */
export function shiftOfOperator(shifts: AcdState["shifts"], operatorId: string): Shift | undefined {
  let found: Shift | undefined;
  for (const shift of listOf(shifts)) {
    if (shift.operatorId !== operatorId || shift.closedAt !== null) continue;
    if (found === undefined || shift.signedInAt < found.signedInAt) found = shift;
  }
  return found;
}

/** The shift that is on this call by this offer (null: by dialling it). */
export function shiftOn(work: Work, callId: CallId, offerId: string | null): Shift | undefined {
  const shiftId = offerId === null ? undefined : work.offers[offerId]?.shiftId;
  const known = shiftId === undefined ? undefined : work.shifts[shiftId];
  const on = (shift: Shift) => shift.current?.callId === callId && shift.current.offerId === offerId;
  return known !== undefined && on(known) ? known : listOf(work.shifts).find(on);
}

export function tell(work: Work, shift: Shift, code: TellCode, callId: CallId | null): void {
  work.intents.push({ type: "tellOperator", shiftId: shift.id, operatorId: shift.operatorId, code, callId });
}

/** Has the call placed that this operator dials, unless it is placed. */
export function tellToDial(work: Work, { id: shiftId, state, current, operatorId, telephoneId }: Shift): void {
  if (state !== "dialling" || current?.offerId !== null || current.dialConfirmed || telephoneId === null) return;
  work.intents.push({ type: "dial", callId: current.callId, shiftId, operatorId, telephoneId });
}

/** An operator who just became available or paused does what they asked for "after this call". */
export function backToFree(work: Work, shift: Shift): Shift {
  const { after } = shift;
  if (after === null) return shift;
  if (after.to === "offline") return closeShift(work, shift);
  if (shift.state === "paused") return shift;
  return moveShift(work, shift, "paused", { pauseReason: after.reason, pauseLabel: after.label, after: null });
}

/** Ends the shift: a closed shift holds no telephone (it keeps its name for the reports). */
export function closeShift(work: Work, shift: Shift): Shift {
  const connection = { id: null, since: work.now };
  return moveShift(work, shift, "offline", { after: null, connection, closedAt: work.now });
}

/** The conversation is over: wrap-up, to the queue's limit or until Ready. */
export function startWrapUp(work: Work, shift: Shift): Shift {
  const queue = work.queues[shift.current?.queueId ?? ""];
  const limit = queue?.wrapUpMs ?? null;
  return moveShift(work, shift, "wrapUp", { wrapUpUntil: limit === null ? null : work.now + limit });
}

/** How often the wrap-up that this shift is in may still be extended; 0 outside one, and in one without an end. */
export function extensionsLeft(queues: AcdState["queues"], shift: Shift): number {
  if (shift.state !== "wrapUp" || shift.wrapUpUntil === null) return 0;
  const most = queues[shift.current?.queueId ?? ""]?.wrapUpExtension?.most ?? 0;
  return Math.max(0, most - (shift.wrapUpExtended ?? 0));
}

/** Ends the wrap-up: free (idle from now), or what was asked for after the call. */
export function endWrapUp(work: Work, shift: Shift): Shift {
  const { after } = shift;
  if (after === null) return moveShift(work, shift, "available", { idleSince: work.now });
  if (after.to === "offline") return closeShift(work, shift);
  return moveShift(work, shift, "paused", { pauseReason: after.reason, pauseLabel: after.label, after: null });
}
