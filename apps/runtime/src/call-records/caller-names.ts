/** So many letters at a word's beginning are what names are looked for by; of shorter words the whole. */
const LETTERS = 3;
const FEWEST = 2;

/** A name as it is compared: ` marie dupont`, each word with a space before it, without accents and signs; null for none. */
export function nameKey(name: string | null): string | null {
  const words = wordsOf(name ?? "");
  return words.length === 0 ? null : words.map((word) => ` ${word}`).join("");
}

/** What an index finds a name by: the beginnings of its words, each once. */
export function nameBeginnings(key: string | null): readonly string[] {
  const beginnings = (key ?? "")
    .split(" ")
    .flatMap((word) =>
      Array.from({ length: Math.max(0, Math.min(LETTERS, word.length) - FEWEST + 1) }, (_, more) =>
        word.slice(0, FEWEST + more),
      ),
    );
  return [...new Set(beginnings)];
}

/** What somebody typed of a name. */
export interface NameAsked {
  /** Each must begin a word of the name; in any order. */
  readonly words: readonly string[];
  /** What the index is asked for: the beginning of the longest word, which the fewest names have. */
  readonly beginning: string;
}

/** Null where there are too few letters to look for. */
export function nameAsked(written: string): NameAsked | null {
  const words = wordsOf(written);
  const [longest] = [...words].sort((a, b) => b.length - a.length);
  if (longest === undefined || longest.length < FEWEST) return null;
  return { words, beginning: longest.slice(0, LETTERS) };
}

/** Whether a name is one that was asked for. */
export function isNamed(key: string | null, { words }: NameAsked): boolean {
  return key !== null && words.every((word) => key.includes(` ${word}`));
}

function wordsOf(text: string): readonly string[] {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
