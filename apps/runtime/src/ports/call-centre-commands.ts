/**
 * The border between what an operator's agent asks for (`../http/`, `../realtime/`) and the call centre that decides (`../call-centre/`).
 * Either side may sit in another process. Every command is safe to repeat: the second time changes nothing and is answered like the first.
 * Times are UTC milliseconds.
 */
import type { CallCard, CalledParty, ConsultView, RecordingState, RungEnd } from "./call-centre.ts";
import type { LiveSnapshot, SupervisorAnswer, SupervisorCommand, WaitingCallerRow } from "./live.ts";
import type { OperatorState, PauseView } from "./operator-state.ts";
import type { TalkListener } from "./supervision.ts";

export type OperatorCommand =
  /**
   * Begins a shift. An operator who is already signed in keeps the shift, its state and its call (another browser, or the same one after a
   * crash): the view says which `shiftId` holds; telephone and queues are then changed as `chooseTelephone` and `tickQueues` would.
   */
  | {
      readonly kind: "signIn";
      readonly shiftId: string;
      readonly telephoneId: string | null;
      readonly takeOver: boolean;
      readonly queueIds: readonly string[];
    }
  /** Ends the shift; in a call or its wrap-up, afterwards (nothing of the call ends). */
  | { readonly kind: "signOut" }
  | { readonly kind: "chooseTelephone"; readonly telephoneId: string; readonly takeOver: boolean }
  /** The queues to serve from now on, all of them: what is not in the list is unticked. */
  | { readonly kind: "tickQueues"; readonly queueIds: readonly string[] }
  /** In a call: takes hold after it. */
  | { readonly kind: "pause"; readonly label: string | null }
  | { readonly kind: "resume" }
  /** Ends wrap-up. */
  | { readonly kind: "ready" }
  /** One more stretch of wrap-up. */
  | { readonly kind: "extendWrapUp" }
  /** What came of the call that they talk on or wrap up, and what they note of it. */
  | {
      readonly kind: "noteCall";
      readonly callId: string;
      /** A code of the company's list. */
      readonly outcome: string | null;
      readonly note: string;
    }
  /** A supervisor is to look at the call that they talk on; not `wanted`: no longer. */
  | { readonly kind: "askHelp"; readonly callId: string; readonly wanted: boolean }
  /** What answered the callback that they talk on is an answering machine. */
  | { readonly kind: "wasMachine"; readonly callId: string }
  | { readonly kind: "accept"; readonly offerId: string }
  | { readonly kind: "refuse"; readonly offerId: string }
  /** The offer is on the screen: one that accepts itself counts from now. */
  | { readonly kind: "offerShown"; readonly offerId: string }
  /**
   * Rings a number of their own accord: an open callback of one of their queues, or (`promise`) one that is made with this command. The
   * operator's telephone rings first. `callbackId` of a new one names it, so that it is not made twice.
   */
  | {
      readonly kind: "callBack";
      readonly callbackId: string;
      readonly promise: { readonly number: string; readonly queueId: string; readonly card: CallCard } | null;
    }
  /** "I have read it": a notice of a supervisor. */
  | { readonly kind: "acknowledge"; readonly noticeId: string }
  /** Dials a call of their own. `dial.callId` names it, so that it is not placed twice. */
  | { readonly kind: "dial"; readonly dial: Dial }
  /** "I have hung up": clears a leg that may have been left connected to nobody. */
  | { readonly kind: "legCleared" }
  /**
   * At least one of the operator's browser tabs is connected to this process. Told at once and again every 15 s while it holds; a process
   * that has not said so for 40 s counts as gone (it may have died without a word).
   */
  | { readonly kind: "connected"; readonly processId: string }
  /** The last tab on this process is gone. */
  | { readonly kind: "disconnected"; readonly processId: string };

/** What an operator dials, as it was allowed. */
export interface Dial {
  readonly callId: string;
  readonly number: string;
  readonly party: CalledParty;
  readonly first: "operator" | "party";
  /** `from` is who is called, `to` the line that is shown. */
  readonly card: CallCard;
}

export type OperatorRefusal =
  | { readonly ok: false; readonly reason: "notSignedIn" }
  | { readonly ok: false; readonly reason: "telephoneTaken"; readonly heldBy: { readonly operatorId: string } }
  | { readonly ok: false; readonly reason: "telephoneUnknown" }
  | { readonly ok: false; readonly reason: "telephoneMissing" }
  /** A queue that does not exist, or that this operator may not serve. */
  | { readonly ok: false; readonly reason: "queueNotAllowed"; readonly queueId: string }
  /** The offer is over; `how` says how it ended, so that the agent can say it. */
  | {
      readonly ok: false;
      readonly reason: "offerGone";
      readonly how: "accepted" | "refused" | "expired" | "withdrawn" | "unknown";
    }
  | { readonly ok: false; readonly reason: "refusalNotAllowed" }
  /** The wrap-up has no end to put off, or it was put off as often as the queue allows. */
  | { readonly ok: false; readonly reason: "noExtension" }
  /** They are not on this call, or no longer. */
  | { readonly ok: false; readonly reason: "notYourCall" }
  /** The callback is over, or another operator has it before them or makes it. */
  | { readonly ok: false; readonly reason: "callbackOver" | "callbackUnderWay" }
  /** The state does not allow it (a telephone changed in mid-call, `ready` outside wrap-up …). */
  | { readonly ok: false; readonly reason: "notNow"; readonly state: OperatorState };

