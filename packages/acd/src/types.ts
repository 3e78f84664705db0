/**
 * What the call centre remembers: queues (settings), shifts, waiting calls and offers, as plain JSON.
 *
 * Every entity is readonly and shares structure with the state before: an entity that a decision did not touch is the same object,
 * so a host finds what to write by identity (`changes`). `rev` is the host's: a decision copies it and never raises it; 0 means "not
 * stored yet". `closedAt` is null while anything may still happen to an entity; a host loads what has `closedAt: null` and nothing else.
 * All times are UTC milliseconds.
 */
import type {
  HadBefore,
  OperatorRules,
  Overflow,
  OverflowRules,
  Preferred,
  SkillNeed,
  TurnedAway,
} from "./distribution.ts";
import type { Opening } from "./opening.ts";

export type CompanyId = string;
export type QueueId = string;
export type OperatorId = string;
export type ShiftId = string;
export type CallId = string;
export type OfferId = string;
export type TelephoneId = string;
export type ScheduleId = string;
/** A waiting call's own id: one visit of one call to a queue, `<callId>.<entry>`. */
export type WaitingCallId = string;

export const operatorStates = [
  "offline",
  "available",
  "paused",
  "offered",
  "ringing",
  "talking",
  "wrapUp",
  "dialling",
  "handedOver",
] as const;
export type OperatorState = (typeof operatorStates)[number];

/** How the operator's telephone did not connect: it answered busy, rang out, or could not be reached. */
export type TelephoneFailure = "busy" | "silent" | "unreachable";

/**
 * Why an operator is paused. `asked` is the operator's own wish (with `pauseLabel`), `forced` a supervisor's; the others set an operator
 * aside who was offered a call and could not take it, or whose agent or telephone is gone.
 */
export type PauseReason =
  | "asked"
  | "forced"
  | "missed"
  | "telephoneBusy"
  | "telephoneSilent"
  | "telephoneUnreachable"
  | "telephoneTaken"
  | "connectionLost";

export const queueOrders = ["longestIdle", "roundRobin", "fixed", "fewestCalls"] as const;
/** Which of several free operators is asked first. Ties are broken by the queue's list of operators. */
export type QueueOrder = (typeof queueOrders)[number];

/** The settings of a queue that decisions need. Read only: `decide` never changes one but by the event `queueChanged`. */
export interface Queue {
  readonly id: QueueId;
  readonly companyId: CompanyId;
  readonly name?: string;
  /** Who may answer, in the order that `fixed` asks them. */
  readonly operatorIds: readonly OperatorId[];
  readonly order: QueueOrder;
  /** How long an offer stands. */
  readonly offerMs: number;
  /** Longest wrap-up, or null: until the operator says Ready. */
  readonly wrapUpMs: number | null;
  /** By how much an operator may put off the end of a wrap-up, and how often; absent: not at all. */
  readonly wrapUpExtension?: { readonly ms: number; readonly most: number };
  readonly refusalAllowed: boolean;
  /** An operator who lets an offer run out is paused; otherwise only this call passes them by for a while. See `afterMissed`. */
  readonly missedMeansPause: boolean;
  /** What happens to an operator who lets an offer run out; absent: as `missedMeansPause` says. */
  readonly afterMissed?: AfterMissed;
  /** How long an operator who refused or missed a call is not asked for it again while somebody else could take it. */
  readonly askAgainMs: number;
  /** The same when nobody else who is signed in serves the call's queues. */
  readonly askAgainAloneMs: number;
  /** Absent: `standardCallbackRules`. */
  readonly callbacks?: CallbackRules;
  // What came later may be absent: a queue that was set up before decides as it did.
  /** What a call is worth for having this queue as its own, beside calls of other queues that an operator serves. */
  readonly priority?: number;
  /** A caller is worth one more for each time that this has passed; null: age does not count. */
  readonly raiseEveryMs?: number | null;
  /** What its calls ask of whoever takes them. */
  readonly skills?: readonly SkillNeed[];
  /** How many operators are asked for one call at a time. */
  readonly atOnce?: number;
  /** Offers are accepted by themselves this long after the agent has shown them; null: by the operator. */
  readonly autoAcceptMs?: number | null;
  /** Who joins when so many wait is told to leave, where the flow asked for it; null: any number waits. */
  readonly mostWaiting?: number | null;
  /** Who has waited so long is told to leave, where the flow asked for it; null: as long as the flow says. */
  readonly longestWaitMs?: number | null;
  readonly overflow?: OverflowRules | null;
  /** When it takes callers; absent: always. */
  readonly opening?: Opening;
}

