import type { Asked, OperatorRules } from "./distribution.ts";
import type {
  CallId,
  NamedOperator,
  OfferId,
  OperatorId,
  Queue,
  QueueId,
  RungEnd,
  ScheduleId,
  ShiftId,
  TelephoneFailure,
  TelephoneId,
  WaitingCall,
} from "./types.ts";

/**
 * What can happen. Every event may come late, twice or out of order: what it names (shift, offer, visit, callback, connection) tells a decision
 * whether it still matters. What the call itself reports (`call…`, `telephone…`, `conversationEnded`, `handedOver`, `legOrphaned`)
 * must be delivered at least once, until its intents are carried out: a repeated one gives the same intents again.
 */
export type AcdEvent =
  | CallJoined
  /** The flow took the call out of the line (message, callback, closing): not a hang-up. */
  | { readonly type: "callLeft"; readonly callId: CallId; readonly entry: number }
  /** The caller is gone, in whatever phase; also for a call that an operator dialled, or in which a callback was promised. */
  | { readonly type: "callHungUp"; readonly callId: CallId }
  | SignedIn
  | { readonly type: "signedOut"; readonly shiftId: ShiftId }
  | { readonly type: "queuesTicked"; readonly shiftId: ShiftId; readonly queueIds: readonly QueueId[] }
  | {
      readonly type: "telephoneChosen";
      readonly shiftId: ShiftId;
      readonly telephoneId: TelephoneId | null;
      readonly takeOver: boolean;
    }
  /** Now, or after the present call when there is one. */
  | { readonly type: "paused"; readonly shiftId: ShiftId; readonly label: string | null }
  /** Ends a pause, or takes back "after this call, pause / sign out". */
  | { readonly type: "resumed"; readonly shiftId: ShiftId }
  | { readonly type: "accepted"; readonly shiftId: ShiftId; readonly offerId: OfferId }
  | { readonly type: "refused"; readonly shiftId: ShiftId; readonly offerId: OfferId }
  /** The agent has the offer on the screen: from now on it may accept itself, where its queue or operator says so. */
  | { readonly type: "offerShown"; readonly shiftId: ShiftId; readonly offerId: OfferId }
  /** The agent's connection `connectionId` ended; an older one than the shift's present one says nothing. */
  | { readonly type: "connectionLost"; readonly shiftId: ShiftId; readonly connectionId: string }
  | { readonly type: "connectionBack"; readonly shiftId: ShiftId; readonly connectionId: string }
  /** The call's step that dials the telephone is durable (or the telephone rings already). */
  | {
      readonly type: "telephoneRinging";
      readonly callId: CallId;
      readonly offerId: OfferId | null;
      /** Of a call that is placed: what rings. Absent: it is placed, and nothing rings yet. */
      readonly rings?: RungEnd;
    }
  | { readonly type: "telephoneAnswered"; readonly callId: CallId; readonly offerId: OfferId | null }
  | {
      readonly type: "telephoneFailed";
      readonly callId: CallId;
      readonly offerId: OfferId | null;
      readonly how: TelephoneFailure;
    }
  /** The number of a callback, or of a dialled call (`offerId` null), did not answer the call that was placed. */
  | {
      readonly type: "numberFailed";
      readonly callId: CallId;
      readonly offerId: OfferId | null;
      readonly how: TelephoneFailure | "machine";
    }
  /** The operator no longer talks to this caller, whoever hung up; of a callback also: the call that was placed for it is over. */
  | { readonly type: "conversationEnded"; readonly callId: CallId; readonly offerId: OfferId | null }
  /** The conversation was given to the exchange (REFER): its end is invisible, the operator is busy until Ready. */
  | { readonly type: "handedOver"; readonly callId: CallId; readonly offerId: OfferId | null }
  /** The operator is done: ends the wrap-up, or a conversation that was handed over. */
  | { readonly type: "ready"; readonly shiftId: ShiftId }
  /** One more stretch of wrap-up, as long and as often as the queue allows. */
  | { readonly type: "wrapUpExtended"; readonly shiftId: ShiftId }
  /** The operator dials a call of their own (click to call). In a pause, they are back in it afterwards. */
  | { readonly type: "dialStarted"; readonly shiftId: ShiftId; readonly callId: CallId }
  | { readonly type: "legOrphaned"; readonly shiftId: ShiftId; readonly callId: CallId }
  | { readonly type: "legClearedByOperator"; readonly shiftId: ShiftId }
  /** A supervisor's order: now where that ends no conversation, otherwise after the present call. */
  | { readonly type: "forced"; readonly shiftId: ShiftId; readonly to: "available" | "paused" | "offline" }
  /** A supervisor puts a caller, or a callback, before all others; what was moved up earlier stays before it. */
  | { readonly type: "callMovedUp"; readonly callId: CallId }
  /** A supervisor has a caller wait in this queue instead, at the place that they have. */
  | { readonly type: "callMovedTo"; readonly callId: CallId; readonly queueId: QueueId }
  | { readonly type: "queueChanged"; readonly queue: Queue }
  | CallbackPromised
  /** Somebody takes a promise back, before it is being made. */
  | { readonly type: "callbackCancelled"; readonly callId: CallId }
  /** The number to ring is another one. */
  | { readonly type: "callbackChanged"; readonly callId: CallId; readonly number: string }
  /** It is for another slot; null: as soon as possible. Whatever held it back until a time does not any more. */
  | { readonly type: "callbackMoved"; readonly callId: CallId; readonly slotAt: number | null }
  /** It shall be made now: neither the time between attempts nor the opening hours hold it back. Its place stays. */
  | { readonly type: "callbackUrged"; readonly callId: CallId }
  | CallbackTaken
  | MachineFound
  /** What operators know, and how they accept, all of them. */
  | { readonly type: "operatorsSeen"; readonly operators: Readonly<Record<OperatorId, OperatorRules>> }
  /** Which of the opening hours that queues and callbacks name are open just now. */
  | { readonly type: "schedulesSeen"; readonly open: readonly ScheduleId[] }
  /**
   * Repairs what a crash left between two writes, ends what has run out, then matches. Send it at `scheduleAt`, and every few seconds.
   * `sparing`: offers stand though their time is over. For a host that could not hear for a while: who accepted in time says so again.
   */
  | { readonly type: "sweep"; readonly sparing?: boolean };

