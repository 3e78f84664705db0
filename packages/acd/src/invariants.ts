import { fits, isHeldBack, mostAtOnce, serves } from "./invariant-facts.ts";
import { isBusy } from "./operator-states.ts";
import type { AcdState, Offer, Shift } from "./types.ts";

/** A rule that a state breaks: which one, and of whom. */
export interface Violation {
  readonly rule: InvariantId;
  readonly about: string;
}

/**
 * O1  An operator has at most one live offer: the one that their shift is on.
 * O2  The live offers of a call are those that it names, each to another operator; one that connects has one offer, the accepted.
 * O3  No accepted offer is lost: it is open exactly while its operator's telephone rings and its call is connecting by it.
 * O4  A caller who has left has no live offer: no pop-up stays for them.
 * O5  A shift is on something exactly in a busy state, and what is kept with a state (reason, limit, wish) is there only in it.
 * O6  A place in line and a priority never change, nor is a queue taken from a call, unless it is moved to another one and its offers are
 *     withdrawn, nor does a closed entity open again, but a callback that a machine answered. (Needs the state before.)
 * O7  A telephone is held by at most one open shift.
 * O8  An operator has at most one open shift.
 * O9  Every offer says why: its operator is first of the eligible, and everyone who may answer, or whom the call is for, is named once.
 * O10 A free operator does not wait beside a call that they serve, may be asked for, and have not refused.
 * O11 A promise is made once: one open callback a number and queue; it ends as `answered` by an attempt that was answered, as `givenUp` only
 *     when its stated attempts are used up (or it was an operator's own, or the number has another promise), and no attempt is forgotten.
 * O12 By an offer an operator dials exactly for a callback, and rings exactly for a caller.
 * O13 An offer goes to who knows what its call asks for at that moment, and to a preferred operator while the call is kept for them.
 * O14 Who is turned away (a full line, the longest wait) is offered to nobody.
 * O15 No more operators are asked at once for a call than its queue allows.
 * O16 No decision promises more callbacks for a time than their queue allows, and none is made before its time unless somebody asked for it now.
 */
export type InvariantId =
  | "O1"
  | "O2"
  | "O3"
  | "O4"
  | "O5"
  | "O6"
  | "O7"
  | "O8"
  | "O9"
  | "O10"
  | "O11"
  | "O12"
  | "O13"
  | "O14"
  | "O15"
  | "O16";

/**
 * Which rules a state breaks; empty for every state that `decide` returned. Written apart from the rules that it checks: it shares no code
 * with matching and repair. With `now`, also that nobody waits in vain (O10), which is true after a decision at that time; with `before`,
 * also what must not change (O6).
 */
export function checkInvariants(
  state: AcdState,
  { now, before }: { readonly now?: number; readonly before?: AcdState } = {},
): readonly Violation[] {
  const found: Violation[] = [];
  const broken = (rule: InvariantId, about: string) => found.push({ rule, about });
  checkOffers(state, broken);
  checkShifts(state, broken);
  checkCalls(state, broken);
  checkCallbacks(state, broken);
  checkWhy(state, before, broken);
  if (now !== undefined) checkNewOffers(state, before, now, broken);
  if (now !== undefined) checkNobodyWaitsInVain(state, now, broken);
  if (before !== undefined) checkWhatStays(before, state, broken);
  if (before !== undefined) checkSlots(before, state, broken);
  return found;
}

type Broken = (rule: InvariantId, about: string) => void;

function checkOffers(state: AcdState, broken: Broken): void {
  for (const offer of Object.values(state.offers)) {
    const shift = state.shifts[offer.shiftId];
    const call = state.calls[offer.waitingCallId];
    if (offer.state === "offered") {
      if (shift?.state !== "offered" || shift.current?.offerId !== offer.id) broken("O1", offer.id);
      if (call?.state === "left") broken("O4", offer.id);
      else if (call?.state !== "offered" || !call.offerIds.includes(offer.id)) broken("O2", offer.id);
      if (offer.closedAt !== null || offer.endedAt !== null) broken("O1", offer.id);
    } else if (offer.closedAt === null) {
      const rings = isDialling(shift) && shift?.current?.offerId === offer.id;
      const connects = call?.state === "connecting" && sameOnly(call.offerIds, offer.id);
      if (offer.state !== "accepted" || !rings || !connects) broken("O3", offer.id);
    }
    if ((offer.outcome !== null) !== (offer.state === "accepted" && offer.closedAt !== null)) broken("O3", offer.id);
  }
}

