/** A language by name, in the reader's language: `fr-FR` is `français (France)`, or `French (France)`. */
export function languageName(tag: string, readersLanguage: string): string {
  try {
    return new Intl.DisplayNames(readersLanguage, { type: "language", languageDisplay: "standard" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
