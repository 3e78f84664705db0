/** A language by name, in the reader's language, with a capital as in a list: `fr-FR` is `Français (France)`, or `French (France)`. */
export function languageName(tag: string, readersLanguage: string): string {
  try {
    const name =
      new Intl.DisplayNames(readersLanguage, { type: "language", languageDisplay: "standard" }).of(tag) ?? tag;
    return name.slice(0, 1).toLocaleUpperCase(readersLanguage) + name.slice(1);
  } catch {
    return tag;
  }
}
