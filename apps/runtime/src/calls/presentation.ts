import type { MediaEffect } from "@cordboard/node-kit";
import type { Verb } from "../ports/index.ts";
import type { CallDocument } from "./model.ts";

/** What of a call decides how it is told. */
export type PresentedCall = Pick<
  CallDocument,
  | "_id"
  | "companyId"
  | "direction"
  | "from"
  | "flowVersionId"
  | "running"
  | "language"
  | "hidden"
  | "answeredAt"
  | "ownerEpoch"
  | "recordings"
  | "queue"
  | "recordingWish"
  | "leg"
>;

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
  /** What a leg hears that is apart from the other (decision record 42), as its `turn`: music, or the others in the conference of the call. */
  apart(call: PresentedCall, how: { readonly held: boolean; readonly turn: number }): readonly Verb[];
  /** The last word when nothing else can be done: an apology in both languages, and the end. */
  apology(call: PresentedCall | null): readonly Verb[];
}
