import type { DialResult } from "@cordboard/node-kit";
import type { CalledParty, CallOrder, LegReport, RungEnd } from "../ports/index.ts";
import type { PlacedCallRoute } from "./call-routes.ts";
import type { CallDocument, CallTimer, PlacedCall, RecordingPlan } from "./model.ts";
import { whoPlaces } from "./operator-talk.ts";
import { withOwed } from "./owing.ts";
import { talkMs } from "./talk-ms.ts";
import { withTrace } from "./with-trace.ts";

/**
 * A call that we place, up to where its flow begins: whoever is called first (mostly the operator's telephone) picks up or not. What is
 * heard, dialled and talked afterwards is a flow's, as in every other call. Pure.
 */

/** How long it rings at whoever is called first. */
export const TELEPHONE_RING_MS = 25_000;
/** Beyond that: for jambonz to say how it ended, over a reconnection of its socket (8 s at worst) and a restart of ours. */
const LAST_WORD_MS = 15_000;

/** The timer that bounds the wait for the operator's telephone; no node may use this id. */
export const PLACING_CLOCK = "$placing";

/** The call as it is to be written before jambonz is asked for anything. */
export function blankPlacedCall(
  order: CallOrder,
  route: PlacedCallRoute,
  given: { readonly processId: string; readonly now: number },
  recording: RecordingPlan | null = null,
): CallDocument {
  const { callId, callbackId, offerId, queueId, operatorId, operatorName, telephoneId, number, card } = order;
  const blank: CallDocument = {
    _id: callId,
    companyId: order.companyId,
    rev: 0,
    ownerEpoch: 1,
    owner: given.processId,
    // Until jambonz says which id it has given.
    callSid: callId,
    direction: "outbound",
    from: route.shows,
    hidden: false,
    callerName: card.callerName,
    to: number,
    lineId: route.lineId,
    lineName: route.lineName,
    flowId: route.flowId,
    flowVersionId: route.flowVersionId,
    language: route.language ?? route.compiled.document.languages[0] ?? "en-GB",
    status: "live",
    startedAt: given.now,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    snapshot: null,
    timers: [],
    outbox: [],
    media: null,
    queue: null,
    leg: null,
    script: null,
    placed: {
      ...{ callbackId, offerId, queueId, operatorId, operatorName, telephoneId },
      ...(order.party && { party: order.party }),
      ...(order.first && { first: order.first }),
      ...(order.leavesMachines && { leavesMachines: true }),
      ...(recording && { recording }),
      ...{ stage: "due", notPickedUp: null, numberFailed: null, toldOver: isNotOfCentre(order.party) },
    },
    ...(order.party?.kind === "conversation" && { supervision: { mode: order.party.mode, modes: [] } }),
    cuts: 0,
    cutAt: null,
    unrecorded: true,
    traceSeq: 0,
    traceTail: [],
  };
  const details = {
    ...{ direction: "outbound", from: route.shows, to: number, line: route.lineName },
    ...{ flow: route.flowId, version: route.flowVersionId, served: true },
    ...{ callbackId, offerId, queueId, operatorId },
    ...(order.party?.kind === "nobody" && { test: true, ...(order.party.trial && { trial: true }) }),
    ...(order.party?.kind === "alarm" && { alarm: true, test: order.party.told.length === 0 }),
    ...(order.party?.kind === "conversation" && supervisionDetails(order.party)),
  };
  return withTrace(blank, [{ at: given.now, kind: "began", nodeId: null, details }]);
}

/** A supervisor's own call, or one that tells of an alarm: nobody in the call centre has anything to do with it. */
const isNotOfCentre = (party: CalledParty | undefined) => party?.kind === "conversation" || party?.kind === "alarm";

/** What the trace of the supervisor's own call begins with. */
function supervisionDetails({ of, mode }: Extract<CalledParty, { kind: "conversation" }>) {
  return {
    ...{ supervises: of.callId, listensTo: of.operatorName, userId: of.userId, userName: of.userName },
    ...{ shown: of.shown, mode },
  };
}

/** Jambonz is about to be asked: from this write on it may have been. */
export function askedFor(call: CallDocument, now: number): CallDocument {
  const { placed } = call;
  if (!placed) return call;
  const clock: CallTimer = { timerId: PLACING_CLOCK, entry: 0, dueAt: now + TELEPHONE_RING_MS + LAST_WORD_MS };
  const { telephoneId, offerId, operatorId, queueId } = placed;
  const rung = isPartyFirst(placed) ? { number: call.to } : { telephoneId };
  const details = { ...rung, offerId, operatorId, queueId, ringMs: TELEPHONE_RING_MS };
  const asked: CallDocument = {
    ...call,
    rev: call.rev + 1,
    placed: { ...placed, stage: "asked" },
    timers: [...call.timers, clock],
  };
  return withTrace(asked, [
    { at: now, kind: isPartyFirst(placed) ? "ringsNumber" : "ringsTelephone", nodeId: null, details },
  ]);
}

/** The called party is rung before the operator. */
export function isPartyFirst(placed: Pick<PlacedCall, "first">): boolean {
  return placed.first === "party";
}

/** Whether the operator's telephone is still being called: there is nobody to be heard yet, and no flow. */
export function isPlacing({ placed, status }: Pick<CallDocument, "placed" | "status">): boolean {
  return status === "live" && !!placed && placed.stage !== "pickedUp";
}

/** It rings; `null` when that is known. */
export function telephoneRang(call: CallDocument, now: number): CallDocument | null {
  const { placed } = call;
  if (call.status === "ended" || placed?.stage !== "asked") return null;
  return owingRinging({ ...call, rev: call.rev + 1, placed: { ...placed, stage: "ringing" } }, placed, now);
}

