import { type AcdEvent, type Result, type Shift, waitingCallId } from "@cordboard/acd";
import type { Dial, OperatorAnswer, OperatorCommand } from "../ports/index.ts";
import { callOn } from "./callback-ids.ts";
import { type OfferDocument, type WaitingCallDocument, waitingCallOf } from "./documents.ts";
import type { Holding } from "./holding.ts";
import type { Presence } from "./presence.ts";

/** What a command is decided with. `decide` carries an event out and says what came of it. */
export interface CommandContext {
  readonly operatorId: string;
  readonly holding: Holding;
  readonly presence: Presence;
  readonly now: number;
  readonly decide: (event: AcdEvent) => Result;
  /** The telephone named by the command exists in this company. */
  readonly telephoneExists: (telephoneId: string) => boolean;
  /** Shift ids that were used before and are over. */
  readonly isOver: (shiftId: string) => boolean;
  /** An offer that is no longer in memory, as the store has it. */
  readonly storedOffer: (offerId: string) => OfferDocument | undefined;
  /** What was in line before and is over. */
  readonly pastVisit: (waitingCallId: string) => WaitingCallDocument | undefined;
  /** A place in line that nobody has. */
  readonly drawPlace: () => number;
}

const done: OperatorAnswer = { ok: true };

/** Carries out what an operator asks; refusals are values in the words of the border. The same command again is answered like the first. */
export function carryOutCommand(context: CommandContext, command: OperatorCommand): OperatorAnswer {
  const { holding, operatorId } = context;
  if (command.kind === "connected" || command.kind === "disconnected") return notePresence(context, command);
  const shift = holding.openShiftOf(operatorId);
  if (command.kind === "signIn") return shift ? adjustShift(context, shift, command) : openShift(context, command);
  if (!shift) return command.kind === "signOut" ? done : { ok: false, reason: "notSignedIn" };
  const shiftId = shift.id;
  const carry = (event: AcdEvent) => answerOf(context, context.decide(event));
  switch (command.kind) {
    case "signOut":
      return carry({ type: "signedOut", shiftId });
    case "chooseTelephone":
      return chooseTelephone(context, shift, command.telephoneId, command.takeOver);
    case "tickQueues":
      return carry({ type: "queuesTicked", shiftId, queueIds: command.queueIds });
    case "pause":
      return carry({ type: "paused", shiftId, label: command.label });
    case "resume":
      return carry({ type: "resumed", shiftId });
    case "ready":
      return carry({ type: "ready", shiftId });
    case "acknowledge":
      holding.acknowledge(shiftId, command.noticeId);
      return done;
    case "extendWrapUp": {
      const result = context.decide({ type: "wrapUpExtended", shiftId });
      const ended = !result.ok && result.reason === "wrongState";
      return ended ? { ok: false, reason: "noExtension" } : answerOf(context, result);
    }
    case "noteCall":
      return holding.noteCall(shift, command, context.now) ? done : { ok: false, reason: "notYourCall" };
    case "askHelp":
      return holding.askHelp(shift, command.callId, command.wanted && shift.state === "talking" ? context.now : null)
        ? done
        : { ok: false, reason: "notYourCall" };
    case "wasMachine":
      return wasMachine(context, shift, command.callId);
    case "legCleared":
      return carry({ type: "legClearedByOperator", shiftId });
    case "offerShown":
      // One that is over meanwhile is no longer on the screen either.
      context.decide({ type: "offerShown", shiftId, offerId: command.offerId });
      return done;
    case "accept":
    case "refuse":
      return takeOrRefuse(context, shift, command.offerId, command.kind);
    case "callBack":
      return callBack(context, shift, command);
    case "dial":
      return dial(context, shift, command.dial);
  }
}

type SignIn = Extract<OperatorCommand, { kind: "signIn" }>;

function openShift(context: CommandContext, command: SignIn): OperatorAnswer {
  const { operatorId, presence } = context;
  const { shiftId, telephoneId, takeOver, queueIds } = command;
  // A sign-in that was told twice, the second time after the shift's end, must not begin it again.
  if (context.isOver(shiftId)) return { ok: false, reason: "notSignedIn" };
  if (telephoneId !== null && !context.telephoneExists(telephoneId)) return { ok: false, reason: "telephoneUnknown" };
  const connectionId = presence.of(operatorId);
  const event: AcdEvent = { type: "signedIn", operatorId, shiftId, telephoneId, takeOver, queueIds, connectionId };
  return answerOf(context, context.decide(event));
}

/** Somebody who is signed in already signs in again: the shift stays, telephone and queues become what was asked for now. */
function adjustShift(context: CommandContext, shift: Shift, command: SignIn): OperatorAnswer {
  const { telephoneId, takeOver, queueIds } = command;
  const { operatorId, presence } = context;
  // Takes back a sign-out that was asked for after the call, and tells which connection is there.
  const connectionId = presence.of(operatorId, shift.connection.id);
  context.decide({
    type: "signedIn",
    operatorId,
    shiftId: shift.id,
    telephoneId: shift.telephoneId,
    takeOver: false,
    queueIds: shift.queueIds,
    connectionId,
  });
  if (telephoneId !== null && telephoneId !== shift.telephoneId) {
    const chosen = chooseTelephone(context, shift, telephoneId, takeOver);
    if (!chosen.ok) return chosen;
  }
  const same = queueIds.length === shift.queueIds.length && queueIds.every((id) => shift.queueIds.includes(id));
  return same ? done : answerOf(context, context.decide({ type: "queuesTicked", shiftId: shift.id, queueIds }));
}

