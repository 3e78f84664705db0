import { standardCallbackRules } from "./settings.ts";
import type { Callback, CallbackRules, Queue, Shift, WaitingCall } from "./types.ts";
import { waitingCallId } from "./waiting-call-id.ts";
import { listOf, type Work } from "./work.ts";

/** What the queue states when it promises. */
export function rulesOf(queue: Queue | undefined): CallbackRules {
  return queue?.callbacks ?? standardCallbackRules;
}

/** The promise that this id names, while it is open. */
export function openCallback(work: Work, callId: string): (WaitingCall & { readonly callback: Callback }) | undefined {
  const call = work.calls[waitingCallId(callId, 1)];
  return call !== undefined && call.callback !== null && call.closedAt === null
    ? { ...call, callback: call.callback }
    : undefined;
}

/** The open promise to this number in this queue. */
export function promisedTo(work: Work, number: string, queueId: string): WaitingCall | undefined {
  return listOf(work.calls).find(
    (call) =>
      call.callback !== null && call.closedAt === null && call.number === number && call.queueIds.includes(queueId),
  );
}

/** Whether one more promise may be for the slot that begins then; the one that asks for it does not count. Slots of another length may overlap. */
export function slotTakesOneMore(work: Work, queueId: string, slotAt: number, asking: string): boolean {
  const { slots } = rulesOf(work.queues[queueId]);
  if (!slots || slots.most === null) return true;
  const { lengthMs, most } = slots;
  const held = listOf(work.calls).filter(
    ({ id, callback, closedAt, queueIds }) =>
      id !== asking &&
      closedAt === null &&
      typeof callback?.slotAt === "number" &&
      Math.abs(callback.slotAt - slotAt) < lengthMs &&
      queueIds.includes(queueId),
  );
  return held.length < most;
}

/** Says of each waiting call whether it may be offered now; see `mayBeOffered`. Looks the line through once, however many are asked after. */
export function offerable(work: Work): (call: WaitingCall) => boolean {
  let callers: ReadonlySet<string> | null = null;
  return (call) => {
    if (call.callback === null) return true;
    if (isListenedTo(work, call)) return false;
    callers ??= onTheLine(work);
    return mayBeOffered(work, call, call.callback, callers);
  };
}

/**
 * Whether a callback may be offered now: its time has come, its opening hours (or the queue's) are open or somebody asked for it now, the
 * call in which it was promised is over, and its caller is not on the line in the same queue: their telephone would be busy, and they are
 * about to be served anyway.
 */
function mayBeOffered(work: Work, call: WaitingCall, callback: Callback, callers: ReadonlySet<string>): boolean {
  if (callback.notBefore > work.now || callback.heldFor !== null) return false;
  if (!callback.urgent && !isOpen(work, call, callback)) return false;
  return !businessOf(call).some((key) => callers.has(key));
}

/** Whether the operator who said that a machine had answered listens on: until they hang up, the number is busy with them. */
export function isListenedTo(work: Work, { callId, callback }: WaitingCall): boolean {
  if (callback?.correctedAt === undefined) return false;
  return listOf(work.shifts).some(({ state, current }) => state === "talking" && current?.callId === callId);
}

function onTheLine(work: Work): ReadonlySet<string> {
  const open = listOf(work.calls).filter((one) => one.callback === null && one.closedAt === null);
  return new Set(open.flatMap(businessOf));
}

/** The number with each of its queues. */
function businessOf({ number, queueIds }: WaitingCall): readonly string[] {
  return number === null ? [] : queueIds.map((id) => `${number} ${id}`);
}

/** What a supervisor said by hand goes before the opening hours. */
function isOpen(work: Work, call: WaitingCall, callback: Callback): boolean {
  const queue = work.queues[call.queueIds[0] ?? ""];
  const byHand = queue?.opening?.byHand ?? null;
  if (byHand !== null) return byHand.state === "open";
  const scheduleId = callback.scheduleId ?? rulesOf(queue).scheduleId;
  return scheduleId === null || work.openSchedules.includes(scheduleId);
}

/** Same number, and a queue in common. */
export function isSameBusiness(a: WaitingCall, b: WaitingCall): boolean {
  return a.number !== null && a.number === b.number && a.queueIds.some((id) => b.queueIds.includes(id));
}

/** True while the operator's telephone is being rung for an offer they accepted: `ringing`, or `dialling` for a callback. */
export function isConnecting(shift: Shift): boolean {
  return shift.state === "ringing" || (shift.state === "dialling" && typeof shift.current?.offerId === "string");
}
