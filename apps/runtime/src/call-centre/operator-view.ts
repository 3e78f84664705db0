import { type AcdState, extensionsLeft, type Shift, takesCallers, type WaitingCall } from "@cordboard/acd";
import type { CallbackView, CallCard, OfferView, OperatorView, QueueView } from "../ports/index.ts";
import { callOn } from "./callback-ids.ts";
import { type Desk, emptyDesk, type WaitingExtra } from "./documents.ts";

export interface ViewSource {
  readonly state: AcdState;
  readonly extras: ReadonlyMap<string, WaitingExtra>;
}

/** What the operator's agent shows. `shift` is the open one; without it, `seq` is that of the shift before. */
export function operatorView(
  source: ViewSource,
  operatorId: string,
  shift: Shift | undefined,
  desk: Desk,
): OperatorView {
  const queues = queueViews(source.state, operatorId, shift);
  if (!shift || shift.closedAt !== null) {
    return {
      seq: desk.seq,
      operatorId,
      state: "offline",
      since: shift?.since ?? 0,
      shiftId: null,
      shiftStartedAt: null,
      telephoneId: null,
      pause: null,
      afterCall: null,
      wrapUpEndsAt: null,
      wrapUpExtension: null,
      offer: null,
      call: null,
      legToClear: false,
      queues,
      notices: desk.notices,
    };
  }
  return {
    seq: desk.seq,
    operatorId,
    state: shift.state,
    since: shift.since,
    shiftId: shift.id,
    shiftStartedAt: shift.signedInAt,
    telephoneId: shift.telephoneId,
    pause: shift.pauseReason === null ? null : { reason: shift.pauseReason, label: shift.pauseLabel },
    afterCall: shift.after === null ? null : shift.after.to === "paused" ? "pause" : "signOut",
    wrapUpEndsAt: shift.wrapUpUntil,
    wrapUpExtension: wrapUpExtension(source.state, shift),
    offer: offerView(source, shift),
    call: desk.call,
    legToClear: shift.orphanedLeg !== null,
    queues,
    notices: desk.notices,
  };
}

function wrapUpExtension({ queues }: AcdState, shift: Shift): OperatorView["wrapUpExtension"] {
  const left = extensionsLeft(queues, shift);
  const ms = queues[shift.current?.queueId ?? ""]?.wrapUpExtension?.ms ?? 0;
  return left === 0 ? null : { left, ms };
}

/** For an operator of whom nothing is open: what the last shift left. */
export function offlineView(
  source: ViewSource,
  operatorId: string,
  last: { readonly since: number; readonly desk: Desk } | undefined,
) {
  const view = operatorView(source, operatorId, undefined, last?.desk ?? emptyDesk);
  return { ...view, since: last?.since ?? 0 };
}

function offerView({ state, extras }: ViewSource, shift: Shift): OfferView | null {
  const offer = shift.state === "offered" ? state.offers[shift.current?.offerId ?? ""] : undefined;
  const shown = offer && shownOf({ state, extras }, offer.waitingCallId);
  if (!offer || !shown) return null;
  return {
    offerId: offer.id,
    callId: callOn({ callId: offer.callId, offerId: offer.id }),
    queueId: offer.queueId,
    ...shown,
    offeredAt: offer.offeredAt,
    expiresAt: offer.expiresAt,
    mayRefuse: state.queues[offer.queueId]?.refusalAllowed ?? true,
    ...(offer.autoAcceptMs === undefined ? {} : { autoAcceptMs: offer.autoAcceptMs }),
    ...(offer.autoAcceptMs !== undefined && typeof offer.shownAt === "number"
      ? { acceptsAt: offer.shownAt + offer.autoAcceptMs }
      : {}),
  };
}

/** What an operator is shown of a waiting call. The card of a callback has the number to ring, whichever the caller called from. */
export function shownOf(
  { state, extras }: ViewSource,
  waitingCallId: string,
): { readonly card: CallCard; readonly callback: CallbackView | null } | undefined {
  const call = state.calls[waitingCallId];
  const card = extras.get(waitingCallId)?.card;
  if (!call || !card) return undefined;
  const callback = callbackView(call, state);
  return callback ? { card: cardToRing(card, call.number), callback } : { card, callback };
}

export function cardToRing(card: CallCard, number: string | null): CallCard {
  return { ...card, from: number, hidden: false };
}

function callbackView(call: WaitingCall, { queues }: AcdState): CallbackView | null {
  const { callId, callback, joinedAt } = call;
  if (callback === null) return null;
  const attempts = callback.attempts.map(({ at, result }) => ({ at, result }));
  const { attemptsAllowed } = callback;
  return { callbackId: callId, promisedAt: joinedAt, attempts, attemptsAllowed, first: rungFirst(call, queues) };
}

/** Who is rung first: what an operator rings of their own accord nobody waits for, so that they are there before it is answered. */
export function rungFirst({ callback, queueIds }: WaitingCall, queues: AcdState["queues"]): "operator" | "caller" {
  const first = queues[queueIds[0] ?? ""]?.callbacks?.first ?? "operator";
  return callback?.once ? "operator" : first;
}

/** How many callers wait in a queue, and since when the first. A caller whose operator's telephone rings no longer waits. */
export interface QueueCount {
  readonly waiting: number;
  readonly longestSince: number | null;
  /** It takes no callers now. */
  readonly closed: boolean;
}

/** The counts of all queues that have callers on the line, or are closed; the others have none. Promised callbacks are counted apart. */
export function queueCounts(state: AcdState): ReadonlyMap<string, QueueCount> {
  const closed = Object.values(state.queues).filter((queue) => !takesCallers(queue, state.openSchedules));
  const counts = new Map<string, QueueCount>(closed.map(({ id }) => [id, { ...nobody, closed: true }]));
  for (const call of Object.values(state.calls)) {
    if (call.callback !== null || call.consult || (call.state !== "waiting" && call.state !== "offered")) continue;
    for (const queueId of call.queueIds) {
      const { waiting, longestSince, closed } = counts.get(queueId) ?? nobody;
      const since = longestSince === null ? call.joinedAt : Math.min(longestSince, call.joinedAt);
      counts.set(queueId, { waiting: waiting + 1, longestSince: since, closed });
    }
  }
  return counts;
}

export const nobody: QueueCount = { waiting: 0, longestSince: null, closed: false };

function queueViews(state: AcdState, operatorId: string, shift: Shift | undefined): QueueView[] {
  const counts = queueCounts(state);
  return Object.values(state.queues)
    .filter((queue) => queue.operatorIds.includes(operatorId))
    .map(({ id }) => ({ queueId: id, ticked: shift?.queueIds.includes(id) ?? false, ...(counts.get(id) ?? nobody) }));
}
