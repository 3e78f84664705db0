import { already, done, no } from "./answers.ts";
import { isListenedTo, openCallback, promisedTo, rulesOf, slotTakesOneMore } from "./callbacks.ts";
import type { Result } from "./decision.ts";
import type { AcdEvent, CallbackPromised, CallbackTaken } from "./events.ts";
import { acceptOffer, closeCall, endRinging, makeOffer } from "./offers.ts";
import { openShift, shiftOn } from "./shifts.ts";
import { waitingCallId } from "./waiting-call-id.ts";
import { explainTaken } from "./why.ts";
import { listOf, putCall, type Work } from "./work.ts";

type Of<T extends AcdEvent["type"]> = Extract<AcdEvent, { type: T }>;

/**
 * A promise is made: it waits in line like a caller, at the place that it was given. A number that this queue has promised already is
 * not promised twice (`merged`): the earlier promise stands, at its place, however often its caller asks again; when they choose another
 * time, it is for that one.
 */
export function callbackPromised(work: Work, event: CallbackPromised): Result {
  const { callId, number, queueId, place, priority, scheduleId, once, heldFor = null, slotAt } = event;
  const id = waitingCallId(callId, 1);
  if (work.calls[id] !== undefined) return already;
  const standing = promisedTo(work, number, queueId);
  if (standing !== undefined) {
    if (slotAt === undefined || standing.state !== "waiting") return { ok: true, note: "merged" };
    const moved = callbackMoved(work, { type: "callbackMoved", callId: standing.callId, slotAt });
    return moved.ok ? { ok: true, note: "merged" } : moved;
  }
  const rules = rulesOf(work.queues[queueId]);
  if (typeof slotAt === "number" && !slotTakesOneMore(work, queueId, slotAt, id)) return no("slotFull");
  if (!once && rules.most !== null && openIn(work, queueId) >= rules.most) return no("full");
  putCall(work, {
    id,
    companyId: work.before.companyId,
    callId,
    entry: 1,
    rev: 0,
    number,
    callback: {
      scheduleId,
      heldFor,
      notBefore: slotAt ?? work.now,
      ...(typeof slotAt === "number" && { slotAt }),
      urgent: once,
      once,
      attemptsAllowed: once ? 1 : rules.attempts,
      retryMs: rules.retryMs,
      attempts: [],
    },
    queueIds: [queueId],
    place,
    priority,
    joinedAt: work.now,
    closedAt: null,
    leftReason: null,
    state: "waiting",
    offerIds: [],
    leaveWhenUnstaffed: false,
    dialConfirmed: false,
    refusedBy: {},
  });
  return done;
}

function openIn(work: Work, queueId: string): number {
  return listOf(work.calls).filter(
    (call) => call.callback !== null && call.closedAt === null && call.queueIds.includes(queueId),
  ).length;
}

/** The promise is taken back; one that is being made just now is not (`underWay`). */
export function callbackCancelled(work: Work, { callId }: Of<"callbackCancelled">): Result {
  const call = openCallback(work, callId);
  if (call === undefined) return no("callGone");
  if (call.state === "connecting") return no("underWay");
  closeCall(work, call, "cancelled");
  return done;
}

/** Another number is to be rung. Not while an operator has it before them or rings it; not one that is promised already. */
export function callbackChanged(work: Work, { callId, number }: Of<"callbackChanged">): Result {
  const call = openCallback(work, callId);
  if (call === undefined) return no("callGone");
  if (call.number === number) return already;
  if (call.state !== "waiting") return no("underWay");
  if (call.queueIds.some((queueId) => promisedTo(work, number, queueId) !== undefined)) {
    return { ok: true, note: "merged" };
  }
  putCall(work, { ...call, number });
  return done;
}

/** It is for another slot, or as soon as possible, from now on; its place stays. Not while an operator has it before them or makes it. */
export function callbackMoved(work: Work, { callId, slotAt }: Of<"callbackMoved">): Result {
  const call = openCallback(work, callId);
  if (call === undefined) return no("callGone");
  if ((call.callback.slotAt ?? null) === slotAt) return already;
  if (call.state !== "waiting") return no("underWay");
  const full = (queueId: string) => slotAt !== null && !slotTakesOneMore(work, queueId, slotAt, call.id);
  if (call.queueIds.some(full)) return no("slotFull");
  putCall(work, { ...call, callback: { ...call.callback, slotAt, notBefore: slotAt ?? work.now, urgent: false } });
  return done;
}

/** Neither the time between attempts nor the opening hours hold it back any more. */
export function callbackUrged(work: Work, { callId }: Of<"callbackUrged">): Result {
  const call = openCallback(work, callId);
  if (call === undefined) return no("callGone");
  if (call.state !== "waiting") return already;
  const callback = { ...call.callback, urgent: true, notBefore: Math.min(call.callback.notBefore, work.now) };
  putCall(work, { ...call, callback });
  return done;
}

/**
 * A free operator makes it now, without having been asked: offered and accepted in one go, whoever waits. One that another operator has
 * before them or makes is not taken from them (`underWay`).
 */
export function callbackTaken(work: Work, { shiftId, callId, promise }: CallbackTaken): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  const known = openCallback(work, callId) ?? (promise && promisedTo(work, promise.number, promise.queueId));
  if (known && shift.current?.callId === known.callId && shift.state === "dialling") return already;
  if (!known && (promise === null || work.calls[waitingCallId(callId, 1)] !== undefined)) return no("callGone");
  const queueIds = known?.queueIds ?? [promise?.queueId ?? ""];
  const queueId = queueIds.find((id) => work.queues[id]?.operatorIds.includes(shift.operatorId));
  const queue = work.queues[queueId ?? ""];
  if (queue === undefined) return { ok: false, reason: "notOfQueue", queueIds };
  if (shift.state !== "available" || shift.telephoneId === null || shift.orphanedLeg !== null) return no("wrongState");
  if (known && (known.state !== "waiting" || isListenedTo(work, known))) return no("underWay");
  if (!known && promise) callbackPromised(work, { type: "callbackPromised", callId, ...promise });
  const call = known ?? openCallback(work, callId);
  if (!call) return no("callGone");
  const offer = makeOffer(work, call, shift, queue.id, explainTaken(work, call, shift, queue));
  const [offered, theirs] = [work.calls[call.id], work.shifts[shiftId]];
  if (offered !== undefined && theirs !== undefined) acceptOffer(work, theirs, offer, offered);
  return done;
}

/** The number did not answer: an attempt is used up, and the operator, whose telephone did, is free again and told. */
export function numberFailed(work: Work, { callId, offerId, how }: Of<"numberFailed">): Result {
  const shift = shiftOn(work, callId, offerId);
  if (shift?.state !== "dialling") return no("alreadyEnded");
  const outcomes = {
    ...({ busy: "numberBusy", silent: "numberSilent" } as const),
    ...({ unreachable: "numberUnreachable", machine: "numberMachine" } as const),
  };
  endRinging(work, shift, outcomes[how]);
  return done;
}

/** Which opening hours are open. */
export function schedulesSeen(work: Work, { open }: Of<"schedulesSeen">): Result {
  const known = work.openSchedules;
  if (open.length === known.length && open.every((id) => known.includes(id))) return already;
  work.openSchedules = open;
  return done;
}
