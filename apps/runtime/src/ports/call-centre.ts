/**
 * The border between the call core (`../calls/`: what the caller goes through) and the call centre (`../call-centre/`: who is offered
 * which call). Either side may sit in another process. Whatever crosses is safe to repeat: the teller repeats until it was answered.
 */
import type { AlarmKind } from "@cordboard/api";
import type { DialResult, DialTarget, Identity, QueueClosing, SkillWish } from "@cordboard/node-kit";
import type { ConsultTarget } from "./call-control.ts";
import type { SupervisedTalk, SupervisionMode, TalkListener } from "./supervision.ts";

/** A contact as an operator is shown it. `url`: its file, rendered and checked. */
export interface CardContact {
  readonly contactId: string;
  readonly name: string;
  readonly company: string;
  readonly customerNumber: string;
  readonly language: string;
  readonly vip: boolean;
  readonly blocked: boolean;
  readonly notes: string;
  readonly url: string | null;
  /** What the questionnaire's texts name of this contact. Absent: the script has none. */
  readonly values?: readonly NamedValue[];
}

/** A parameter of a script's texts, and what stands for it. A list, because names have dots, which documents' fields have not. */
export interface NamedValue {
  readonly name: string;
  readonly value: string | null;
}

/** What an operator is shown of a call before accepting. Fixed when the call joins; opaque to the matching. */
export interface CallCard {
  /** E.164 or as received; `null` when hidden. */
  readonly from: string | null;
  readonly hidden: boolean;
  readonly callerName: string | null;
  readonly to: string;
  /** The number that was dialled first. Absent, or null: the call was not diverted here. */
  readonly firstDialled?: string | null;
  readonly lineName: string;
  readonly language: string;
  /** What will open on accept: rendered and checked, so that the browser can open it from the very click; `window`: a tab to use again. */
  readonly script: {
    readonly name: string;
    /** Null: nothing opens before a contact was chosen. */
    readonly url: string | null;
    readonly window?: string | null;
    readonly place?: "tab" | "panel";
    /** It is a questionnaire, with what its texts name of this call. Absent: an address. */
    readonly guided?: { readonly scriptId: string; readonly values: readonly NamedValue[] };
  } | null;
  /** Who calls. Absent in cards of a release that knew no contacts. */
  readonly contacts?: readonly CardContact[];
  readonly contactMatches?: number;
  /** Whether the caller proved who they are; null or absent: nobody asked. */
  readonly identity?: Identity | null;
  readonly callStartedAt: number;
  /** What colleagues who passed the call on had chosen and noted, the latest last; absent: nobody did. */
  readonly passedOn?: readonly PassedOn[];
  /** The operator who asks, before they pass the call on, and what they have chosen and noted. Absent, or null: the call is offered as one's own. */
  readonly consultedBy?: PassedOn | null;
}

/** How whoever was to be asked did not answer, or (`left`) hung up again. */
export type ConsultFailure = "refused" | "busy" | "silent" | "unreachable" | "left";

/** Whom an operator asks before they pass their caller on, and how that stands. */
export interface ConsultView {
  readonly to: ConsultTarget;
  /** `offered`: on a colleague’s screen, or in a queue's line. */
  readonly state: "offered" | "ringing" | "talking" | "failed";
  readonly why: ConsultFailure | null;
  readonly since: number;
  /** Who took it; null: nobody (yet), or no operator. */
  readonly operatorId: string | null;
}

/** What an operator leaves to whoever gets the call next. */
export interface PassedOn {
  readonly operatorId: string;
  readonly at: number;
  readonly outcome: string | null;
  readonly note: string;
}

