/**
 * What the operator who talks asks of the call that they are on. The process that owns the call carries it out; whoever is asked passes it
 * on. Everything here is safe to repeat.
 */

/** Where a call is passed on to. */
export type PassOnTarget =
  | { readonly kind: "operator"; readonly operatorId: string }
  | { readonly kind: "queue"; readonly queueId: string }
  | { readonly kind: "flow"; readonly flowId: string }
  | { readonly kind: "number"; readonly number: string }
  | { readonly kind: "switchboard" }
  /** The line that the conversation came from, before everybody: for who was left on hold. */
  | { readonly kind: "back" };

/** Who is asked before a call is passed on. */
export type ConsultTarget =
  | { readonly kind: "operator"; readonly operatorId: string }
  /** Whoever takes it there. */
  | { readonly kind: "queue"; readonly queueId: string }
  | { readonly kind: "number"; readonly number: string }
  | { readonly kind: "telephone"; readonly telephoneId: string }
  | { readonly kind: "switchboard" };

export type CallControl =
  /**
   * The caller leaves this operator for somebody else. Where nobody takes them there, they come back to this operator or, when that one is
   * not free any more, wait before everybody in the queue that they came from.
   */
  | {
      readonly kind: "passOn";
      readonly to: PassOnTarget;
      /** Where the caller waits in a queue that they are passed on to. */
      readonly place: "head" | "kept";
      /** What the operator chose and noted: whoever is offered the call next reads it. */
      readonly outcome: string | null;
      readonly note: string;
    }
  /** Whether the caller hears music in place of the operator. */
  | { readonly kind: "hold"; readonly held: boolean }
  /** The two are to meet in the call's conference, for somebody else to come in; all that they hear of it is a moment of silence. `done`: they are on their way. */
  | { readonly kind: "meet" }
  /** Somebody is asked first, while the caller hears music. */
  | {
      readonly kind: "consult";
      readonly to: ConsultTarget;
      /** What the operator chose and noted so far: whoever is asked reads it. */
      readonly outcome: string | null;
      readonly note: string;
    }
  /** The caller is theirs who was asked; the operator leaves. */
  | { readonly kind: "completeConsult"; readonly outcome: string | null; readonly note: string }
  /** Whoever was asked, or was to be, leaves; operator and caller talk. */
  | { readonly kind: "endConsult" }
  /** Ends the call, also one that its operator places and that nobody has answered yet; of who is only asked about it, their part in it. */
  | { readonly kind: "hangUp" }
  /** Whether the other side hears the operator. */
  | { readonly kind: "mute"; readonly muted: boolean }
  /** A key for whatever answers at the other end. */
  | { readonly kind: "digit"; readonly digit: string };

export interface ControlRequest {
  readonly companyId: string;
  readonly callId: string;
  /** The offer by which the operator got the call: another conversation of the same call is not meant. Null, with the queue: they dialled it. */
  readonly offerId: string | null;
  readonly queueId: string | null;
  readonly operatorId: string;
  readonly control: CallControl;
}

/**
 * `done`: it is durable, or was before. `gone`: they do not talk (any more). `nowhere`: what it was to be passed on to is not there.
 * `asking`: somebody else is being asked already. `notYet`: whoever is asked does not talk yet. `unowned`: nobody holds the call just now; ask
 * again soon.
 */
export type ControlAnswer = "done" | "gone" | "nowhere" | "asking" | "notYet" | "unowned";

/** Asks the process that owns the call; waits a while for one to own it. */
export type ControlCall = (request: ControlRequest) => Promise<ControlAnswer>;
