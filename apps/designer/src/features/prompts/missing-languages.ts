import type { LibraryPrompt } from "@cordboard/api";

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