export type OperatorAnswer = { readonly ok: true } | OperatorRefusal;

/** What an operator is shown of a promised callback beside its card, whose `from` is the number to ring. */
export interface CallbackView {
  readonly callbackId: string;
  readonly promisedAt: number;
  readonly attempts: readonly {
    readonly at: number;
    readonly result: "answered" | "numberBusy" | "numberSilent" | "numberUnreachable" | "numberMachine";
  }[];
  readonly attemptsAllowed: number;
  readonly first: "operator" | "caller";
}

export interface OfferView {
  readonly offerId: string;
  /** Of a callback: the call that is placed when the operator accepts. */
  readonly callId: string;
  readonly queueId: string;
  /** Null: a caller who is on the line. */
  readonly callback: CallbackView | null;
  readonly card: CallCard;
  readonly offeredAt: number;
  readonly expiresAt: number;
  readonly mayRefuse: boolean;
  /** It accepts itself so long after it was shown; absent: only the operator accepts it. */
  readonly autoAcceptMs?: number;
  /** When it will. */
  readonly acceptsAt?: number;
}

export interface CurrentCallView {
  readonly callId: string;
  /** Both null: the operator dialled it. */
  readonly offerId: string | null;
  readonly queueId: string | null;
  /** Of a call that is placed, until somebody talks: what rings, or why nothing does (any more). Absent or null: not known. */
  readonly rings?: RungEnd | null;
  readonly callback: CallbackView | null;
  readonly card: CallCard;
  readonly acceptedAt: number;
  /** Nobody clicked. */
  readonly acceptedItself?: boolean;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** A code of the company's list. */
  readonly outcome: string | null;
  readonly note: string;
  /** How often outcome or note were changed. */
  readonly noteRev: number;
  /** The operator is not heard. */
  readonly muted: boolean;
  /** How it is recorded. Absent: it is not, and cannot be. */
  readonly recording?: RecordingState;
  /** The caller is on hold. */
  readonly held?: boolean;
  /** Since when. */
  readonly heldSince?: number | null;
  /** Whom the operator asks first. Absent or null: nobody. */
  readonly consult?: ConsultView | null;
  /** The operator asks a supervisor for help since then. Absent or null: they do not. */
  readonly helpSince?: number | null;
  /** Who is in the conversation beside the two. Absent: nobody. */
  readonly listeners?: readonly TalkListener[];
}

/** Something the operator should know and may have missed. Codes are translated by the agent; the last 20 are kept for the shift, and those that are to be acknowledged. */
export interface NoticeView {
  readonly noticeId: string;
  readonly at: number;
  readonly code:
    | "offerMissed"
    /** A missed offer signs operators of its queue out. */
    | "signedOutAfterMissed"
    /** Another operator, who was asked at the same time, was faster. */
    | "offerTaken"
    | "offerWithdrawn"
    | "callerGone"
    | "telephoneBusy"
    | "telephoneSilent"
    | "telephoneUnreachable"
    | "telephoneTakenOver"
    | "legOrphaned"
    | "connectionLost"
    | "numberBusy"
    | "numberSilent"
    | "numberUnreachable"
    | "numberMachine"
    | "fromSupervisor";
  readonly callId: string | null;
  /** `fromSupervisor`: who wrote it, what, and whether the operator is still to say that they have read it. */
  readonly by?: string;
  readonly text?: string;
  readonly toAcknowledge?: boolean;
}

export interface QueueView {
  readonly queueId: string;
  readonly ticked: boolean;
  readonly waiting: number;
  /** When the caller who waits longest joined; `null` when nobody waits. */
  readonly longestSince: number | null;
  /** It takes no callers now. */
  readonly closed?: boolean;
}

/** What an operator's agent shows, by ids: names are added at the HTTP border. */
export interface OperatorView {
  /** Rises with every change of this operator's row; never falls, over restarts too. 0 for an operator who never signed in. */
  readonly seq: number;
  readonly operatorId: string;
  readonly state: OperatorState;
  readonly since: number;
  readonly shiftId: string | null;
  readonly shiftStartedAt: number | null;
  readonly telephoneId: string | null;
  readonly pause: PauseView | null;
  /** What was asked for and takes hold after the call. */
  readonly afterCall: "pause" | "signOut" | null;
  readonly wrapUpEndsAt: number | null;
  /** How often the end of the wrap-up may be put off still, and by how much; null: not at all. */
  readonly wrapUpExtension: { readonly left: number; readonly ms: number } | null;
  readonly offer: OfferView | null;
  readonly call: CurrentCallView | null;
  /** The operator's telephone may be connected to nobody: the agent asks them to hang up and to say so (`legCleared`). */
  readonly legToClear: boolean;
  /** The queues that this operator may serve. */
  readonly queues: readonly QueueView[];
  readonly notices: readonly NoticeView[];
}

