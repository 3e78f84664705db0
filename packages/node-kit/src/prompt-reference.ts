import type { FormatName } from "./format-value.ts";
import type { GreetingState } from "./mailbox.ts";

/**
 * What the caller should hear, before it is resolved to audio in the caller's language. The host resolves: `flow` to the pinned prompt
 * of the flow version, `text` to that text, `builtIn` to an announcement that ships with the product, `media` to content-addressed audio, `recording` to what
 * the caller has just recorded, `message` to what somebody left in a voicemail box, from a moment of it on, `greeting` to what a box says
 * to its callers, or to the built-in greeting where it has none, `pieces` to the recorded pieces of a value (figure by figure), or to its text where they are missing,
 * `slot` to a time at which the caller may have themselves called back, and the key that chooses it, `place` to where a caller stands in line and how long it may take (null: that is not said).
 */
export type PromptReference =
  | {
      readonly kind: "flow";
      readonly promptId: string;
      readonly language: string;
      readonly values: Readonly<Record<string, string>>;
    }
  | { readonly kind: "builtIn"; readonly name: string; readonly language: string }
  | { readonly kind: "media"; readonly media: string }
  | { readonly kind: "text"; readonly text: string; readonly language: string }
  | { readonly kind: "recording"; readonly recordingId: string }
  | { readonly kind: "message"; readonly messageId: string; readonly fromMs: number; readonly durationMs: number }
  | { readonly kind: "greeting"; readonly boxId: string; readonly state: GreetingState; readonly language: string }
  | {
      readonly kind: "place";
      readonly position: number | null;
      readonly minutes: number | null;
      readonly language: string;
    }
  | {
      readonly kind: "slot";
      /** UTC milliseconds. */
      readonly at: number;
      readonly key: string;
      readonly timeZone: string;
      readonly language: string;
    }
  | { readonly kind: "pieces"; readonly format: FormatName; readonly value: string; readonly language: string };
