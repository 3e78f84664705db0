import type { Verb } from "../ports/index.ts";
import { turnId } from "./media-address.ts";
import { validateVerbs } from "./validate-verbs.ts";

/** What a leg that is apart (decision record 42) is to be in, as its `turn`. */
export type ApartMedia =
  /** The conference of the call; `operator`: as the one who is spoken to where somebody coaches, and heard there or not. */
  | {
      readonly kind: "room";
      readonly callId: string;
      readonly turn: number;
      readonly operator?: { readonly muted: boolean };
      /** Comes in heard by nobody. */
      readonly listens?: boolean;
    }
  /** A word, then pieces of music, round and round. */
  | { readonly kind: "music"; readonly word: string; readonly music: readonly string[]; readonly turn: number };

/** By this name a supervisor who whispers says who alone hears them (jambonz 0.9.8, read: `memberTag`, `setCoachMode`). */
export const OPERATOR_TAG = "operator";

/** Nobody's leaving ends the conference for the others; music goes on for ever. */
export function renderApart(media: ApartMedia): readonly Verb[] {
  const id = turnId(media.turn);
  const verbs: Verb[] =
    media.kind === "room"
      ? [{ ...room(media.callId, id), ...(media.operator && asOperator(media.operator)), ...(media.listens && silent) }]
      : [
          { verb: "play", url: media.word },
          { verb: "play", url: media.music.length === 1 ? media.music[0] : media.music, id, loop: "forever" },
        ];
  validateVerbs(verbs);
  return verbs;
}

const room = (name: string, id: string) => ({
  ...{ verb: "conference", id, name },
  ...{ beep: false, endConferenceOnExit: false },
});

const asOperator = ({ muted }: { readonly muted: boolean }) => ({
  memberTag: OPERATOR_TAG,
  ...(muted && silent),
});

const silent = { joinMuted: true };
