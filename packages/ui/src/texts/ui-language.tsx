import { createContext, type ReactNode, useContext } from "react";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };

/** The languages of the screens. */
export type Language = "fr" | "en";

export type UiText = keyof typeof english;

const texts: Record<Language, Record<UiText, string>> = { fr: french, en: english };
const Context = createContext<Language>("en");

/** Tells the components inside which language their own few words, durations and dates are in. One at the root of an app. */
export function UiLanguage({ language, children }: { language: Language; children: ReactNode }) {
  return <Context value={language}>{children}</Context>;
}

/** The language that the nearest `UiLanguage` set; English without one. */
export function useUiLanguage(): Language {
  return useContext(Context);
}

/** Looks up one of this package's own words in the reader's language. */
export function useUiText(): (text: UiText) => string {
  const language = useUiLanguage();
  return (text) => texts[language][text];
}

/** True when this package has a text of that name; for names that are built, like `key.Escape`. */
export function isUiText(text: string): text is UiText {
  return Object.hasOwn(english, text);
}
