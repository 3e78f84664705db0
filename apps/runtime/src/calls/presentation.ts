import type { MediaEffect } from "@cordboard/node-kit";
import type { Verb } from "../ports/index.ts";
import type { CallDocument, OperatorHears } from "./model.ts";

/** What of a call decides how it is told. */
export type PresentedCall = Pick<
  CallDocument,
  | "_id"
  | "companyId"
  | "direction"
  | "from"
  | "flowVersionId"
  | "everyday"
  | "running"
  | "language"
  | "hidden"
  | "answeredAt"
  | "ownerEpoch"
  | "recordings"
  | "queue"
  | "recordingWish"
  | "leg"
> &
  Partial<Pick<CallDocument, "snapshot" | "placed">>;

/** How what a caller should hear becomes what jambonz is told. Made in ../telephony/ and the media of ../media/. */
export interface Presentation {
  /**
   * The verbs of a media effect: first of all the answer, where the call was not answered yet, and neither is to be (`unanswered`: it may be
   * heard before). Reads telephones and prompts.
   */
  render(call: PresentedCall, effect: MediaEffect, how?: { readonly unanswered: boolean }): Promise<readonly Verb[]>;
  /** How long the effect's prompt is, ms; `null` where that is not known. */
  spokenMs(call: PresentedCall, effect: MediaEffect): number | null;
  /** Music for a caller whose step takes long; must need nothing that could be missing. `null`: a call that is not written yet. */
  comfort(call: PresentedCall | null): readonly Verb[];
  /**
   * What a leg hears that is apart from the other (decision record 42), as its `turn`: music, or the others in the conference of the call.
   * `operator`: it is the operator's leg. `listensTo`: the conference is that of this other call, and nobody hears who comes in.
   */
  apart(
    call: PresentedCall,
    how: {
      readonly held: boolean;
      readonly turn: number;
      readonly operator?: { readonly muted: boolean };
      readonly listensTo?: string;
    },
  ): readonly Verb[];
  /**
   * What the leg of an operator who asks somebody first is to hear, or of who is asked: decision record 50. `operator`: it is an operator's,
   * who is heard in the conference or not.
   */
  consult(call: PresentedCall, hears: OperatorHears, operator: { readonly muted: boolean } | null): readonly Verb[];
  /** What whoever was called hears before they are connected, with a key to refuse by; or that this was understood. See telling-first.ts. */
  notice(call: PresentedCall, entry: number, which: "notice" | "refusal"): readonly Verb[];
  /** How long both of these are, ms; of a recording of unknown length, what is likely. */
  noticeMs(call: PresentedCall): number;
  /** The last word when nothing else can be done: an apology in both languages, and the end. */
  apology(call: PresentedCall | null): readonly Verb[];
}
