/**
 * What the caller should hear, before it is resolved to audio in the caller's language. The host resolves: `flow` to the pinned prompt
 * of the flow version, `builtIn` to an announcement that ships with the product, `media` to content-addressed audio.
 */
export type PromptReference =
  | {
      readonly kind: "flow";
      readonly promptId: string;
      readonly language: string;
      readonly values: Readonly<Record<string, string>>;
    }
  | { readonly kind: "builtIn"; readonly name: string; readonly language: string }
  | { readonly kind: "media"; readonly media: string };
