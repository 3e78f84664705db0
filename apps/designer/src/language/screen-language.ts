import type { ScreenLanguage } from "@cordboard/api";

const place = "cordboard.language";

/** The language of this screen: what was chosen or used here last, else the first of the browser's that there is, else English. */
export function screenLanguage(
  remembered: string | null = readRemembered(),
  wanted: readonly string[] = navigator.languages,
): ScreenLanguage {
  const asked = [remembered, ...wanted].map((tag) => tag?.slice(0, 2).toLowerCase());
  return asked.find((tag) => tag === "fr" || tag === "en") ?? "en";
}

/** Keeps the language for the next start of this browser. */
export function rememberLanguage(language: ScreenLanguage): void {
  try {
    localStorage.setItem(place, language);
  } catch {
    // A browser that forbids storage only forgets it.
  }
}

function readRemembered(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}
