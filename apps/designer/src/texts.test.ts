import { describe, expect, test } from "vitest";

/** Each folder's texts belong to the code beside them; those of `app` and `listing` are for every page. */
const catalogues = import.meta.glob<Record<string, string>>(
  ["./app/texts.*.json", "./widgets/texts.*.json", "./features/*/texts.*.json"],
  {
    import: "default",
    eager: true,
  },
);
const sources = import.meta.glob<string>(["./**/*.ts", "./**/*.tsx", "!./**/*.test.ts", "!./**/*.test.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const code = Object.values(sources).join("\n");
const folders = Object.keys(catalogues)
  .filter((path) => path.endsWith("/texts.en.json"))
  .map((path) => path.slice(2, -"/texts.en.json".length));
const plural = /_(zero|one|two|few|many|other)$/;

test("there are texts to compare", () => {
  expect(folders.length).toBeGreaterThan(4);
  expect(code.length).toBeGreaterThan(50_000);
});

describe.each(folders)("%s", (folder) => {
  const english = catalogues[`./${folder}/texts.en.json`] ?? {};
  const french = catalogues[`./${folder}/texts.fr.json`] ?? {};

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

  test("every text that the folder asks for by its name is there", () => {
    const own = Object.keys(english).map((key) => key.replace(plural, ""));
    const other = Object.entries(catalogues).flatMap(([, texts]) =>
      Object.keys(texts).map((key) => key.replace(plural, "")),
    );
    const known = new Set([...own, ...other]);
    const inside = Object.entries(sources).filter(([path]) => path.startsWith(`./${folder}/`));
    for (const [path, text] of inside) {
      for (const [, key = ""] of text.matchAll(/\bt\(\s*"([^"]+)"/g)) {
        expect(known.has(key.replace(/^\w+:/, "")), `${path}: ${key}`).toBe(true);
      }
    }
  });
});

function valuesOf(text = ""): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).sort();
}

/** Named in full somewhere, or by a family whose last words are filled in: `paused.${reason}`. */
function isUsed(key: string): boolean {
  if (code.includes(`"${key}"`) || code.includes(`:${key}"`) || code.includes(`\`${key}\``)) return true;
  const parts = key.split(".");
  return parts.some((_, at) => at > 0 && code.includes(`\`${parts.slice(0, at).join(".")}.\${`));
}