export interface CallJoined extends Asked {
  readonly type: "callJoined";
  readonly callId: CallId;
  readonly entry: number;
  readonly queueIds: readonly QueueId[];
  /** A sequence number of the store, drawn once for this visit. */
  readonly place: number;
  readonly priority: number;
  readonly leaveWhenUnstaffed: boolean;
  /** Tell the flow (intent `busy`) when those who serve the queue are signed in and none is free at this moment. */
  readonly leaveWhenBusy?: boolean;
  /** How long an offer of this call lasts, milliseconds; null or absent: as the queue says. */
  readonly offerMs?: number | null;
  /** The caller's number, in the form in which callbacks have theirs; absent when it is hidden. */
  readonly number?: string;
  /** Whom the call is for; absent: whoever serves the queue. */
  readonly named?: NamedOperator;
  /** Nobody waits: an operator asks somebody before they pass their caller on. */
  readonly consult?: true;
}

/** A caller left their number (or an operator rings one): from now on it waits in line. Promised again, by another call, it is merged. */
export interface CallbackPromised {
  readonly type: "callbackPromised";
  /** The callback's id. */
  readonly callId: CallId;
  readonly number: string;
  readonly queueId: QueueId;
  /** The place of the call that it was promised to, or a new sequence number of the store. */
  readonly place: number;
  readonly priority: number;
  readonly scheduleId: ScheduleId | null;
  readonly once: boolean;
  /** The call in which it is promised, which goes on; it is not made before `callHungUp` says that this one is over. Absent: none. */
  readonly heldFor?: CallId | null;
  /** When the slot begins that was chosen; null: as soon as possible; absent: nobody was asked, and a promise that stands keeps its time. */
  readonly slotAt?: number | null;
}

/**
 * A free operator makes a callback of their own accord, without having been asked. `promise`: it is made with this very event, unless its
 * number has one in the queue already, which is then the one that is taken.
 */
export interface CallbackTaken {
  readonly type: "callbackTaken";
  readonly shiftId: ShiftId;
  readonly callId: CallId;
  readonly promise: Omit<CallbackPromised, "type" | "callId"> | null;
}

/** The operator says, while they listen or wrap up, that what answered a callback is a machine. */
export interface MachineFound {
  readonly type: "machineFound";
  readonly shiftId: ShiftId;
  readonly offerId: OfferId;
  /** The callback's id. */
  readonly callId: CallId;
  /** The callback as it was closed when the number answered: what is over is not in the state. Null: the state has it. */
  readonly call: WaitingCall | null;
}

export interface SignedIn {
  readonly type: "signedIn";
  readonly operatorId: OperatorId;
  /** The id for a new shift; an operator who is signed in already keeps the shift they have. */
  readonly shiftId: ShiftId;
  readonly telephoneId: TelephoneId | null;
  /** Take the telephone from who holds it (asked after `telephoneHeld`). */
  readonly takeOver: boolean;
  readonly queueIds: readonly QueueId[];
  readonly connectionId: string | null;
}
