import type { LibraryPrompt } from "@cordboard/api";
import { isTextChanged } from "@cordboard/flow-schema";

/** The company's languages in which callers would hear nothing of a prompt, or only what a synthesiser makes of its text. */
export function missingLanguages(
  prompt: Pick<LibraryPrompt, "texts" | "audio">,
  languages: readonly string[],
): { readonly unheard: readonly string[]; readonly unrecorded: readonly string[] } {
  const without = languages.filter((language) => prompt.audio[language] === undefined);
  const isWritten = (language: string) => (prompt.texts[language] ?? "").trim() !== "";
  return {
    unheard: without.filter((language) => !isWritten(language)),
    unrecorded: without.filter(isWritten),
  };
}

/** The languages in which a prompt's text is no longer the one that was recorded, whether the company speaks them or not. */
export function changedLanguages({ texts, audio }: Pick<LibraryPrompt, "texts" | "audio">): readonly string[] {
  return Object.entries(audio).flatMap(([language, { text }]) =>
    isTextChanged(text, texts[language]) ? language : [],
  );
}

/** What the list of prompts can be narrowed to. */
export const promptFilters = ["all", "missing", "changed", "unused"] as const;

type Said = Pick<LibraryPrompt, "texts" | "audio">;

/** Whether a prompt is among those that lack something in a language, or whose text changed since it was recorded. */
export function isShown(prompt: Said, filter: "missing" | "changed", languages: readonly string[]): boolean {
  if (filter === "changed") return changedLanguages(prompt).length > 0;
  const { unheard, unrecorded } = missingLanguages(prompt, languages);
  return unheard.length + unrecorded.length > 0;
}

/** How much is wrong with a prompt, to sort by: a caller who hears nothing weighs most, then wrong words, then another voice. */
export function troubles(prompt: Said, languages: readonly string[]): number {
  const { unheard, unrecorded } = missingLanguages(prompt, languages);
  return 10_000 * unheard.length + 100 * changedLanguages(prompt).length + unrecorded.length;
}
