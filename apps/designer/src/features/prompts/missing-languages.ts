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
