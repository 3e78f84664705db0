import type { AcdEvent } from "./events.ts";
import type {
  AcdState,
  CallId,
  LeftReason,
  NumberFailure,
  OfferId,
  OperatorId,
  QueueId,
  ShiftId,
  TelephoneFailure,
  TelephoneId,
  WithdrawReason,
} from "./types.ts";

/** What one decision gives: the state after it, what the host shall do once that is written, and the answer to who asked. */
export interface Decision {
  readonly state: AcdState;
  readonly intents: readonly Intent[];
  readonly result: Result;
}

/** The clock and the chance that a decision needs, given by the host. */
export interface Moment {
  /** UTC milliseconds. */
  readonly now: number;
  /** Random text of 128 bits, new for every call of `decide` (a retry too): offers made are named `offer_<fresh>`, `offer_<fresh>.1` … */
  readonly fresh: string;
}

/** Expected refusals are values; the state may still have changed (a repair, a match), and is then to be written like any other. */
export type Result =
  | {
      readonly ok: true;
      /** The shift that `signedIn` opened or found. */
      readonly shiftId?: ShiftId;
      /**
       * `already`: it was so before (a repeated event). `later`: it is noted and happens after the present call. `merged`: the number was
       * promised a callback in this queue before, and that promise stands.
       */
      readonly note?: "already" | "later" | "merged";
    }
  | { readonly ok: false; readonly reason: "telephoneHeld" | "telephoneInUse"; readonly holder: Holder }
  | { readonly ok: false; readonly reason: "notOfQueue"; readonly queueIds: readonly QueueId[] }
  | { readonly ok: false; readonly reason: RefusalReason };

export interface Holder {
  readonly shiftId: ShiftId;
  readonly operatorId: OperatorId;
}

/**
 * `alreadyEnded`: the offer or conversation is over (expired, withdrawn, hung up): too late.
 * `notYours`: the offer was made to another operator.
 * `shiftEnded`: signed out meanwhile, or never signed in.
 * `callGone`: the call has left the line; `stale`: it is on a later visit.
 * `wrongState`: not possible in the operator's present state.
 * `full`: the queue has promised as many callbacks as it may; `slotFull`: for this slot. `underWay`: the callback is being made just now.
 */
export type RefusalReason =
  | "alreadyEnded"
  | "notYours"
  | "shiftEnded"
  | "callGone"
  | "stale"
  | "wrongState"
  | "refusalNotAllowed"
  | "oldConnection"
  | "full"
  | "slotFull"
  | "underWay";

/** What the host does after the writes. Each may be given again; `offerId` and `entry` make it harmless. */
export type Intent =
  /** Show the pop-up. */
  | {
      readonly type: "offer";
      readonly offerId: OfferId;
      readonly shiftId: ShiftId;
      readonly operatorId: OperatorId;
      readonly callId: CallId;
      readonly queueId: QueueId;
      readonly expiresAt: number;
    }
  /** Close the pop-up and say why. */
  | {
      readonly type: "withdrawOffer";
      readonly offerId: OfferId;
      readonly shiftId: ShiftId;
      readonly operatorId: OperatorId;
      readonly callId: CallId;
      readonly reason: WithdrawReason | "expired";
    }
  /**
   * Step the call: dial the operator's telephone. A call that knows this offer already does nothing. For a callback: place the call that
   * makes it, once an offer.
   */
  | {
      readonly type: "connect";
      readonly callId: CallId;
      readonly entry: number;
      readonly offerId: OfferId;
      readonly shiftId: ShiftId;
      readonly operatorId: OperatorId;
      readonly telephoneId: TelephoneId;
      readonly queueId: QueueId;
    }
  /** Place the call that the operator dialled, once a call id: ring its two ends. Given again until `telephoneRinging` confirms it. */
  | {
      readonly type: "dial";
      readonly callId: CallId;
      readonly shiftId: ShiftId;
      readonly operatorId: OperatorId;
      readonly telephoneId: TelephoneId;
    }
  /** Step the call: the telephone did not answer; the caller hears the queue again, at the place they had. */
  | {
      readonly type: "callerBackToPlace";
      readonly callId: CallId;
      readonly entry: number;
      readonly offerId: OfferId;
      readonly reason: TelephoneFailure | "repaired";
    }
  /** Step the call: nobody who may answer it is signed in, and its flow asked to be told. */
  | { readonly type: "unstaffed"; readonly callId: CallId; readonly entry: number }
  /**
   * Step the call: its line is full, or it has waited as long as its queue lets anybody wait, and its flow asked to be told; or its queue is
   * closed (`closed`), which every flow is told.
   */
  | { readonly type: "full" | "overflowed" | "closed"; readonly callId: CallId; readonly entry: number }
  /** Step the call: everybody who may answer it is busy, and its flow asked to be told when it joined. */
  | { readonly type: "busy"; readonly callId: CallId; readonly entry: number }
  /** The dial should have ended long ago: ask the call what it is doing and send the event that is missing. */
  | { readonly type: "checkCall"; readonly callId: CallId; readonly offerId: OfferId | null }
  /** A callback is over, and how: `givenUp` is to be reported. */
  | {
      readonly type: "callbackOver";
      readonly callbackId: CallId;
      readonly queueId: QueueId;
      readonly reason: LeftReason;
    }
  /** Something about this operator changed: tell their agent and the live board. */
  | { readonly type: "operatorChanged"; readonly shiftId: ShiftId; readonly operatorId: OperatorId }
  | {
      readonly type: "tellOperator";
      readonly shiftId: ShiftId;
      readonly operatorId: OperatorId;
      readonly code: TellCode;
      readonly callId: CallId | null;
    }
  /** Send `sweep` at this time at the latest; the last one given replaces those before. */
  | { readonly type: "scheduleAt"; readonly at: number };

/** What an operator is told; the texts, in both languages, are the agent's. */
export type TellCode =
  | "missedOffer"
  | "signedOutAfterMissed"
  | "telephoneBusy"
  | "telephoneSilent"
  | "telephoneUnreachable"
  | "telephoneTaken"
  | "connectionWasLost"
  | "callerLeftWhileRinging"
  | "hangUpYourTelephone"
  | "forcedBySupervisor"
  | NumberFailure;

/** The signature of `decide`. */
export type Decide = (state: AcdState, event: AcdEvent, moment: Moment) => Decision;
