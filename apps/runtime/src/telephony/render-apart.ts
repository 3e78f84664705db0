import type { Verb } from "../ports/index.ts";
import { turnId } from "./media-address.ts";
import { validateVerbs } from "./validate-verbs.ts";

/** What a leg that is apart (decision record 42) is to be in, as its `turn`. */
export type ApartMedia =
  /** The conference of the call. */
  | { readonly kind: "room"; readonly callId: string; readonly turn: number }
  | { readonly kind: "music"; readonly urls: readonly string[]; readonly turn: number };

/** Nobody's leaving ends the conference for the others; music goes on for ever. */
export function renderApart(media: ApartMedia): readonly Verb[] {
  const id = turnId(media.turn);
  const verbs: Verb[] =
    media.kind === "room"
      ? [{ verb: "conference", id, name: media.callId, beep: false, endConferenceOnExit: false }]
      : media.urls.map((url, index) => {
          const last = index === media.urls.length - 1;
          return { verb: "play", url, ...(last && { id, loop: "forever" }) };
        });
  validateVerbs(verbs);
  return verbs;
}