/** `stay`: available at once; only this call passes them by for a while. */
export type AfterMissed = "pause" | "stay" | "signOut";

/** What a queue promises to callers who leave their number. What a promise stated is fixed when it is made. */
export interface CallbackRules {
  /** How many promises may be open in the queue; null: any number. */
  readonly most: number | null;
  /** How often the number is rung before the promise is given up. */
  readonly attempts: number;
  /** How long after an attempt that reached nobody the next one is made, at the earliest. */
  readonly retryMs: number;
  /** The queue's opening hours: callbacks are offered while they are open. Null: always. */
  readonly scheduleId: ScheduleId | null;
  /** How callers may choose when they are called back; null or absent: as soon as possible only. */
  readonly slots?: CallbackSlots | null;
  /** Who is rung first: the operator's telephone, or (`caller`) the number, for an operator who has accepted. Absent: the operator. */
  readonly first?: "operator" | "caller";
  /** Decisions do not ask; whoever places the call does. */
  readonly machines?: "putThrough" | "leave";
}

/** Times of day for callbacks. */
export interface CallbackSlots {
  readonly lengthMs: number;
  /** How many promises may be for one slot; null: any number. */
  readonly most: number | null;
}

/** What an operator is on. Present in offered, ringing, talking, wrapUp, dialling and handedOver; null in the other states. */
export interface Current {
  readonly callId: CallId;
  /** Null for a call that the operator dialled. */
  readonly offerId: OfferId | null;
  readonly queueId: QueueId | null;
  /** Of a dialled call: it is placed (`telephoneRinging`); until then a sweep asks for it again. */
  readonly dialConfirmed?: true;
  /** Of a call that is placed, until somebody talks: what rings just now, as the call told. */
  readonly rings?: RungEnd;
}

/**
 * What rings of a call that is placed: the operator's telephone, or the number; `nothing`: who is called first has picked up, and the other
 * end does not ring yet; or how the number failed, which the operator hears until they hang up.
 */
export type RungEnd = "telephone" | "number" | "nothing" | TelephoneFailure;

/** What happens to the operator when the present call, and its wrap-up, are over; null: available. */
export type After =
  | null
  | { readonly to: "paused"; readonly reason: "asked" | "forced"; readonly label: string | null }
  | { readonly to: "offline" };

/**
 * How the operator's last offer ended. The shift is written before the offer and the call, so this is what a sweep finishes a decision
 * with that was cut after its first write.
 */
export interface LastOffer {
  readonly offerId: OfferId;
  readonly end: OfferEnd;
  readonly at: number;
}

/** An operator signed in. At most one open shift an operator; at most one open shift a telephone. */
export interface Shift {
  readonly id: ShiftId;
  readonly companyId: CompanyId;
  readonly operatorId: OperatorId;
  readonly rev: number;
  readonly signedInAt: number;
  /** Signed out at; null while the shift is open. */
  readonly closedAt: number | null;
  readonly state: OperatorState;
  readonly since: number;
  readonly pauseReason: PauseReason | null;
  /** The operator's word for a pause (a code of the company's list), when they gave one. */
  readonly pauseLabel: string | null;
  /** The wrap-up ends by itself at this time; null: by Ready. */
  readonly wrapUpUntil: number | null;
  /** How often this wrap-up was extended; absent: in a shift of an earlier version, not at all. */
  readonly wrapUpExtended?: number;
  readonly telephoneId: TelephoneId | null;
  readonly queueIds: readonly QueueId[];
  /** The claim that makes an operator busy: a host writes it from null, conditionally, before anything else. */
  readonly current: Current | null;
  readonly after: After;
  /** The agent's connection: its id, or null when it is gone; `since` is when that last changed. */
  readonly connection: { readonly id: string | null; readonly since: number };
  /** A telephone leg of theirs is connected to nobody and only they can hang it up: no offers until they say so. */
  readonly orphanedLeg: { readonly callId: CallId; readonly since: number } | null;
  readonly lastOffer: LastOffer | null;
  /** Free since: from sign-in, the end of the last wrap-up or of the last pause. A refused or withdrawn offer does not restart it. */
  readonly idleSince: number;
  readonly lastOfferedAt: number | null;
  /** Conversations of this shift that came from a queue. */
  readonly callsTaken: number;
  readonly offersRefused: number;
  readonly offersMissed: number;
}

