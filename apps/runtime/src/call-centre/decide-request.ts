import {
  type AcdEvent,
  type AcdState,
  type HadBefore,
  inLineSince,
  isFree,
  movedUpAtOf,
  type Queue,
  type Result,
  urgencyOf,
  type WaitingCall,
  waitingCallId,
} from "@cordboard/acd";
import { telephoneNumber } from "../companies/index.ts";
import type { LegReport, OperatorNow } from "../ports/index.ts";
import { callOn } from "./callback-ids.ts";
import { changeCallback, promiseCallback } from "./callback-requests.ts";
import type { Facts } from "./facts.ts";
import type { Holding } from "./holding.ts";
import { carryOutCommand } from "./operator-commands.ts";
import type { Presence } from "./presence.ts";
import type { CentreRequest } from "./requests.ts";
import { supervise, waitingCallers } from "./supervise.ts";

export interface RequestContext {
  readonly holding: Holding;
  readonly presence: Presence;
  readonly facts: Facts;
  readonly now: number;
  readonly decide: (event: AcdEvent) => Result;
}

/** The answer, to be asked for when the decision is durable. */
export type AnswerLater = () => unknown;

const nothing: AnswerLater = () => null;

/** Decides what one request asks for. Nothing of it may be told to anybody before the commit. */
export function decideRequest(context: RequestContext, request: CentreRequest): AnswerLater {
  const { holding, presence, facts, now, decide } = context;
  switch (request.kind) {
    case "join":
      return join(context, request.request);
    case "leave": {
      const { callId, entry } = request.request;
      decide({ type: "callLeft", callId, entry });
      return nothing;
    }
    case "leg": {
      const { callId, offerId, report } = request.request;
      if (report.kind === "muted") holding.changeTalk({ callId, offerId }, { muted: report.muted });
      if (report.kind === "held") {
        const heldSince = report.held ? context.now : null;
        holding.changeTalk({ callId, offerId }, { held: report.held, heldSince });
      }
      if (report.kind === "consult") holding.changeTalk({ callId, offerId }, { consult: report.consult });
      if (report.kind === "given" && offerId !== null) holding.giveCall(offerId, report.from);
      if (report.kind === "listened") holding.changeTalk({ callId, offerId }, { listeners: report.listeners });
      if (report.kind === "recording") holding.changeTalk({ callId, offerId }, { recording: report.state });
      const event = legEvent(context, callId, offerId, report);
      if (event) decide(event);
      return nothing;
    }
    case "ended":
      callEnded(context, request.request.callId);
      return nothing;
    case "promise": {
      const result = promiseCallback(context, request.request);
      return () => ({ result });
    }
    case "callback": {
      const answer = changeCallback(context, request.command);
      return () => answer;
    }
    case "command": {
      const answer = carryOutCommand(
        {
          operatorId: request.operatorId,
          holding,
          presence,
          now,
          decide,
          telephoneExists: (telephoneId) => facts.telephones.has(telephoneId),
          isOver: (shiftId) => facts.pastShifts.has(shiftId),
          storedOffer: (offerId) => facts.pastOffers.get(offerId),
          pastVisit: (id) => facts.pastVisits.get(id),
          drawPlace: facts.drawPlace,
        },
        request.command,
      );
      return () => answer;
    }
    case "view":
      return () => holding.view(request.operatorId);
    case "supervise": {
      const answer = supervise(context, request.command);
      return () => answer;
    }
    case "callers":
      return () => waitingCallers(holding, request.queueId, context.now);
    // Answered by the matcher, which has the day's counts.
    case "live":
      return nothing;
    case "telephoneHolders":
      return () => telephoneHolders(holding);
    case "operatorsNow":
      return () => operatorsNow(holding);
    case "queuesChanged":
      return nothing;
  }
}

/** Brings what operators know, and how they accept, up to date. */
export function takeOperators(
  { holding, decide }: Pick<RequestContext, "holding" | "decide">,
  operators: AcdState["operators"],
) {
  if (JSON.stringify(holding.state.operators) !== JSON.stringify(operators))
    decide({ type: "operatorsSeen", operators });
}

