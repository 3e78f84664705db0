import type { SipHeader } from "../types.ts";
import type { Verb, VerbHost } from "../verbs/verb.ts";

/** A call as commands and REST updates act on it. */
export interface ControlledCall extends VerbHost {
  /** What is to run after the current verb. */
  readonly verbs: Verb[];
  readonly currentVerb: Verb | undefined;
  readonly hasStableDialogue: boolean;
  /** Hangs up from our side and ends what runs. */
  hangUp(headers?: readonly SipHeader[]): void;
  /** Ends a call that is not answered: an incoming one is refused with 503. */
  endUnanswered(): void;
  /** Goes on with new verbs where the call was waiting for some. */
  wake(): void;
}