export type WaitingState = "waiting" | "offered" | "connecting" | "left";
/**
 * `answered`, `hungUp` and `movedOn` are said of calls; of a callback, `answered` that its number answered, `givenUp` that its attempts are
 * used up, `calledIn` that the caller has called again and talked to an operator of the queue, `cancelled` that somebody took it back.
 */
export type LeftReason = "answered" | "hungUp" | "movedOn" | "givenUp" | "calledIn" | "cancelled";

/** How a number that was rung did not answer; `numberMachine`: an answering machine did, and was left alone, or told apart by the operator. */
export type NumberFailure = "numberBusy" | "numberSilent" | "numberUnreachable" | "numberMachine";

/** One time that a callback's number was rung to an end. */
export interface CallbackAttempt {
  readonly offerId: OfferId;
  readonly operatorId: OperatorId;
  readonly at: number;
  readonly result: "answered" | NumberFailure;
  /** It counted as answered until the operator said that a machine had. */
  readonly corrected?: true;
}

/** A promise to ring somebody, who waits in line like a caller. */
export interface Callback {
  /** Opening hours of its own, where the flow named some; null: the queue's. */
  readonly scheduleId: ScheduleId | null;
  /** The call in which it was promised, until that is over: its caller hears the goodbye, and would be found busy. Null: over, or none. */
  readonly heldFor: CallId | null;
  /** Not offered before: the time that was chosen, or between two attempts. */
  readonly notBefore: number;
  /** When the slot begins that its caller, or somebody for them, chose; null or absent: as soon as possible. */
  readonly slotAt?: number | null;
  /** Somebody asked for it now: opening hours do not hold it back. */
  readonly urgent: boolean;
  /** An operator rings on their own account: however the ringing ends, it is not tried again. */
  readonly once: boolean;
  readonly attemptsAllowed: number;
  readonly retryMs: number;
  readonly attempts: readonly CallbackAttempt[];
  /** When an operator said last that a machine had answered. */
  readonly correctedAt?: number;
}

/**
 * One visit of one call to the line of one or several queues, or a promised callback (then `callId` is the callback's). Closed (`left`)
 * when an operator's telephone answered, or the caller went; a callback when its number answered, or see `LeftReason`.
 */
