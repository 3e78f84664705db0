/** What a reader can ask for; `system` follows the machine. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

const place = "cordboard.theme";

/** The theme this browser was last set to; `system` when it never was, or when the browser keeps nothing for us. */
export function rememberedTheme(storage: Pick<Storage, "getItem"> | undefined = storageOf()): Theme {
  try {
    const kept = storage?.getItem(place);
    return themes.find((theme) => theme === kept) ?? "system";
  } catch {
    return "system";
  }
}

/** Shows a theme at once and remembers it in this browser. Call `applyTheme(rememberedTheme())` before the first drawing. */
export function applyTheme(theme: Theme, root: Pick<HTMLElement, "dataset"> = document.documentElement): void {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    storageOf()?.setItem(place, theme);
  } catch {
    // A browser that forbids storage still shows the theme; it only forgets it.
  }
}

/** Reading `localStorage` already throws where the reader forbids it. */
function storageOf(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