function chooseTelephone(
  context: CommandContext,
  shift: Shift,
  telephoneId: string,
  takeOver: boolean,
): OperatorAnswer {
  if (!context.telephoneExists(telephoneId)) return { ok: false, reason: "telephoneUnknown" };
  return answerOf(context, context.decide({ type: "telephoneChosen", shiftId: shift.id, telephoneId, takeOver }));
}

function takeOrRefuse(
  context: CommandContext,
  shift: Shift,
  offerId: string,
  kind: "accept" | "refuse",
): OperatorAnswer {
  if (kind === "accept" && shift.telephoneId === null && shift.current?.offerId === offerId) {
    return { ok: false, reason: "telephoneMissing" };
  }
  const type = kind === "accept" ? "accepted" : "refused";
  const result = context.decide({ type, shiftId: shift.id, offerId });
  if (result.ok || result.reason === "refusalNotAllowed" || result.reason === "shiftEnded") {
    return answerOf(context, result);
  }
  const offer = context.holding.state.offers[offerId] ?? context.storedOffer(offerId);
  if (!offer || offer.operatorId !== context.operatorId || offer.state === "offered") {
    return { ok: false, reason: "offerGone", how: "unknown" };
  }
  return offer.state === type ? done : { ok: false, reason: "offerGone", how: offer.state };
}

/** One that this very command promised, and that is over by now, was made: it is not made again. */
function callBack(
  context: CommandContext,
  shift: Shift,
  { callbackId, promise }: Extract<OperatorCommand, { kind: "callBack" }>,
): OperatorAnswer {
  const { holding, decide, drawPlace } = context;
  const id = waitingCallId(callbackId, 1);
  if (shift.current?.callId === callbackId) {
    const { offerId } = shift.current;
    return shift.state === "offered" && offerId !== null ? takeOrRefuse(context, shift, offerId, "accept") : done;
  }
  if (promise && context.pastVisit(id)) return done;
  if (promise) holding.extras.set(id, { card: promise.card, promisedInCallId: null });
  const made = promise && {
    ...{ number: promise.number, queueId: promise.queueId, place: drawPlace() },
    ...{ priority: 0, scheduleId: null, once: true },
  };
  const result = decide({ type: "callbackTaken", shiftId: shift.id, callId: callbackId, promise: made });
  if (!holding.state.calls[id]) holding.extras.delete(id);
  if (result.ok) return done;
  if (result.reason === "callGone") return { ok: false, reason: "callbackOver" };
  if (result.reason === "underWay") return { ok: false, reason: "callbackUnderWay" };
  if (result.reason === "wrongState" && shift.state === "available" && shift.telephoneId === null) {
    return { ok: false, reason: "telephoneMissing" };
  }
  return answerOf(context, result);
}

/** The promise closed when the number answered; it comes back from the store, with its card. */
function wasMachine(context: CommandContext, shift: Shift, callId: string): OperatorAnswer {
  const { holding, decide, pastVisit } = context;
  const { current } = shift;
  if (!current || current.offerId === null || callOn(current) !== callId) return { ok: false, reason: "notYourCall" };
  const id = waitingCallId(current.callId, 1);
  const stored = pastVisit(id);
  const wasOpen = holding.state.calls[id] !== undefined;
  if (stored && !wasOpen) holding.extras.set(id, stored.extra);
  const call = stored ? waitingCallOf(stored) : null;
  const result = decide({
    type: "machineFound",
    shiftId: shift.id,
    offerId: current.offerId,
    callId: current.callId,
    call,
  });
  if (!holding.state.calls[id]) holding.extras.delete(id);
  return result.ok ? done : { ok: false, reason: "notYourCall" };
}

/** Told again while the call is under way, it is ordered again and not placed a second time: its id is the command's. */
function dial(context: CommandContext, shift: Shift, dialled: Dial): OperatorAnswer {
  const { holding, decide } = context;
  const { callId } = dialled;
  if (shift.current?.callId === callId) return done;
  const takeBack = holding.noteDial(shift.id, dialled);
  const result = decide({ type: "dialStarted", shiftId: shift.id, callId });
  if (result.ok) return done;
  takeBack();
  const isFree = shift.state === "available" || shift.state === "paused";
  if (result.reason === "wrongState" && isFree && shift.telephoneId === null) {
    return { ok: false, reason: "telephoneMissing" };
  }
  return answerOf(context, result);
}

function notePresence(
  { presence, operatorId, now, holding, decide }: CommandContext,
  command: Extract<OperatorCommand, { kind: "connected" | "disconnected" }>,
): OperatorAnswer {
  if (command.kind === "connected") presence.heard(operatorId, command.processId, now);
  else presence.gone(operatorId, command.processId);
  const shift = holding.openShiftOf(operatorId);
  const correction = shift && presence.correction(shift);
  if (correction) decide(correction);
  return done;
}

function answerOf({ holding, operatorId }: CommandContext, result: Result): OperatorAnswer {
  if (result.ok) return done;
  switch (result.reason) {
    case "telephoneHeld":
    case "telephoneInUse":
      return { ok: false, reason: "telephoneTaken", heldBy: { operatorId: result.holder.operatorId } };
    case "notOfQueue":
      return { ok: false, reason: "queueNotAllowed", queueId: result.queueIds[0] ?? "" };
    case "refusalNotAllowed":
      return { ok: false, reason: "refusalNotAllowed" };
    case "shiftEnded":
      return { ok: false, reason: "notSignedIn" };
    case "oldConnection":
      return done;
    default:
      return { ok: false, reason: "notNow", state: holding.openShiftOf(operatorId)?.state ?? "offline" };
  }
}