export interface WaitingCall {
  readonly id: WaitingCallId;
  readonly companyId: CompanyId;
  readonly callId: CallId;
  /** The call's visit number of its queue node; a later visit of the same call has a higher one. 1 for a callback. */
  readonly entry: number;
  readonly rev: number;
  /** The caller's number, or the one to ring, in one form; null when it is hidden or nobody asked. */
  readonly number: string | null;
  /** Null for a caller who is on the line. */
  readonly callback: Callback | null;
  /** Where the call waits; operators of an earlier queue are asked before those of a later one. */
  readonly queueIds: readonly QueueId[];
  /** A sequence number of the store. It never changes (O6). */
  readonly place: number;
  /** Higher is served first. It never changes (O6). */
  readonly priority: number;
  readonly joinedAt: number;
  readonly closedAt: number | null;
  readonly leftReason: LeftReason | null;
  readonly state: WaitingState;
  /** The live offers of this call (`offered`; more than one where a queue asks several operators at once) or the one that was accepted (`connecting`). */
  readonly offerIds: readonly OfferId[];
  /** The flow wants the call back when nobody who may answer it is signed in (intent `unstaffed`). */
  readonly leaveWhenUnstaffed: boolean;
  /** How long an offer of this call lasts, milliseconds; absent: as the queue says. */
  readonly offerMs?: number;
  /** Whom it was passed on to, or comes back to; absent: nobody in particular. */
  readonly named?: NamedOperator;
  /** Its caller does not wait: an operator asks somebody first. It counts among nobody's callers. */
  readonly consult?: true;
  /** The call confirmed that it dials the operator's telephone (`telephoneRinging`); until then a sweep asks again. */
  readonly dialConfirmed: boolean;
  /** Who refused or missed this call. */
  readonly refusedBy: Readonly<Record<OperatorId, Refused>>;
  // What came later may be absent: nothing of it was asked for.
  /** Asked of whoever takes the call, beside what its own queue asks. */
  readonly skills?: readonly SkillNeed[];
  readonly preferred?: Preferred | null;
  /** What its caller had in line already, before they left it for a moment; absent: they had nothing. */
  readonly before?: HadBefore;
  /** When a supervisor put it before all others, in this visit. */
  readonly movedUpAt?: number | null;
  /** It waits in other queues too (they are in `queueIds`, after its own). */
  readonly overflow?: Overflow | null;
  /** The flow wants to be told when the queue's limits are reached. */
  readonly leaveWhenFull?: boolean;
  /** They are: it is offered to nobody any more, and its flow is told until it takes it out of the line. */
  readonly turnedAway?: TurnedAway | null;
}

/**
 * An operator whom a call is for, whoever else is free and whether or not they serve its queue: asked once, as soon as they are free. `only`:
 * nobody else is asked, and a flow that wants to know is told when they cannot be, or would not; otherwise the call waits in line as well.
 */
export interface NamedOperator {
  readonly operatorId: OperatorId;
  readonly only: boolean;
  /** Of a call that was placed for a callback: by which id the operator whom it comes back to has had it. */
  readonly hadAs?: CallId;
}

export interface Refused {
  readonly how: "refused" | "expired";
  readonly at: number;
  /** Not asked again before, while somebody else could. */
  readonly until: number;
  /** Not asked again before, when nobody else could. */
  readonly aloneUntil: number;
}

export type OfferState = "offered" | "accepted" | "refused" | "expired" | "withdrawn";
export type WithdrawReason =
  | "callerLeft"
  /** Another operator, who was asked at the same time, was faster. */
  | "takenByOther"
  | "signedOut"
  | "forced"
  | "connectionLost"
  | "telephoneTaken"
  | "orphanedLeg"
  /** A callback that was taken back, or whose caller talks to an operator meanwhile. */
  | "cancelled"
  | "calledIn"
  | "repaired";
/**
 * What came of an accepted offer; null while the telephone rings. For a callback `answered` is said of its number, and `abandoned`: the
 * operator hung up, or was lost, before the number had answered.
 */
export type OfferOutcome = "answered" | TelephoneFailure | NumberFailure | "callerLeft" | "abandoned" | "repaired";

export type OfferEnd =
  | { readonly state: "accepted"; readonly outcome: OfferOutcome }
  | { readonly state: "refused" }
  | { readonly state: "expired" }
  | { readonly state: "withdrawn"; readonly reason: WithdrawReason };

/** One call proposed to one operator. Closed when it was not accepted, or when the telephone answered or failed. */
export interface Offer {
  readonly id: OfferId;
  readonly companyId: CompanyId;
  readonly rev: number;
  readonly callId: CallId;
  readonly waitingCallId: WaitingCallId;
  readonly operatorId: OperatorId;
  readonly shiftId: ShiftId;
  readonly queueId: QueueId;
  readonly state: OfferState;
  readonly offeredAt: number;
  readonly expiresAt: number;
  /** When it left `offered`. */
  readonly endedAt: number | null;
  readonly closedAt: number | null;
  readonly withdrawReason: WithdrawReason | null;
  readonly outcome: OfferOutcome | null;
  readonly why: Why;
  /** Accepted by itself this long after it was shown; absent: by the operator. */
  readonly autoAcceptMs?: number;
  /** When the agent said that it is on the screen; null again when the agent is gone. */
  readonly shownAt?: number | null;
}

