import type { OfferOutcome, OperatorState, PauseReason, TelephoneFailure } from "./types.ts";

/** One allowed change of an operator's state. */
export interface Transition {
  readonly from: OperatorState;
  readonly to: OperatorState;
  /** Into a pause: which reasons this way leads to. */
  readonly reasons?: readonly PauseReason[];
  /** What makes it happen, in a supervisor's words. */
  readonly when: string;
}

/**
 * Every way from one operator state to another; there is no other (`moved` refuses it). A decision may take several at once: a supervisor
 * who pauses an operator with an offer on the screen goes offered → available → paused.
 */
export const operatorTransitions: readonly Transition[] = [
  { from: "offline", to: "available", when: "signs in" },
  { from: "available", to: "offline", when: "signs out" },
  {
    from: "available",
    to: "paused",
    reasons: ["asked", "forced", "connectionLost", "telephoneTaken"],
    when: "asks for a pause, or is set aside while free",
  },
  { from: "paused", to: "available", when: "is back" },
  { from: "paused", to: "paused", reasons: ["asked", "forced"], when: "the pause gets another reason" },
  { from: "paused", to: "offline", when: "signs out" },
  { from: "available", to: "offered", when: "a call is offered" },
  { from: "offered", to: "available", when: "refuses, or the offer is withdrawn" },
  { from: "offered", to: "paused", reasons: ["missed"], when: "lets the offer run out" },
  { from: "offered", to: "ringing", when: "accepts" },
  { from: "ringing", to: "talking", when: "the telephone answers" },
  { from: "ringing", to: "available", when: "the caller hangs up before the answer" },
  {
    from: "ringing",
    to: "paused",
    reasons: ["telephoneBusy", "telephoneSilent", "telephoneUnreachable"],
    when: "the telephone does not answer",
  },
  { from: "talking", to: "wrapUp", when: "the conversation ends" },
  { from: "talking", to: "handedOver", when: "the conversation is given to the exchange" },
  { from: "handedOver", to: "wrapUp", when: "the operator says that it is over" },
  { from: "wrapUp", to: "available", when: "Ready, or the limit" },
  { from: "wrapUp", to: "paused", reasons: ["asked", "forced"], when: "a pause was asked for after the call" },
  { from: "wrapUp", to: "offline", when: "signing out was asked for after the call" },
  { from: "available", to: "dialling", when: "dials a call" },
  { from: "paused", to: "dialling", when: "dials a call in a pause" },
  { from: "dialling", to: "talking", when: "the called party answers" },
  { from: "offered", to: "dialling", when: "accepts a callback" },
  { from: "dialling", to: "available", when: "the called party does not answer" },
  {
    from: "dialling",
    to: "paused",
    reasons: ["telephoneBusy", "telephoneSilent", "telephoneUnreachable"],
    when: "their own telephone does not answer, which rings first",
  },
];

export const pauseReasonOf: Readonly<Record<TelephoneFailure, PauseReason & `telephone${string}`>> = {
  busy: "telephoneBusy",
  silent: "telephoneSilent",
  unreachable: "telephoneUnreachable",
};

/** Whether it was the operator's own telephone that did not connect. */
export function isTelephoneFailure(outcome: OfferOutcome): outcome is TelephoneFailure {
  return outcome in pauseReasonOf;
}

const busyStates: ReadonlySet<OperatorState> = new Set([
  "offered",
  "ringing",
  "talking",
  "wrapUp",
  "dialling",
  "handedOver",
]);

/** True where an operator is on something: exactly there a shift has a `current` (O5). */
export function isBusy(state: OperatorState): boolean {
  return busyStates.has(state);
}

/** Whether the table has this way, for a pause with this reason. */
export function isTransition(from: OperatorState, to: OperatorState, reason: PauseReason | null): boolean {
  return operatorTransitions.some(
    (way) =>
      way.from === from &&
      way.to === to &&
      (way.to !== "paused" || (reason !== null && way.reasons?.includes(reason) === true)),
  );
}
