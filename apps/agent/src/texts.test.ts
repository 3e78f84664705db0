import { describe, expect, test } from "vitest";

/** A folder's texts belong to the code beside them; `app` and `desk` are also used from elsewhere in the agent. */
const catalogues = import.meta.glob<Record<string, string>>("./*/texts.*.json", { import: "default", eager: true });
const sources = import.meta.glob<string>(["./**/*.ts", "./**/*.tsx", "!./**/*.test.ts", "!./**/*.test.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const code = Object.values(sources).join("\n");
const features = Object.keys(catalogues)
  .filter((path) => path.endsWith(".en.json"))
  .map((path) => path.split("/")[1] ?? "");

const plural = /_(zero|one|two|few|many|other)$/;

test("there are texts to compare", () => {
  expect(features.length).toBeGreaterThan(3);
  expect(code.length).toBeGreaterThan(10_000);
});

describe.each(features)("%s", (feature) => {
  const english = catalogues[`./${feature}/texts.en.json`] ?? {};
  const french = catalogues[`./${feature}/texts.fr.json`] ?? {};

  test("both languages have the same texts in the same order, none of them empty", () => {
    expect(Object.keys(french)).toEqual(Object.keys(english));
    for (const text of [...Object.values(french), ...Object.values(english)]) expect(text.trim()).not.toBe("");
  });

  test("both languages fill in the same values", () => {
    for (const key of Object.keys(english)) expect(valuesOf(french[key]), key).toEqual(valuesOf(english[key]));
  });

  test("every text is used", () => {
    for (const key of Object.keys(english)) expect(isUsed(key.replace(plural, "")), key).toBe(true);
  });

  test("French puts a space that does not break before its high marks and inside its quotes", () => {
    for (const [key, text] of Object.entries(french)) expect(text, key).not.toMatch(/ [?!;:»]|« /);
  });
});

test("every text that is asked for is there", () => {
  const known = new Set(
    Object.values(catalogues).flatMap((texts) => Object.keys(texts).map((key) => key.replace(plural, ""))),
  );
  const asked = [...code.matchAll(/\bt\("([^"]+)"/g)].map(([, key = ""]) => key.replace(/^\w+:/, ""));
  expect(asked.length).toBeGreaterThan(50);
  for (const key of asked) expect(known.has(key), key).toBe(true);
});

function valuesOf(text = ""): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).sort();
}

/** Named in full somewhere, or by a family whose last word is filled in: `paused.${reason}`. */
function isUsed(key: string): boolean {
  const family = key.slice(0, key.lastIndexOf(".") + 1);
  return code.includes(`"${key}"`) || code.includes(`:${key}"`) || (family !== "" && code.includes(`\`${family}\${`));
}
