import type { AcdState, Decision, Offer, Shift, WaitingCall } from "../src/index.ts";

/**
 * Whom a new offer passed over: a call ahead in the line that this operator could have had. Says it in the plainest way (every pair), so
 * that it can disagree with the matcher.
 */
export function checkLine(before: AcdState, { state }: Decision, now: number): readonly string[] {
  const problems: string[] = [];
  for (const offer of newOffers(before, state)) {
    const shift = state.shifts[offer.shiftId];
    const call = state.calls[offer.waitingCallId];
    if (shift === undefined || call === undefined) {
      problems.push(`${offer.id} is for nobody`);
      continue;
    }
    const seesIt = shift.connection.id !== null || offer.why.first === "taken";
    if (!seesIt || shift.telephoneId === null || shift.orphanedLeg !== null) {
      problems.push(`${offer.id} went to an operator who cannot take it`);
    }
    if (offer.why.first === "taken") {
      // An operator may take a callback whoever is ahead of it and whenever, ticked or not, as long as they may answer its queue.
      const may = call.queueIds.some((id) => state.queues[id]?.operatorIds.includes(shift.operatorId));
      if (!may || call.callback === null) problems.push(`${offer.id} was not theirs to take`);
      continue;
    }
    if (offer.why.first === "named") {
      // Whoever is ahead, and whether or not they serve the queue; once.
      const asked = before.calls[call.id]?.refusedBy[shift.operatorId] !== undefined;
      if (call.named?.operatorId !== shift.operatorId || asked) problems.push(`${offer.id} was not for them`);
      continue;
    }
    if (call.named?.only) problems.push(`${offer.id} is for somebody else`);
    if (!couldServe(state, shift, call)) problems.push(`${offer.id} went to an operator who does not serve the queue`);
    if (isHeldBack(state, call, now)) problems.push(`${offer.id} was held back`);
    const earliest = call.refusedBy[shift.operatorId]?.aloneUntil ?? 0;
    if (earliest > now) problems.push(`${offer.id} came too soon after the refusal`);
    const kept = (call.refusedBy[shift.operatorId]?.until ?? 0) > now;
    for (const other of Object.values(state.calls)) {
      const ahead = other.priority > call.priority || (other.priority === call.priority && other.place < call.place);
      const may = (other.refusedBy[shift.operatorId]?.until ?? 0) <= now && !isHeldBack(state, other, now);
      if (other.state === "waiting" && !other.named?.only && ahead && may && couldServe(state, shift, other)) {
        problems.push(`${offer.id} passed over ${other.id}`);
      }
    }
    const others = Object.values(state.shifts).filter((one) => one.closedAt === null && couldServe(state, one, call));
    const elseCould = others.some((one) => (call.refusedBy[one.operatorId]?.until ?? 0) <= now);
    if (kept && elseCould) problems.push(`${offer.id} went back to who refused it though somebody else could`);
  }
  return problems;
}

/** Whether an offer went to who refused or missed the same call less than `waitMs` before, as the offers themselves tell. */
export function cameTooSoon(offer: Offer, made: Iterable<Offer>, waitMs: number): boolean {
  return [...made].some(
    ({ id, state, waitingCallId, operatorId, endedAt }) =>
      id !== offer.id &&
      (state === "refused" || state === "expired") &&
      waitingCallId === offer.waitingCallId &&
      operatorId === offer.operatorId &&
      endedAt !== null &&
      endedAt <= offer.offeredAt &&
      offer.offeredAt < endedAt + waitMs,
  );
}

/** What happened to an offer, and what the host is told to do about it, must be the same. */
export function checkIntents(before: AcdState, { state, intents }: Decision): readonly string[] {
  const problems: string[] = [];
  const has = (type: string, offerId: string) =>
    intents.some((intent) => intent.type === type && "offerId" in intent && intent.offerId === offerId);
  for (const offer of newOffers(before, state)) if (!has("offer", offer.id)) problems.push(`${offer.id} is not shown`);
  for (const offer of Object.values(before.offers)) {
    const after = state.offers[offer.id];
    if (after === undefined || after === offer) continue;
    const ended = offer.state === "offered" && (after.state === "withdrawn" || after.state === "expired");
    if (ended && !has("withdrawOffer", offer.id)) problems.push(`${offer.id} stays on the screen`);
    const rings = offer.state === "offered" && after.state === "accepted" && after.outcome === null;
    if (rings && state.shifts[after.shiftId]?.telephoneId !== null && !has("connect", offer.id)) {
      problems.push(`${offer.id} is not connected`);
    }
    const call = state.calls[offer.waitingCallId];
    const back = after.outcome !== null && ["busy", "silent", "unreachable"].includes(after.outcome);
    if (back && call?.closedAt === null && call.callback === null && before.calls[call.id]?.state === "connecting") {
      if (!has("callerBackToPlace", offer.id)) problems.push(`the caller of ${offer.id} is left in silence`);
    }
  }
  for (const shift of Object.values(state.shifts)) {
    if (shift === before.shifts[shift.id]) continue;
    const told = intents.some((intent) => intent.type === "operatorChanged" && intent.shiftId === shift.id);
    if (!told) problems.push(`${shift.id} changed in silence`);
  }
  return problems;
}

/** A callback whose promising call goes on, whose time has not come, whose hours are closed, or whose caller is on the line in the same queue. */
function isHeldBack({ queues, openSchedules, calls }: AcdState, call: WaitingCall, now: number): boolean {
  if (call.callback === null) return false;
  const { heldFor, notBefore, urgent, scheduleId } = call.callback;
  const hours = scheduleId ?? queues[call.queueIds[0] ?? ""]?.callbacks?.scheduleId;
  if (heldFor !== null || notBefore > now || (!urgent && hours && !openSchedules.includes(hours))) return true;
  const others = Object.values(calls).filter((one) => one.callback === null && one.closedAt === null);
  return others.some((one) => one.number === call.number && one.queueIds.some((id) => call.queueIds.includes(id)));
}

function newOffers(before: AcdState, state: AcdState): readonly Offer[] {
  return Object.values(state.offers).filter((offer) => before.offers[offer.id] === undefined);
}

function couldServe(state: AcdState, shift: Shift, call: WaitingCall): boolean {
  return call.queueIds.some(
    (id) => shift.queueIds.includes(id) && state.queues[id]?.operatorIds.includes(shift.operatorId) === true,
  );
}
