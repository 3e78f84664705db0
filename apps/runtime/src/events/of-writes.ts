import type { EventData } from "@cordboard/api";
import { callOn, type EntityWrite } from "../call-centre/index.ts";
import { type NewEvent, newEvent } from "./new-event.ts";

type Of<Collection extends EntityWrite["collection"]> = Extract<EntityWrite, { collection: Collection }>["document"];

/**
 * What a commit of the call centre tells, read from what it writes: nothing but the documents themselves, so that whoever carries the commit
 * out again (it is the journal) tells the very same. What was told before is told under the same ids, and so once. Pure.
 */
export function eventsOfWrites(writes: readonly EntityWrite[]): NewEvent[] {
  const of = <Collection extends EntityWrite["collection"]>(collection: Collection) =>
    writes.flatMap((write) => (write.collection === collection ? [write.document as Of<Collection>] : []));
  const waiting = of("waitingCalls");
  const everyOffer = of("offers");
  // Of a callback there is no call before its operator has accepted.
  const offers = everyOffer.filter(({ callbackId }) => callbackId === undefined);
  const shifts = of("shifts");
  return [
    ...waiting.flatMap(joined),
    ...offers.map(offered),
    ...offers.flatMap(offerEnded),
    ...everyOffer.flatMap(answered),
    ...waiting.flatMap(left),
    ...shifts.map(operatorState),
  ];
}

function joined(call: Of<"waitingCalls">): NewEvent[] {
  const { _id, companyId, callId, queueIds, place, priority, joinedAt: at, callback, number, extra } = call;
  if (!callback) {
    const data = { callId, queueIds: [...queueIds], place, priority };
    return [newEvent("call.queued", { companyId, at, subject: callId, key: _id, data })];
  }
  const data = {
    ...{ callbackId: callId, queueId: queueIds[0] ?? "?", number: number ?? "" },
    promisedInCallId: extra.promisedInCallId ?? null,
    origin: extra.origin ? { kind: extra.origin.kind, name: extra.origin.name } : null,
    slotAt: typeof callback.slotAt === "number" ? new Date(callback.slotAt).toISOString() : null,
  };
  return [newEvent("callback.promised", { companyId, at, subject: callId, key: _id, data })];
}

function left(call: Of<"waitingCalls">): NewEvent[] {
  const { _id, companyId, callId, queueIds, joinedAt, closedAt, leftReason, callback, number } = call;
  if (!callback) {
    if (closedAt === null) return [];
    const reason: EventData<"call.dequeued">["reason"] =
      leftReason === "answered" || leftReason === "hungUp" ? leftReason : "movedOn";
    const data = { callId, queueIds: [...queueIds], reason, waitedMs: Math.max(0, closedAt - joinedAt) };
    return [newEvent("call.dequeued", { companyId, at: closedAt, subject: callId, key: _id, data })];
  }
  const promise = { callbackId: callId, queueId: queueIds[0] ?? "?", number: number ?? "" };
  const attempts = callback.attempts.map(({ at, operatorId, result, corrected }, index) => {
    const data = { ...promise, attempt: index + 1, attemptsAllowed: callback.attemptsAllowed, operatorId, result };
    // An operator said afterwards that a machine had answered: told again, as what it was.
    const key = `${_id}/${index}${corrected ? "/corrected" : ""}`;
    return newEvent("callback.attempted", { companyId, at, subject: callId, key, data });
  });
  const corrections = callback.attempts.filter(({ corrected }) => corrected).length;
  const ending = corrections === 0 ? _id : `${_id}/${corrections}`;
  if (closedAt === null) return attempts;
  const data = { ...promise, attempts: callback.attempts.length, result: leftReason ?? "cancelled" };
  return [...attempts, newEvent("callback.ended", { companyId, at: closedAt, subject: callId, key: ending, data })];
}

const offerOf = ({ _id: offerId, callId, operatorId, queueId }: Of<"offers">) => ({
  ...{ callId, offerId, operatorId, queueId },
});

function offered(offer: Of<"offers">): NewEvent {
  const { _id: key, companyId, callId: subject, offeredAt: at, expiresAt } = offer;
  const data = { ...offerOf(offer), expiresAt: new Date(expiresAt).toISOString() };
  return newEvent("call.offered", { companyId, at, subject, key, data });
}

function offerEnded(offer: Of<"offers">): NewEvent[] {
  const { _id: key, companyId, callId: subject, endedAt: at, state } = offer;
  if (at === null || state === "offered") return [];
  return [newEvent("call.offerEnded", { companyId, at, subject, key, data: { ...offerOf(offer), end: state } })];
}

/** The offer says it, because a conversation may begin and end in one commit: then no shift is ever written as talking. */
function answered(offer: Of<"offers">): NewEvent[] {
  const { _id: key, companyId, callId: subject, closedAt: at, outcome } = offer;
  if (at === null || outcome !== "answered") return [];
  return [newEvent("call.answered", { companyId, at, subject, key, data: offerOf(offer) })];
}

/** Told of every version of a shift, under an id that follows from what is told: what does not differ is the same event. */
function operatorState(shift: Of<"shifts">): NewEvent {
  const { _id, companyId, operatorId, closedAt, since, current, telephoneId, pauseReason, pauseLabel } = shift;
  const state = closedAt === null ? shift.state : "offline";
  const at = closedAt ?? since;
  const paused = state === "paused" ? { pauseReason, pauseLabel } : { pauseReason: null, pauseLabel: null };
  const on = closedAt === null && current ? { callId: callOn(current), queueId: current.queueId } : null;
  const data = {
    ...{ operatorId, state, since: new Date(at).toISOString(), ...paused },
    ...{
      telephoneId: closedAt === null ? telephoneId : null,
      callId: on?.callId ?? null,
      queueId: on?.queueId ?? null,
    },
  };
  const key = JSON.stringify([_id, at, state, paused, data.telephoneId, on]);
  return newEvent("operator.stateChanged", { companyId, at, subject: operatorId, key, data });
}
