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

/** The language that somebody chose here in place of their account's, or `null`. */
export function chosenLanguage(userId: string): ScreenLanguage | null {
  const kept = readRemembered(`${place}.${userId}`);
  return kept === "fr" || kept === "en" ? kept : null;
}

/** Keeps somebody's choice for their next visit with this browser. */
export function rememberChoice(userId: string, language: ScreenLanguage): void {
  try {
    localStorage.setItem(`${place}.${userId}`, language);
  } catch {
    // As above.
  }
}

function readRemembered(where = place): string | null {
  try {
    return localStorage.getItem(where);
  } catch {
    return null;
  }
}