/** Brings the settings of queues up to date; a queue that is no more has no operators. */
export function takeQueues({ holding, decide }: Pick<RequestContext, "holding" | "decide">, queues: readonly Queue[]) {
  const known = holding.state.queues;
  const ids = new Set(queues.map((queue) => queue.id));
  const removed = Object.values(known).filter((queue) => !ids.has(queue.id) && queue.operatorIds.length > 0);
  for (const queue of [...queues, ...removed.map((queue) => ({ ...queue, operatorIds: [] }))]) {
    if (JSON.stringify(known[queue.id]) !== JSON.stringify(queue)) decide({ type: "queueChanged", queue });
  }
}

type Join = Extract<CentreRequest, { kind: "join" }>["request"];

/** A place is drawn once for a visit: asked again, also after its end, the visit has the place it had. */
function join({ holding, facts, now, decide }: RequestContext, request: Join): AnswerLater {
  const { callId, entry, queueId, leaveWhenUnstaffed, card, named, consult } = request;
  const id = waitingCallId(callId, entry);
  const before = holding.state.calls[id] ?? facts.pastVisits.get(id);
  if (before) return () => ({ place: before.place });
  const { place, priority, before: had } = placeInLine(holding, facts, now, request);
  holding.extras.set(id, { card });
  const { leaveWhenBusy = false, offerMs = null } = request;
  const number = card.hidden || card.from === null ? null : telephoneNumber(card.from, facts.country);
  const { skills, leaveWhenFull = false } = request;
  const preferredIds = facts.preferred.get(id) ?? [];
  const asked = {
    ...{ priority, leaveWhenUnstaffed, leaveWhenBusy, offerMs, leaveWhenFull },
    ...(number !== null && { number }),
    ...(skills && { skills: skills.filter(({ skillId }) => facts.skills?.has(skillId) ?? true) }),
    ...(preferredIds.length > 0 && { preferred: { operatorIds: preferredIds, forMs: request.preferred?.forMs ?? 0 } }),
    ...(named && { named: { ...named, ...hadAs(holding, request) } }),
    ...(had && { before: had }),
    ...(consult && { consult }),
  };
  decide({ type: "callJoined", callId, entry, queueIds: [queueId], place, ...asked });
  if (!holding.state.calls[id]) holding.extras.delete(id);
  return () => ({ place });
}

/** The callback that this call was placed for, where the operator whom it is for has talked in it. */
function hadAs({ state }: Holding, { callId, named }: Join): { readonly hadAs?: string } {
  const theirs = Object.values(state.shifts).find(({ operatorId }) => operatorId === named?.operatorId)?.current;
  return theirs && theirs.callId !== callId && callOn(theirs) === callId ? { hadAs: theirs.callId } : {};
}

/**
 * The end of the line, or the place that the call had before (numbers count for all queues of the company): since it last talked to an operator,
 * so that nobody loses it by a question on the way, nor their age, nor that a supervisor put them first; for a call that was passed on, the first that it had, or one
 * before everybody who waits in this queue, as urgent as the most urgent of them: what age adds to them (`raiseEveryMs`) it adds to this one too,
 * and at most one step later. Whom a supervisor moved up stays ahead.
 */