export interface JoinRequest {
  readonly companyId: string;
  readonly callId: string;
  readonly queueId: string;
  /** The queue channel's entry: comes back in `offerAccepted` and `unstaffed`. Joining again with the same entry changes nothing. */
  readonly entry: number;
  readonly priority: number;
  readonly leaveWhenUnstaffed: boolean;
  readonly leaveWhenBusy?: boolean;
  /** How long an offer of this call lasts, ms; null: as the queue says. */
  readonly offerMs?: number | null;
  /** Asked of whoever takes the call, beside what the queue asks. */
  readonly skills?: readonly SkillWish[];
  /** Operators, by id or code, who are asked before everybody else for so long; `last`: before them, whom the caller talked to last. */
  readonly preferred?: { readonly operators: readonly string[]; readonly last: boolean; readonly forMs: number };
  /** The flow wants to be told when the queue's limits are reached. */
  readonly leaveWhenFull?: boolean;
  readonly card: CallCard;
  /**
   * Where in line, of a call that was passed on: before everybody, or at the place that the call had first, in whichever queue. Absent: at
   * the place that it had since it last talked to an operator, else at the end.
   */
  readonly at?: "head" | "kept";
  /** The operator whom it is for. */
  readonly named?: { readonly operatorId: string; readonly only: boolean };
  /** Nobody waits: an operator who talks to the caller asks somebody first. */
  readonly consult?: true;
}

/** A caller who leaves their number (or whose number an operator rings). */
export interface PromiseRequest {
  readonly companyId: string;
  readonly callId: string;
  /** Names the promise among those of the call: asked again with the same one, it is answered again and not made twice. */
  readonly promiseId: string;
  readonly queueId: string;
  /** As the network showed it or the caller keyed it. */
  readonly number: string;
  /** The number that the network showed, when it was not hidden: only that one is rung abroad. */
  readonly callerNumber: string | null;
  /** Takes over the place that the call has, or had last, in this queue. */
  readonly keepPlace: boolean;
  /** The callback is made while this schedule is open; null: the queue's. */
  readonly scheduleId: string | null;
  /** The time that the caller chose; null: as soon as possible; absent: they were not asked. */
  readonly slotAt?: number | null;
  readonly card: CallCard;
}

/**
 * `already`: the number has a promise in this queue, which stands. `full`: the queue promises no more just now. `slotTaken`: for that time. `refused`: not a number that
 * is rung (none at all, an emergency number, one abroad that is not the caller's own), or no such queue.
 */
export type PromiseResult = "promised" | "already" | "full" | "slotTaken" | "refused";

/** Of a conversation: `off`, it may be begun. */
export type RecordingState = "on" | "paused" | "off";

/**
 * What rings of a call that is placed: one end of it; `nothing`: whoever is called first has picked up, and the other end does not ring yet; or
 * how the number failed, while its operator is told so on their telephone.
 */
export type RungEnd = "telephone" | "number" | "nothing" | Exclude<DialResult, "completed">;

/** What happened to the leg of an accepted offer; of a callback: to the operator's telephone, which is rung first, and then to the number. */
export type LegReport =
  /** `rings`: of a call that is placed. */
  | { readonly kind: "ringing"; readonly rings?: RungEnd }
  | { readonly kind: "answered" }
  /** Never connected: the caller is back at the place they had; the operator is set aside with the reason. */
  | { readonly kind: "failed"; readonly result: Exclude<DialResult, "completed"> }
  /** Of a call that is placed: the number did not answer. */
  | { readonly kind: "numberFailed"; readonly result: Exclude<DialResult, "completed"> | "machine" }
  /** The conversation is over: wrap-up begins. Of a callback that was never answered: the call that was placed is over. */
  | { readonly kind: "ended"; readonly talkMs: number }
  /** The exchange has the conversation: the operator is busy until they say that they are ready. */
  | { readonly kind: "handedOver" }
  /** Whether the operator can be heard. */
  | { readonly kind: "muted"; readonly muted: boolean }
  /** Whether the caller is on hold. */
  | { readonly kind: "held"; readonly held: boolean }
  /** Whom the operator asks, and how that stands; null: nobody (any more). */
  | { readonly kind: "consult"; readonly consult: ConsultView | null }
  /** Who was asked has the call now, and what the one who asked leaves them. */
  | { readonly kind: "given"; readonly from: PassedOn }
  /** Who is in the conversation beside the two. */
  | { readonly kind: "listened"; readonly listeners: readonly TalkListener[] }
  /** How the recording of the conversation stands, where it is recorded or may be. */
  | { readonly kind: "recording"; readonly state: RecordingState }
  /** A telephone that rang and never got a final status: it may be connected to nobody (protocol rule 6). */
  | { readonly kind: "orphaned" };