function owingRinging(call: CallDocument, placed: PlacedCall, now: number): CallDocument {
  const line = { at: now, kind: `${isPartyFirst(placed) ? "number" : "telephone"}.ringing`, nodeId: null, details: {} };
  if (isNotOfCentre(placed.party)) return withTrace(call, [line]);
  return withTrace(withRings(call, placed, isPartyFirst(placed) ? "number" : "telephone"), [line]);
}

/** Whoever is called first has picked up: the flow may begin. */
export function telephonePickedUp(call: CallDocument, now: number): CallDocument {
  const { placed } = call;
  if (!placed) return call;
  // Picked up at once: that it rang was not told before.
  const ringing = placed.stage === "asked" ? owingRinging(call, placed, now) : call;
  const rang = tellsWhatRings(placed)
    ? withRings(ringing, placed, isPartyFirst(placed) ? "telephone" : "nothing")
    : ringing;
  const pickedUp: CallDocument = {
    ...rang,
    answeredAt: now,
    placed: { ...placed, stage: "pickedUp" },
    timers: call.timers.filter(({ timerId }) => timerId !== PLACING_CLOCK),
  };
  const kind = isPartyFirst(placed) ? "number.pickedUp" : "telephone.pickedUp";
  return withTrace(pickedUp, [{ at: now, kind, nodeId: null, details: {} }]);
}

/** Whether an operator's screen says how far the call is. */
function tellsWhatRings({ party }: Pick<PlacedCall, "party">): boolean {
  return !isNotOfCentre(party) && party?.kind !== "nobody";
}

/** The operator's screen is owed what rings, or why nothing does any more. */
export function withRings(call: CallDocument, { offerId }: Pick<PlacedCall, "offerId">, rings: RungEnd): CallDocument {
  return withOwed(call, { kind: "leg", offerId, report: { kind: "ringing", rings } });
}

/** Whether a call that this operator has placed (`offerId` null: dialled) is still to be answered: it can be called off. */
export function isToBeAnswered(call: Pick<CallDocument, "placed" | "leg" | "status">, offerId: string | null): boolean {
  const { placed } = call;
  if (!placed || !whoPlaces(call) || placed.offerId !== offerId) return false;
  // Who was promised a call and has picked up is not hung up on.
  return placed.callbackId === null || !isPartyFirst(placed) || placed.stage !== "pickedUp";
}

/** The operator does not want it any more. */
export function calledOff(call: CallDocument, operatorId: string, now: number): CallDocument {
  if (!call.placed) return call;
  const off: CallDocument = { ...call, rev: call.rev + 1, placed: { ...call.placed, calledOff: true } };
  return withTrace(off, [{ at: now, kind: "hungUpByOperator", nodeId: null, details: { operatorId } }]);
}

/** Whoever is called first did not pick up, and why; the call ends with it. */
export function telephoneMissed(
  call: CallDocument,
  result: Exclude<DialResult, "completed"> | "machine",
  now: number,
): CallDocument {
  const { placed } = call;
  // What its operator called off has nobody to blame; a machine has picked up.
  if (!placed || placed.calledOff || (result !== "machine" && !isPlacing(call))) return call;
  const missed = { ...call, placed: { ...placed, notPickedUp: result } };
  const kind = isPartyFirst(placed) ? "number.missed" : "telephone.missed";
  return withTrace(missed, [{ at: now, kind, nodeId: null, details: { result } }]);
}

/** An answering machine picked up, and is to be left alone: not where somebody talks already, or it was not asked for. */
export function isLeftAlone({ placed, status, leg }: Pick<CallDocument, "placed" | "status" | "leg">): boolean {
  const first = placed?.leavesMachines === true && isPartyFirst(placed) && !placed.toldOver;
  return status === "live" && first && leg?.state !== "talking";
}

/** What is known of jambonz' id of the call. */
export function withCallSid(call: CallDocument, callSid: string): CallDocument | null {
  return call.placed && call.callSid === call._id && call.status === "live" ? { ...call, callSid } : null;
}

/** What the call centre is owed when the call is over; `null` when it knows. */
export function reportAtEnd(
  call: CallDocument,
  by: "caller" | "us" | "network" | "lost",
  now: number,
): { readonly offerId: string | null; readonly report: LegReport } | null {
  const { placed, leg } = call;
  if (!placed || placed.toldOver) return null;
  const { offerId, notPickedUp, callbackId } = placed;
  const partyFirst = isPartyFirst(placed);
  const second = partyFirst ? "failed" : "numberFailed";
  // A machine picks up numbers, and only where they are rung first.
  if (notPickedUp === "machine") return { offerId, report: { kind: "numberFailed", result: notPickedUp } };
  if (notPickedUp !== null) {
    return { offerId, report: { kind: partyFirst ? "numberFailed" : "failed", result: notPickedUp } };
  }
  // Who is rung first and hangs up before there is anybody to talk to has declined: an attempt, and not one to be made again at once.
  const declined = partyFirst && callbackId !== null && placed.stage === "pickedUp" && by === "caller";
  if (declined && leg?.state !== "talking") return { offerId, report: { kind: "numberFailed", result: "busy" } };
  // Only now: until the operator has hung up, their telephone is not free for another call.
  if (placed.numberFailed !== null) return { offerId, report: { kind: second, result: placed.numberFailed } };
  return { offerId, report: { kind: "ended", talkMs: talkMs(call, now) } };
}
