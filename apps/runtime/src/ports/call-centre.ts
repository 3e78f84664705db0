/**
 * The border between the call core (`../calls/`: what the caller goes through) and the call centre (`../call-centre/`: who is offered
 * which call). Either side may sit in another process. Whatever crosses is safe to repeat: the teller repeats until it was answered.
 */
import type { DialResult, DialTarget } from "@cordboard/node-kit";

/** What an operator is shown of a call before accepting. Fixed when the call joins; opaque to the matching. */
export interface CallCard {
  /** E.164 or as received; `null` when hidden. */
  readonly from: string | null;
  readonly hidden: boolean;
  readonly callerName: string | null;
  readonly to: string;
  readonly lineName: string;
  readonly language: string;
  /** What will open on accept: rendered and checked, so that the browser can open it from the very click; `window`: a tab to use again. */
  readonly script: { readonly name: string; readonly url: string; readonly window?: string | null } | null;
  readonly callStartedAt: number;
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
  readonly card: CallCard;
}

/** What happened to the leg of an accepted offer. */
export type LegReport =
  | { readonly kind: "ringing" }
  | { readonly kind: "answered" }
  /** Never connected: the caller is back at the place they had; the operator is set aside with the reason. */
  | { readonly kind: "failed"; readonly result: Exclude<DialResult, "completed"> }
  /** The conversation is over: wrap-up begins. */
  | { readonly kind: "ended"; readonly talkMs: number }
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
    readonly offerId: string;
    readonly report: LegReport;
  }): Promise<void>;
  /** The caller is gone: pop-ups are withdrawn, the place is given up, an operator who talked goes to wrap-up. */
  callEnded(request: {
    readonly companyId: string;
    readonly callId: string;
    readonly by: "caller" | "us" | "network";
  }): Promise<void>;
}

/** The call centre calls these; the process that owns the call answers. */
export interface CallInbox {
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
  }): Promise<"taken" | "gone" | "unowned">;
}