/** What an operator is doing, for others to see. */
export interface OperatorNow {
  readonly operatorId: string;
  readonly state: OperatorState;
  readonly since: number;
  /** Could take a call at once. */
  readonly free: boolean;
  /** The queues that they have ticked. */
  readonly queueIds: readonly string[];
}

/** Who had a callback promised, when no call and no operator did: a program with its key, or a user of the company. */
export interface CallbackOrigin {
  readonly kind: "key" | "user";
  readonly id: string;
  /** As it was called then. */
  readonly name: string;
}

/** What may be done to a promised callback from outside an operator's desk. */
export type CallbackCommand =
  /** Promises one in no call. `callbackId` names it, so that it is not made twice; a number that has a promise there keeps that one. */
  | {
      readonly kind: "promise";
      readonly callbackId: string;
      readonly queueId: string;
      /** E.164, or an extension: as it was judged. */
      readonly number: string;
      /** Null: as soon as possible. Absent: nothing was said of it, and a promise that stands keeps its time. */
      readonly slotAt?: number | null;
      readonly card: CallCard;
      readonly origin: CallbackOrigin;
    }
  | { readonly kind: "cancel"; readonly callbackId: string }
  /** E.164, or an extension. */
  | { readonly kind: "changeNumber"; readonly callbackId: string; readonly number: string }
  /** To another time; null: as soon as possible. */
  | { readonly kind: "move"; readonly callbackId: string; readonly slotAt: number | null }
  /** Without waiting for opening hours or the time between attempts. */
  | { readonly kind: "callNow"; readonly callbackId: string };

/**
 * `gone`: it is over, or never was; of one that is to be promised: there is no such queue. `underWay`: an operator has it before them or makes
 * it. `promised`: the number has another promise there. `slotTaken`: no more are promised for that time. `full`: nor at all, just now.
 */
export type CallbackAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "gone" | "underWay" | "promised" | "slotTaken" | "full" };

export interface CallCentreCommands {
  /** Carries out what somebody decides on a callback; refusals are values. Rejects like `command`. */
  callback(companyId: string, command: CallbackCommand): Promise<CallbackAnswer>;
  /**
   * Carries out what an operator (or their browser) asks. Resolves once it is durable; refusals are values.
   * Rejects with an OutsideError (`callCentreUnavailable`) when nobody can decide just now: to be asked again.
   */
  command(companyId: string, operatorId: string, command: OperatorCommand): Promise<OperatorAnswer>;
  /**
   * What the operator's agent shows. `fresh`: the queues as they are in the store now; without it a queue that was made or changed a moment ago
   * may not be there yet. Whoever decides by the queues that are missing (a sign-in, which ticks those that the operator serves) asks for it.
   */
  view(companyId: string, operatorId: string, fresh?: boolean): Promise<OperatorView>;
  /** The live board as it is now. */
  live(companyId: string): Promise<LiveSnapshot>;
  /** Who waits in a queue, in the order in which they are served. */
  callers(companyId: string, queueId: string): Promise<readonly WaitingCallerRow[]>;
  /** Carries out what a supervisor decides; refusals are values. Resolves and rejects like `command`. */
  supervise(companyId: string, command: SupervisorCommand): Promise<SupervisorAnswer>;
  /** What every operator who is signed in is doing just now; who is not in it is not. */
  operatorsNow(companyId: string): Promise<ReadonlyMap<string, OperatorNow>>;
  /** Which operator's shift holds which telephone just now: telephone id → operator id. */
  telephoneHolders(companyId: string): Promise<ReadonlyMap<string, string>>;
}

/** Bus channel on which the call centre publishes an {@link OperatorMessage} after each change of an operator's row. */
export const operatorChannel = (companyId: string, operatorId: string) => `company/${companyId}/operator/${operatorId}`;

/** Bus channel of a company's {@link BoardMessage}s. */
export const boardChannel = (companyId: string) => `company/${companyId}/board`;

/** The whole view each time: whoever missed one has everything with the next. */
export interface OperatorMessage {
  readonly view: OperatorView;
}

/** The waiting of each queue whose numbers changed; published at most twice a second a company. */
export interface BoardMessage {
  /** Rises by one a message while one process matches for the company; starts anywhere. */
  readonly seq: number;
  readonly queues: readonly {
    readonly queueId: string;
    readonly waiting: number;
    readonly longestSince: number | null;
    readonly closed?: boolean;
  }[];
}
