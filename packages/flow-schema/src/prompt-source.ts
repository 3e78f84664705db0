import type { FlowDocument } from "./flow-document.ts";

/** Where the sound of a prompt comes from in one language. */
export type PromptSource =
  | { readonly kind: "audio"; readonly media: string; readonly language: string }
  | { readonly kind: "builtIn"; readonly name: string; readonly language: string }
  | { readonly kind: "text"; readonly text: string; readonly language: string };

/** The languages for which a prompt of the flow has something of its own to play; a built-in prompt serves all of the flow's. */
export function promptLanguages(document: FlowDocument, promptId: string): readonly string[] {
  const prompt = Object.hasOwn(document.prompts, promptId) ? document.prompts[promptId] : undefined;
  if (!prompt) return [];
  return document.languages.filter(
    (language) =>
      prompt.builtIn !== undefined ||
      Object.hasOwn(prompt.audio ?? {}, language) ||
      (prompt.texts[language] ?? "").trim() !== "",
  );
}

/**
 * What to play for a prompt of the flow in a language: recorded audio before the built-in announcement before the text; when there is
 * none in that language, the same in the first of the flow's languages that has one. `undefined` when the prompt has nothing at all.
 */
export function promptSource(document: FlowDocument, promptId: string, language: string): PromptSource | undefined {
  const available = promptLanguages(document, promptId);
  const chosen = available.includes(language) ? language : available[0];
  const prompt = document.prompts[promptId];
  if (chosen === undefined || !prompt) return undefined;
  const media = prompt.audio?.[chosen];
  if (media !== undefined) return { kind: "audio", media, language: chosen };
  if (prompt.builtIn !== undefined) return { kind: "builtIn", name: prompt.builtIn, language: chosen };
  return { kind: "text", text: prompt.texts[chosen] ?? "", language: chosen };
}
