import type { AcdState, Decision, Offer, Shift, WaitingCall } from "../src/index.ts";
import { fits, isAhead, isHeldBack, knowsEnough, serves } from "../src/invariant-facts.ts";

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
    if (!serves(state, shift, call)) problems.push(`${offer.id} went to an operator who does not serve the queue`);
    if (isHeldBack(state, call, now)) problems.push(`${offer.id} was held back`);
    const earliest = call.refusedBy[shift.operatorId]?.aloneUntil ?? 0;
    if (earliest > now) problems.push(`${offer.id} came too soon after the refusal`);
    const kept = (call.refusedBy[shift.operatorId]?.until ?? 0) > now;
    for (const other of Object.values(state.calls)) {
      // A second operator is asked for a call only when nobody else waits whom that operator could take.
      const ahead = offer.why.first === "alsoAsked" || isAhead(state, other, call, now);
      const may = (other.refusedBy[shift.operatorId]?.until ?? 0) <= now && !isHeldBack(state, other, now);
      const waits =
        other.state === "waiting" &&
        !other.turnedAway &&
        !other.named?.only &&
        fits(state, other, shift.operatorId, now);
      if (waits && ahead && may && serves(state, shift, other)) problems.push(`${offer.id} passed over ${other.id}`);
    }
    problems.push(...checkRank(before, state, offer, shift, call, now));
    const others = Object.values(state.shifts).filter((one) => one.closedAt === null && serves(state, one, call));
    const elseCould = others.some(
      (one) => (call.refusedBy[one.operatorId]?.until ?? 0) <= now && knowsEnough(state, call, one.operatorId, now),
    );
    if (kept && elseCould) problems.push(`${offer.id} went back to who refused it though somebody else could`);
  }
  return problems;
}

/**
 * Whom a new offer passed over who was as free, serves the same queue and could have taken the call: somebody whom the call prefers, or who
 * knows more of what it asks for. Those who are still free after the decision are enough: they could have had it.
 */
function checkRank(
  before: AcdState,
  state: AcdState,
  offer: Offer,
  shift: Shift,
  call: WaitingCall,
  now: number,
): readonly string[] {
  const wanted = call.preferred?.operatorIds ?? [];
  const rank = (operatorId: string) => (wanted.includes(operatorId) ? wanted.indexOf(operatorId) : wanted.length);
  const asked = [...(state.queues[call.queueIds[0] ?? ""]?.skills ?? []), ...(call.skills ?? [])];
  const skillIds = [...new Set(asked.map(({ skillId }) => skillId))];
  const fit = (operatorId: string) =>
    skillIds.reduce((sum, id) => sum + (state.operators[operatorId]?.skills[id] ?? 0), 0);
  const [firstQueue] = call.queueIds.filter((id) => shift.queueIds.includes(id));
  return Object.values(state.shifts).flatMap((other) => {
    const free = other.state === "available" && before.shifts[other.id]?.state === "available";
    const ready = other.connection.id !== null && other.telephoneId !== null && other.orphanedLeg === null;
    const same = offer.queueId === firstQueue && other.queueIds.includes(offer.queueId);
    const member = state.queues[offer.queueId]?.operatorIds.includes(other.operatorId) === true;
    const kept = (call.refusedBy[other.operatorId]?.until ?? 0) > now || !fits(state, call, other.operatorId, now);
    if (!free || !ready || !same || !member || kept) return [];
    const better =
      rank(other.operatorId) < rank(shift.operatorId) ||
      (rank(other.operatorId) === rank(shift.operatorId) && fit(other.operatorId) > fit(shift.operatorId));
    return better ? [`${offer.id} passed over ${other.operatorId}, who fits better`] : [];
  });
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

function newOffers(before: AcdState, state: AcdState): readonly Offer[] {
  return Object.values(state.offers).filter((offer) => before.offers[offer.id] === undefined);
}