/** The call core calls these; each resolves once it is durable, and rejects with OutsideError when it should be asked again. */
export interface CallCentre {
  join(request: JoinRequest): Promise<{ readonly place: number }>;
  leave(request: {
    readonly companyId: string;
    readonly callId: string;
    readonly queueId: string;
    readonly entry: number;
  }): Promise<void>;
  reportLeg(request: {
    readonly companyId: string;
    readonly callId: string;
    /** Null: of a call that the operator dialled. */
    readonly offerId: string | null;
    readonly report: LegReport;
  }): Promise<void>;
  promiseCallback(request: PromiseRequest): Promise<{ readonly result: PromiseResult }>;
  /** The caller is gone: pop-ups are withdrawn, the place is given up, an operator who talked goes to wrap-up. */
  callEnded(request: {
    readonly companyId: string;
    readonly callId: string;
    readonly by: "caller" | "us" | "network";
  }): Promise<void>;
}

/** Whom a call that is placed connects an operator with: a number, a telephone of the company; or nobody, to try their own telephone. */
export type CalledParty =
  /** `trial`: an administrator tries the telephone system with it, and is asked for keys and words. */
  | { readonly kind: "nobody"; readonly trial?: true }
  | { readonly kind: "number"; readonly number: string }
  | { readonly kind: "telephone"; readonly telephoneId: string }
  /** A conversation that is going on, for a supervisor to come into it: nobody else is called. */
  | { readonly kind: "conversation"; readonly of: SupervisedTalk; readonly mode: SupervisionMode }
  /** Somebody who is told of technical alarms, of the company and not of the call centre; none: a trial. */
  | { readonly kind: "alarm"; readonly told: readonly ToldAlarm[]; readonly speaks: boolean };

/** An alarm as it is told by telephone; `about` names the queue or the machine. */
export interface ToldAlarm {
  readonly kind: AlarmKind;
  readonly about: string | null;
}

/** A call that is placed: for a callback, or because an operator dialled it. Rings the operator's telephone, then the number. */
export interface CallOrder {
  readonly companyId: string;
  /** The id of the call to place; the same for the same offer, or the same dialling, however often it is asked for. */
  readonly callId: string;
  /** Null: an operator dialled it; then there is neither offer nor queue. */
  readonly callbackId: string | null;
  readonly offerId: string | null;
  readonly queueId: string | null;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly telephoneId: string;
  /** The number to ring; of a telephone, what it is called by. */
  readonly number: string;
  /** Absent: the number. */
  readonly party?: CalledParty;
  /** Who is rung first, and hears a word and music while the other one is rung. Absent: the operator. */
  readonly first?: "operator" | "party";
  /** Where the party is rung first: an answering machine that picks up is left alone. */
  readonly leavesMachines?: true;
  readonly card: CallCard;
}

/** The queue takes no callers. */
export interface ClosedQueue {
  readonly closed: QueueClosing;
}

/** The call centre calls these; the process that owns the call answers. */
export interface CallInbox {
  /** An operator accepted a callback, or dialled. `taken`: the call is durable (or was before). `gone`: it was placed before and is over. */
  placeCall(order: CallOrder): Promise<"taken" | "gone" | "unowned">;
  /**
   * An operator accepted. `taken`: the call's step is durable (or was before). `gone`: the call has ended or left the queue, the offer is
   * to be withdrawn. `unowned`: nobody holds the call just now (its process died); ask again soon.
   */
  offerAccepted(request: {
    readonly companyId: string;
    readonly callId: string;
    readonly entry: number;
    readonly offerId: string;
    readonly operatorId: string;
    readonly operatorName: string;
    readonly target: DialTarget;
  }): Promise<"taken" | "gone" | "unowned">;
  unstaffed(request: {
    readonly companyId: string;
    readonly callId: string;
    readonly entry: number;
    /** Somebody is signed in, but all are busy. */
    readonly busy?: boolean;
    /**
     * The queue's limits are reached instead: as many wait as it takes, or the caller has waited as long as it lets anybody wait; or it is closed.
     */
    readonly turnedAway?: "full" | "overflowed" | ClosedQueue;
  }): Promise<"taken" | "gone" | "unowned">;
}
