import type { Sentence } from "./finding.ts";

/** Where a text stops being JSON, in words: an engine says so in its own language and form. */
export function jsonFault(error: unknown, text: string): Sentence {
  const said = error instanceof Error ? error.message : "";
  const [, line, column] = /line (\d+) column (\d+)/.exec(said) ?? placeOf(/position (\d+)/.exec(said)?.[1], text);
  if (line !== undefined && column !== undefined) {
    return { fr: `faute à la ligne ${line}, colonne ${column}`, en: `the fault is in line ${line}, column ${column}` };
  }
  // Chromium quotes what stands there.
  const near = /, (?:\.\.\.)?"(.*?)"(?:\.\.\.)? is not valid JSON/s.exec(said)?.[1]?.replace(/\s+/g, " ").trim();
  if (near) return { fr: `faute près de « ${near} »`, en: `the fault is near “${near}”` };
  if (/end/i.test(said)) return { fr: "il s’arrête avant sa fin", en: "it stops before its end" };
  return { fr: "sa forme n’est pas la bonne", en: "its form is not right" };
}

function placeOf(position: string | undefined, text: string): readonly string[] {
  if (position === undefined) return [];
  const before = text.slice(0, Number(position)).split("\n");
  return ["", String(before.length), String((before.at(-1)?.length ?? 0) + 1)];
}