function checkShifts(state: AcdState, broken: Broken): void {
  const telephones = new Set<string>();
  const operators = new Set<string>();
  for (const shift of Object.values(state.shifts)) {
    checkStateOfShift(state, shift, broken);
    if (shift.closedAt !== null) continue;
    if (shift.telephoneId !== null && telephones.has(shift.telephoneId)) broken("O7", shift.telephoneId);
    if (shift.telephoneId !== null) telephones.add(shift.telephoneId);
    if (operators.has(shift.operatorId)) broken("O8", shift.operatorId);
    operators.add(shift.operatorId);
  }
}

function checkStateOfShift(state: AcdState, shift: Shift, broken: Broken): void {
  const current = shift.current;
  const offer: Offer | undefined = state.offers[current?.offerId ?? ""];
  if ((current !== null) !== isBusy(shift.state)) broken("O5", shift.id);
  if ((shift.state === "offline") !== (shift.closedAt !== null)) broken("O5", shift.id);
  if ((shift.pauseReason !== null) !== (shift.state === "paused")) broken("O5", shift.id);
  if (shift.wrapUpUntil !== null && shift.state !== "wrapUp") broken("O5", shift.id);
  if ((shift.wrapUpExtended ?? 0) > 0 && shift.wrapUpUntil === null) broken("O5", shift.id);
  if (shift.after !== null && !isBusy(shift.state)) broken("O5", shift.id);
  if (shift.state === "offered" && (offer?.state !== "offered" || offer.shiftId !== shift.id)) broken("O1", shift.id);
  if (isDialling(shift) && (offer?.state !== "accepted" || offer.closedAt !== null)) broken("O3", shift.id);
  const callback = state.calls[offer?.waitingCallId ?? ""]?.callback;
  if (shift.state === "ringing" && callback) broken("O12", shift.id);
  if (shift.state === "dialling" && offer !== undefined && !callback) broken("O12", shift.id);
  if (shift.state === "offered" && shift.telephoneId === null) broken("O5", shift.id);
}

/** Their telephone is rung for an offer that they accepted. */
function isDialling(shift: Shift | undefined): boolean {
  return shift?.state === "ringing" || (shift?.state === "dialling" && shift.current?.offerId !== null);
}

function checkSlots(before: AcdState, after: AcdState, broken: Broken): void {
  for (const call of Object.values(after.calls)) {
    const { callback, closedAt, id, queueIds } = call;
    if (callback === null || closedAt !== null || typeof callback.slotAt !== "number") continue;
    const { slotAt, notBefore, urgent } = callback;
    if (notBefore < slotAt && !urgent) broken("O16", id);
    if (before.calls[id]?.callback?.slotAt === slotAt) continue;
    for (const queueId of queueIds) {
      const slots = after.queues[queueId]?.callbacks?.slots;
      const most = slots?.most ?? null;
      if (!slots || most === null) continue;
      const there = Object.values(after.calls).filter(
        (one) =>
          one.closedAt === null &&
          one.queueIds.includes(queueId) &&
          typeof one.callback?.slotAt === "number" &&
          Math.abs(one.callback.slotAt - slotAt) < slots.lengthMs,
      );
      if (there.length > most) broken("O16", id);
    }
  }
}

function checkCallbacks(state: AcdState, broken: Broken): void {
  const promised = new Set<string>();
  for (const { id, callback, number, queueIds, closedAt, leftReason } of Object.values(state.calls)) {
    if (callback === null) continue;
    const { attempts, attemptsAllowed, once } = callback;
    const answered = attempts.filter(({ result }) => result === "answered").length;
    if (attempts.length > attemptsAllowed || answered !== (leftReason === "answered" ? 1 : 0)) broken("O11", id);
    const early = leftReason === "givenUp" && !once && attempts.length !== attemptsAllowed;
    if (early && !attempts.at(-1)?.corrected) broken("O11", id);
    if (leftReason === "hungUp" || leftReason === "movedOn") broken("O11", id);
    if (closedAt !== null) continue;
    for (const queueId of queueIds) {
      const key = `${number} ${queueId}`;
      if (promised.has(key)) broken("O11", key);
      promised.add(key);
    }
  }
}

