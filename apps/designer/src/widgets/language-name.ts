/** What a language is called in the reader's, with a capital letter as in a list: `Français`, `English`. */
export function languageName(tag: string, screen: "fr" | "en"): string {
  const name =
    new Intl.DisplayNames([screen], { type: "language", languageDisplay: "standard" }).of(tag.slice(0, 2)) ?? tag;
  return name.slice(0, 1).toLocaleUpperCase(screen) + name.slice(1);
}
