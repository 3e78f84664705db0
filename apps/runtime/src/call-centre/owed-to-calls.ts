import { type AcdEvent, type AcdState, type Intent, waitingCallId } from "@cordboard/acd";
import type { Errand } from "./errands.ts";
import type { CallCentrePorts } from "./ports.ts";

export interface Owing {
  readonly ports: Pick<CallCentrePorts, "inbox" | "lookups">;
  readonly companyId: string;
  /** What is open at present. */
  readonly state: () => AcdState;
  /** Lets the call centre decide what the call's answer means. */
  readonly tell: (event: AcdEvent) => void;
}

/** An operator accepted: the call is to dial the telephone. Due until the call has said that it does, or the acceptance is over. */
export function connectCall(owing: Owing, intent: Extract<Intent, { type: "connect" }>): Errand {
  const { ports, companyId, state, tell } = owing;
  const { callId, entry, offerId, operatorId, telephoneId } = intent;
  return {
    key: `connect ${offerId}`,
    stillDue: () => {
      const call = state().calls[waitingCallId(callId, entry)];
      return call?.state === "connecting" && call.offerIds.includes(offerId) && !call.dialConfirmed;
    },
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

/** The call has ended or has left this line: its place is free, and with the sweep the operator who accepted it too. */
function callGone({ tell }: Owing, callId: string, entry: number): void {
  tell({ type: "callLeft", callId, entry });
  tell({ type: "sweep" });
}