export const notEligibleReasons = [
  "offline",
  "notTicked",
  "paused",
  "offered",
  "ringing",
  "talking",
  "wrapUp",
  "dialling",
  "handedOver",
  "noConnection",
  "telephoneMissing",
  "orphanedLeg",
  "refusedThisCall",
  "missedThisCall",
  "takenByEarlierCall",
  "notAsked",
  "skillMissing",
  "skillLevel",
  "notPreferredYet",
  "askedToo",
] as const;
/**
 * Why an operator of the queue could not be asked. `takenByEarlierCall`: free, but given a call further ahead in the same decision;
 * `notAsked`: another operator took the callback of their own accord, or the call was for somebody in particular; `skillMissing`, `skillLevel`: does not know what the call asks for, or
 * not well enough; `notPreferredYet`: others are asked first for a while; `askedToo`: has this call on the screen already.
 */
export type NotEligible = (typeof notEligibleReasons)[number];

/** Why this operator was asked for this call: everyone who may answer its queues is in `eligible` or in `not`, once. */
export interface Why {
  readonly order: QueueOrder;
  /**
   * `onlyOne`: nobody else was eligible. `askedAgain`: refused it before, and nobody else who is signed in serves the queue. `taken`: this
   * operator took the callback of their own accord. `preferred`: the call asked for them. `named`: it was
   * passed on to them, or comes back to them. `bestSkill`: knows best what the call asks for.
   * `alsoAsked`: the queue asks several at once, and this is not the first of them.
   */
  readonly first:
    | QueueOrder
    | "onlyOne"
    | "askedAgain"
    | "earlierQueue"
    | "taken"
    | "preferred"
    | "named"
    | "bestSkill"
    | "alsoAsked";
  /** In the order in which they would be asked; the first one was. */
  readonly eligible: readonly Eligible[];
  readonly not: Readonly<Partial<Record<NotEligible, readonly OperatorId[]>>>;
  /** The skills that were asked for, with the level that would do at that moment (0: any); absent: none. */
  readonly skills?: readonly { readonly skillId: string; readonly level: number }[];
}

export interface Eligible {
  readonly operatorId: OperatorId;
  readonly queueId: QueueId;
  /** What the queue's order compares, smaller first: idle since, last offered at, number of calls, or place in the list. */
  readonly rank: number;
  /** Their levels in the skills that the call asks for, added up; absent: it asks for none. */
  readonly fit?: number;
}

/** Times that hold for the whole company. */
export interface AcdSettings {
  /** An offer outlives the loss of the agent's connection by this much: a reload or a change of network is not an absence. */
  readonly connectionGraceMs: number;
  /** An operator without a connection for this long is paused (`connectionLost`). */
  readonly connectionPauseMs: number;
  /** An accepted call that did not confirm its dial is told again after this. */
  readonly connectAgainMs: number;
  /**
   * A dial that neither connected nor failed this long after the acceptance is looked into (intent `checkCall`), and again after as long:
   * how long a telephone rings is the flow's to say.
   */
  readonly checkCallMs: number;
}

/** Everything open in one company. Closed entities may be in it (a host drops them when it has written them). */
export interface AcdState {
  readonly companyId: CompanyId;
  readonly settings: AcdSettings;
  readonly queues: Readonly<Record<QueueId, Queue>>;
  /** What operators know, and how they accept; the host keeps it fresh (`operatorsSeen`). */
  readonly operators: Readonly<Record<OperatorId, OperatorRules>>;
  /** Which opening hours are open just now; the host keeps it fresh (`schedulesSeen`). One that is not in it counts as closed. */
  readonly openSchedules: readonly ScheduleId[];
  readonly shifts: Readonly<Record<ShiftId, Shift>>;
  readonly calls: Readonly<Record<WaitingCallId, WaitingCall>>;
  readonly offers: Readonly<Record<OfferId, Offer>>;
}
