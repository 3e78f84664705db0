import { acceptOffer, releaseOffered, tellToConnect, withdrawFrom } from "./offers.ts";
import { nextOverflowAt, overflow } from "./overflow.ts";
import { endWrapUp, tellToDial } from "./shifts.ts";
import { needsOf, nextRelaxAt } from "./skills.ts";
import type { AcdState, Offer, Shift, WaitingCall } from "./types.ts";
import { listOf, moveShift, type Work } from "./work.ts";

/**
 * Ends what has run out: offers (or accepts those that accept themselves), wrap-ups, and the patience with an agent that is not connected; tells calls again that did not confirm
 * their dial, and asks after dials that should have ended. Only the event `sweep` ends an offer by its time, so an accept that comes a
 * moment late, but before the sweep, still counts.
 */
export function expire(work: Work, sparing = false): void {
  for (const { id } of listOf(work.shifts)) {
    const shift = work.shifts[id];
    if (shift === undefined || shift.closedAt !== null) continue;
    acceptByItself(work, shift);
    if (!sparing) expireOffer(work, work.shifts[id] ?? shift);
    expireConnection(work, work.shifts[id] ?? shift);
    expireWrapUp(work, work.shifts[id] ?? shift);
    askAfterDialling(work, work.shifts[id] ?? shift);
  }
  for (const call of listOf(work.calls)) if (call.state === "connecting") askAfterConnecting(work, call);
  overflow(work);
}

/** An offer that was shown long enough, and whose operator is there, is accepted without anybody's doing. */
function acceptByItself(work: Work, shift: Shift): void {
  const offer = liveOffer(work.offers, shift);
  const call = offer && work.calls[offer.waitingCallId];
  const due = offer && acceptsItselfAt(offer);
  if (offer === undefined || call === undefined || typeof due !== "number" || due > work.now) return;
  if (shift.connection.id !== null && shift.telephoneId !== null) acceptOffer(work, shift, offer, call);
}

function acceptsItselfAt({ autoAcceptMs, shownAt }: Offer): number | null {
  return autoAcceptMs === undefined || typeof shownAt !== "number" ? null : shownAt + autoAcceptMs;
}

function expireOffer(work: Work, shift: Shift): void {
  const offer = liveOffer(work.offers, shift);
  if (offer === undefined || offer.expiresAt > work.now) return;
  // Nobody saw the pop-up to its end: that is a lost connection, not a missed call.
  if (shift.connection.id === null) setAside(work, shift);
  else releaseOffered(work, offer.id, { state: "expired" });
}

function expireConnection(work: Work, shift: Shift): void {
  const due = connectionDueAt(work.before.settings, shift);
  if (due !== null && due <= work.now) setAside(work, shift);
}

/** The agent is gone: no pop-up can be seen. A conversation is not touched. */
function setAside(work: Work, shift: Shift): void {
  const free = withdrawFrom(work, shift, "connectionLost");
  const done = free.state === "wrapUp" ? endWrapUp(work, free) : free;
  if (done.state === "available") moveShift(work, done, "paused", { pauseReason: "connectionLost" });
}

function expireWrapUp(work: Work, shift: Shift): void {
  if (shift.state === "wrapUp" && shift.wrapUpUntil !== null && shift.wrapUpUntil <= work.now) endWrapUp(work, shift);
}

function askAfterDialling(work: Work, shift: Shift): void {
  if (shift.state !== "dialling" || shift.current === null || shift.current.offerId !== null) return;
  const { connectAgainMs, checkCallMs } = work.before.settings;
  if (shift.since + connectAgainMs <= work.now) tellToDial(work, shift);
  if (!shift.current.dialConfirmed || shift.since + checkCallMs > work.now) return;
  work.intents.push({ type: "checkCall", callId: shift.current.callId, offerId: null });
}

function askAfterConnecting(work: Work, call: WaitingCall): void {
  const [offerId] = call.offerIds;
  const offer = offerId === undefined ? undefined : work.offers[offerId];
  if (offer === undefined || offer.endedAt === null) return;
  const { connectAgainMs, checkCallMs } = work.before.settings;
  if (!call.dialConfirmed) {
    if (offer.endedAt + connectAgainMs <= work.now) tellToConnect(work, offer, call);
  } else if (offer.endedAt + checkCallMs <= work.now) {
    work.intents.push({ type: "checkCall", callId: call.callId, offerId: offer.id });
  }
}

function liveOffer(offers: AcdState["offers"], shift: Shift): Offer | undefined {
  const offerId = shift.state === "offered" ? shift.current?.offerId : null;
  return typeof offerId === "string" ? offers[offerId] : undefined;
}

/** When an operator without a connection is set aside; null when they are connected, or busy with a call or paused anyway. */
function connectionDueAt(settings: AcdState["settings"], shift: Shift): number | null {
  if (shift.connection.id !== null) return null;
  if (shift.state === "offered") return shift.connection.since + settings.connectionGraceMs;
  const waits = shift.state === "available" || shift.state === "wrapUp";
  return waits ? Math.max(shift.connection.since, shift.since) + settings.connectionPauseMs : null;
}

/**
 * When the next `sweep` has something to do, in UTC milliseconds, or null: offers, wrap-ups, lost connections, dials to be told or asked
 * after, refusals that lapse, callbacks whose time comes, and calls that ask for less, or wait in more queues, from then on. A time that has passed counts as one repeat from now, so that a host never spins.
 */
export function nextSweepAt(state: AcdState, now: number): number | null {
  const { settings } = state;
  let next: number | null = null;
  const at = (time: number | null | undefined, repeatMs = settings.connectAgainMs) => {
    if (time === null || time === undefined) return;
    const due = time > now ? time : now + repeatMs;
    if (next === null || due < next) next = due;
  };
  for (const shift of listOf(state.shifts)) {
    if (shift.closedAt !== null) continue;
    const offer = liveOffer(state.offers, shift);
    at(offer?.expiresAt);
    if (offer !== undefined) at(acceptsItselfAt(offer));
    at(connectionDueAt(settings, shift));
    if (shift.state === "wrapUp") at(shift.wrapUpUntil);
    if (shift.state === "dialling" && shift.current?.offerId === null) {
      if (shift.current.dialConfirmed) at(shift.since + settings.checkCallMs, settings.checkCallMs);
      else at(shift.since + settings.connectAgainMs);
    }
  }
  for (const queue of listOf(state.queues)) at(queue.opening?.byHand?.until);
  for (const call of listOf(state.calls)) {
    if (call.state === "connecting") {
      const endedAt = state.offers[call.offerIds[0] ?? ""]?.endedAt;
      if (endedAt === null || endedAt === undefined) continue;
      if (call.dialConfirmed) at(endedAt + settings.checkCallMs, settings.checkCallMs);
      else at(endedAt + settings.connectAgainMs);
    } else if (call.state === "waiting") {
      if (call.callback !== null && call.callback.notBefore > now) at(call.callback.notBefore);
      for (const refused of Object.values(call.refusedBy)) {
        if (refused.aloneUntil > now) at(refused.aloneUntil);
        if (refused.until > now) at(refused.until);
      }
    }
    if (call.state === "waiting" || call.state === "offered") {
      at(nextRelaxAt(needsOf(state.queues, call), call.joinedAt, now));
      at(nextOverflowAt(state.queues, call));
      const until = call.preferred?.until ?? 0;
      if (until > now) at(until);
      if (call.turnedAway) at(now);
    }
  }
  return next;
}
