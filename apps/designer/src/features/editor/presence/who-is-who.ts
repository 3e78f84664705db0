const HUES = 3;

/** One of the hues by which co-authors are told apart beside their names; the same for a page as long as it is open. */
export function hueOf(tabId: string): number {
  let sum = 0;
  for (const letter of tabId) sum += letter.codePointAt(0) ?? 0;
  return sum % HUES;
}

/** `Léa Petit` → `LP`, `admin` → `A`; whatever alphabet. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = (word: string | undefined) => [...(word ?? "")][0]?.toUpperCase() ?? "";
  return first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "");
}