function placeInLine(
  { state }: Holding,
  facts: Facts,
  now: number,
  { at, callId, queueId, priority }: Join,
): { readonly place: number; readonly priority: number; readonly before?: HadBefore } {
  const drawn = facts.drawPlace();
  const open = Object.values(state.calls);
  if (at !== "head") {
    const visits = [...facts.visits, ...open].filter((visit) => visit.callId === callId && isCaller(visit));
    const talked = visits.filter(({ leftReason }) => leftReason === "answered").map(({ entry }) => entry);
    const lastTalked = Math.max(0, ...talked);
    const sinceThen = visits.filter(({ entry }) => entry > lastTalked);
    const places = (at === "kept" ? visits : sinceThen).map(({ place }) => place);
    const movedUp = sinceThen.flatMap((visit) => movedUpAtOf(visit) ?? []);
    const before = sinceThen.length > 0 && {
      since: Math.min(...sinceThen.map(inLineSince)),
      movedUpAt: movedUp.length > 0 ? Math.min(...movedUp) : null,
    };
    return { place: Math.min(drawn, ...places), priority, ...(before && { before }) };
  }
  const waiting = open.filter((call) => call.closedAt === null && call.queueIds.includes(queueId));
  const queue = state.queues[queueId];
  const worth = queue?.priority ?? 0;
  const step = queue?.raiseEveryMs ? 1 : 0;
  const others = waiting.map((call) => urgencyOf(state.queues, call, now) - worth + step);
  return { place: Math.min(drawn, ...waiting.map(({ place }) => place - 1)), priority: Math.max(priority, ...others) };
}

/** Somebody on the line waits, and is not only asked about. */
function isCaller({ callback, consult }: Pick<WaitingCall, "callback" | "consult">): boolean {
  return callback === null && !consult;
}

/**
 * The caller is gone; or the call that was placed for a callback is over, whatever else it reported. Whom we rang may be a caller like others by
 * then, who waits in a line.
 */
function callEnded({ holding, decide }: RequestContext, endedId: string): void {
  const current = Object.values(holding.state.shifts).flatMap((shift) => shift.current ?? []);
  const placed = current.find((one) => one.callId !== endedId && callOn(one) === endedId);
  if (placed) decide({ type: "conversationEnded", callId: placed.callId, offerId: placed.offerId });
  decide({ type: "callHungUp", callId: endedId });
}

/** A call that was placed for a callback reports by its own id; decisions go by the callback's. */
function waitingFor({ holding: { state } }: RequestContext, callId: string, offerId: string | null): string {
  if (offerId === null) return callId;
  const offered = state.offers[offerId]?.callId;
  const talked = () => Object.values(state.shifts).find((shift) => shift.current?.offerId === offerId)?.current?.callId;
  return offered ?? talked() ?? callId;
}

function legEvent(
  context: RequestContext,
  reporting: string,
  offerId: string | null,
  report: LegReport,
): AcdEvent | null {
  const { holding, facts } = context;
  const callId = waitingFor(context, reporting, offerId);
  switch (report.kind) {
    case "ringing":
      return { type: "telephoneRinging", callId, offerId, ...(report.rings && { rings: report.rings }) };
    case "answered":
      return { type: "telephoneAnswered", callId, offerId };
    case "failed":
      return { type: "telephoneFailed", callId, offerId, how: report.result };
    case "numberFailed":
      return { type: "numberFailed", callId, offerId, how: report.result };
    case "ended":
      return { type: "conversationEnded", callId, offerId };
    case "handedOver":
      return { type: "handedOver", callId, offerId };
    case "muted":
    case "held":
    case "listened":
    case "recording":
    case "consult":
    case "given":
      return null;
    case "orphaned": {
      if (offerId === null) return null;
      const { offers, shifts } = holding.state;
      const offer = offers[offerId] ?? facts.pastOffers.get(offerId);
      const shift = offer && (shifts[offer.shiftId] ?? holding.openShiftOf(offer.operatorId));
      // A shift that is over gets no offers anyway.
      return shift ? { type: "legOrphaned", shiftId: shift.id, callId: reporting } : null;
    }
  }
}

function operatorsNow(holding: Holding): readonly OperatorNow[] {
  const open = Object.values(holding.state.shifts).filter(({ closedAt }) => closedAt === null);
  return open.map((shift) => {
    const { operatorId, state, since, queueIds } = shift;
    return { operatorId, state, since, queueIds, free: isFree(shift) };
  });
}

function telephoneHolders(holding: Holding): readonly (readonly [string, string])[] {
  return Object.values(holding.state.shifts).flatMap((shift) =>
    shift.telephoneId === null || shift.closedAt !== null ? [] : [[shift.telephoneId, shift.operatorId] as const],
  );
}