function checkCalls(state: AcdState, broken: Broken): void {
  const visits = new Set<string>();
  for (const call of Object.values(state.calls)) {
    const count = call.offerIds.length;
    const right = call.state === "offered" ? count > 0 : count === (call.state === "connecting" ? 1 : 0);
    const asked = new Set(call.offerIds.map((id) => state.offers[id]?.operatorId));
    if (!right || asked.size !== count) broken("O2", call.id);
    if (call.turnedAway && count > 0) broken("O14", call.id);
    for (const offerId of call.offerIds) {
      const offer = state.offers[offerId];
      if (offer?.waitingCallId !== call.id || offer.closedAt !== null) broken("O2", call.id);
    }
    if ((call.state === "left") !== (call.closedAt !== null)) broken("O4", call.id);
    if (call.closedAt !== null) continue;
    if (visits.has(call.callId)) broken("O2", call.callId);
    visits.add(call.callId);
  }
}

/** Of the offers that are new since `before`, or of all where there is none. */
function checkWhy(state: AcdState, before: AcdState | undefined, broken: Broken): void {
  for (const offer of Object.values(state.offers)) {
    if (before?.offers[offer.id] !== undefined) continue;
    const { eligible, not } = offer.why;
    const named = [...eligible.map((one) => one.operatorId), ...Object.values(not).flat()];
    if (new Set(named).size !== named.length || eligible[0]?.operatorId !== offer.operatorId) broken("O9", offer.id);
    if (before === undefined) continue;
    const queueIds = state.calls[offer.waitingCallId]?.queueIds ?? [];
    const everyone = new Set(queueIds.flatMap((id) => state.queues[id]?.operatorIds ?? []));
    if (offer.why.first === "named") everyone.add(offer.operatorId);
    if (everyone.size !== named.length || named.some((id) => !everyone.has(id))) broken("O9", offer.id);
  }
}

function checkNewOffers(state: AcdState, before: AcdState | undefined, now: number, broken: Broken): void {
  for (const offer of Object.values(state.offers)) {
    const call = state.calls[offer.waitingCallId];
    if (before === undefined || before.offers[offer.id] !== undefined || call === undefined) continue;
    if (offer.why.first === "taken") continue;
    // Whom a call is for in particular takes it whatever it asks of others.
    const unfit = offer.why.first !== "named" && !fits(state, call, offer.operatorId, now);
    if (unfit) broken("O13", offer.id);
    if (call.offerIds.length > mostAtOnce(state, call)) broken("O15", offer.id);
  }
}

function checkNobodyWaitsInVain(state: AcdState, now: number, broken: Broken): void {
  const free = Object.values(state.shifts).filter(
    (shift) =>
      shift.state === "available" &&
      shift.connection.id !== null &&
      shift.telephoneId !== null &&
      shift.orphanedLeg === null,
  );
  if (free.length === 0) return;
  for (const call of Object.values(state.calls)) {
    if (call.state !== "waiting" || call.turnedAway || call.named?.only || isHeldBack(state, call, now)) continue;
    for (const shift of free) {
      const until = call.refusedBy[shift.operatorId]?.until ?? 0;
      const may = until <= now && serves(state, shift, call) && fits(state, call, shift.operatorId, now);
      if (may) broken("O10", `${shift.id} ${call.id}`);
    }
  }
}

function checkWhatStays(before: AcdState, after: AcdState, broken: Broken): void {
  for (const call of Object.values(before.calls)) {
    const now = after.calls[call.id];
    if (now === undefined || now === call) continue;
    const same =
      now.place === call.place &&
      now.joinedAt === call.joinedAt &&
      now.priority === call.priority &&
      now.before === call.before;
    const widened = call.queueIds.every((id, at) => now.queueIds[at] === id);
    const moved = now.queueIds.length === 1 && now.offerIds.every((id) => !call.offerIds.includes(id));
    const opensAgain = call.closedAt !== null && now.closedAt === null && !now.callback?.attempts.at(-1)?.corrected;
    if (!same || !(widened || moved) || opensAgain) broken("O6", call.id);
    const kept =
      call.callback?.attempts.every((one, at) => {
        const after = now.callback?.attempts[at];
        return after === one || (after?.corrected === true && after.offerId === one.offerId);
      }) ?? true;
    if (!kept) broken("O11", call.id);
  }
  for (const offer of Object.values(before.offers)) {
    if (offer.closedAt !== null && after.offers[offer.id] !== offer) broken("O6", offer.id);
  }
  for (const shift of Object.values(before.shifts)) {
    if (shift.closedAt !== null && after.shifts[shift.id]?.closedAt === null) broken("O6", shift.id);
  }
}

function sameOnly(ids: readonly string[], id: string): boolean {
  return ids.length === 1 && ids[0] === id;
}
