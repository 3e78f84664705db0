import type { FormatName } from "./format-value.ts";

/**
 * What the caller should hear, before it is resolved to audio in the caller's language. The host resolves: `flow` to the pinned prompt
 * of the flow version, `builtIn` to an announcement that ships with the product, `media` to content-addressed audio, `recording` to what
 * the caller has just recorded, `pieces` to the recorded pieces of a value (figure by figure), or to its text where they are missing.
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
  | { readonly kind: "recording"; readonly recordingId: string }
  | { readonly kind: "pieces"; readonly format: FormatName; readonly value: string; readonly language: string };
