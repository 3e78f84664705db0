import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./take.ts";

/** The texts of a part of the product, by the folder that they lie in. */
export function wordsOf(
  place: string,
  language: Language,
): (key: string, values?: Readonly<Record<string, string>>) => string {
  const path = join(import.meta.dirname, "../..", place, `texts.${language}.json`);
  const texts = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  return (key, values = {}) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`${place} has no text ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
  };
}
