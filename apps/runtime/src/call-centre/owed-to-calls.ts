import { type AcdEvent, type AcdState, type Intent, waitingCallId } from "@cordboard/acd";
import type { Dial } from "../ports/index.ts";
import { placedCallId } from "./callback-ids.ts";
import type { WaitingExtra } from "./documents.ts";
import type { Errand } from "./errands.ts";
import { cardToRing, rungFirst } from "./operator-view.ts";
import type { CallCentrePorts } from "./ports.ts";

export interface Owing {
  readonly ports: Pick<CallCentrePorts, "inbox" | "lookups">;
  readonly companyId: string;
  /** What is open at present. */
  readonly state: () => AcdState;
  readonly extraOf: (waitingCallId: string) => WaitingExtra | undefined;
  /** Lets the call centre decide what the call's answer means. */
  readonly tell: (event: AcdEvent) => void;
}

/** An operator accepted: the call is to dial the telephone. Due until the call has said that it does, or the acceptance is over. */
export function connectCall(owing: Owing, intent: Extract<Intent, { type: "connect" }>): Errand {
  const { ports, companyId, tell } = owing;
  const { callId, entry, offerId, operatorId, telephoneId } = intent;
  return {
    key: `connect ${offerId}`,
    stillDue: () => isConnectDue(owing, intent),
    tell: async () => {
      const operatorName = await ports.lookups.operatorName(companyId, operatorId);
      const target = { kind: "telephone", telephoneId } as const;
      return await ports.inbox.offerAccepted({ companyId, callId, entry, offerId, operatorId, operatorName, target });
    },
    done: (result) => {
      if (result === "taken") tell({ type: "telephoneRinging", callId, offerId });
      else callGone(owing, callId, entry);
    },
  };
}

/**
 * An operator accepted a callback: the call that makes it is to be placed. Due until that is confirmed. When it was placed before and is
 * over, what came of it is on its way from its own outbox; should it be lost, a later check finds that the call is not alive.
 */
export function placeCall(owing: Owing, intent: Extract<Intent, { type: "connect" }>): Errand {
  const { ports, companyId, state, extraOf, tell } = owing;
  const { callId: callbackId, entry, offerId, operatorId, telephoneId, queueId } = intent;
  const id = waitingCallId(callbackId, entry);
  return {
    key: `connect ${offerId}`,
    stillDue: () => isConnectDue(owing, intent),
    tell: async () => {
      const operatorName = await ports.lookups.operatorName(companyId, operatorId);
      const call = state().calls[id];
      const number = call?.number;
      const card = extraOf(id)?.card;
      // Over meanwhile.
      if (!call || !number || !card) return "gone";
      const callerFirst = rungFirst(call, state().queues) === "caller";
      const leaves = state().queues[queueId]?.callbacks?.machines === "leave";
      return await ports.inbox.placeCall({
        ...{ companyId, callId: placedCallId(offerId), callbackId, offerId, queueId },
        ...{ operatorId, operatorName, telephoneId, number, card: cardToRing(card, number) },
        ...(callerFirst && { first: "party" }),
        ...(callerFirst && leaves && { leavesMachines: true }),
      });
    },
    done: () => tell({ type: "telephoneRinging", callId: callbackId, offerId }),
  };
}

/** An operator dialled: the call is to be placed. Due until that is confirmed, or they are no longer dialling. */
export function placeDialled(
  owing: Owing & { readonly dialOf: (shiftId: string, callId: string) => Dial | undefined },
  { callId, shiftId, operatorId, telephoneId }: Extract<Intent, { type: "dial" }>,
): Errand {
  const { ports, companyId, state, tell } = owing;
  return {
    key: `dial ${callId}`,
    stillDue: () => {
      const shift = state().shifts[shiftId];
      return shift?.state === "dialling" && shift.current?.callId === callId && !shift.current.dialConfirmed;
    },
    tell: async () => {
      const operatorName = await ports.lookups.operatorName(companyId, operatorId);
      const dial = owing.dialOf(shiftId, callId);
      if (!dial) return "gone";
      const { number, party, first, card } = dial;
      return await ports.inbox.placeCall({
        ...{ companyId, callId, callbackId: null, offerId: null, queueId: null },
        ...{ operatorId, operatorName, telephoneId, number, party, first, card },
      });
    },
    // One that was placed before and is over has reported that; should it be lost, a later check finds that the call is not alive.
    done: () => tell({ type: "telephoneRinging", callId, offerId: null }),
  };
}

function isConnectDue({ state }: Owing, { callId, entry, offerId }: Extract<Intent, { type: "connect" }>): boolean {
  const call = state().calls[waitingCallId(callId, entry)];
  return call?.state === "connecting" && call.offerIds.includes(offerId) && !call.dialConfirmed;
}

/** Nobody who serves the call's queue is signed in: its flow wants to know. Due while it waits. */
export function tellUnstaffed(owing: Owing, { callId, entry }: Extract<Intent, { type: "unstaffed" }>): Errand {
  const id = waitingCallId(callId, entry);
  return {
    key: `unstaffed ${id}`,
    stillDue: () => owing.state().calls[id]?.state === "waiting",
    tell: () => owing.ports.inbox.unstaffed({ companyId: owing.companyId, callId, entry }),
    done: (result) => {
      if (result === "gone") callGone(owing, callId, entry);
    },
  };
}

/** Everybody who serves the call's queue is busy: its flow wanted to know when it joined. Not due any more once somebody is offered it. */
export function tellBusy(owing: Owing, { callId, entry }: Extract<Intent, { type: "busy" }>): Errand {
  const id = waitingCallId(callId, entry);
  return {
    key: `busy ${id}`,
    stillDue: () => owing.state().calls[id]?.state === "waiting",
    tell: () => owing.ports.inbox.unstaffed({ companyId: owing.companyId, callId, entry, busy: true }),
    done: (result) => {
      if (result === "gone") callGone(owing, callId, entry);
    },
  };
}

/**
 * The line is full, or the caller has waited as long as their queue lets anybody wait: their flow wanted to know; or the queue is closed. Due while
 * they wait.
 */
export function tellTurnedAway(
  owing: Owing,
  { callId, entry, type }: Extract<Intent, { type: "full" | "overflowed" | "closed" }>,
): Errand {
  const id = waitingCallId(callId, entry);
  return {
    key: `${type} ${id}`,
    stillDue: () => owing.state().calls[id]?.state === "waiting",
    tell: () => {
      const { companyId, state } = owing;
      const byHand = state().queues[state().calls[id]?.queueIds[0] ?? ""]?.opening?.byHand;
      const closed = { by: byHand?.state === "closed" ? byHand.by : null, reason: byHand?.reason || null };
      const turnedAway = type === "closed" ? { closed } : type;
      return owing.ports.inbox.unstaffed({ companyId, callId, entry, turnedAway });
    },
    done: (result) => {
      if (result === "gone") callGone(owing, callId, entry);
    },
  };
}

/** The call has ended or has left this line: its place is free, and with the sweep the operator who accepted it too. */
function callGone({ tell }: Owing, callId: string, entry: number): void {
  tell({ type: "callLeft", callId, entry });
  tell({ type: "sweep" });
}
