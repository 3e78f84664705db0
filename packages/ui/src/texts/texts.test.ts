import { expect, test } from "vitest";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };

test("both languages have the same texts, and none is empty", () => {
  expect(Object.keys(french)).toEqual(Object.keys(english));
  for (const text of [...Object.values(french), ...Object.values(english)]) expect(text.trim()).not.toBe("");
});

test("every text is used", () => {
  const sources = import.meta.glob<string>(["../**/*.tsx", "../**/*.ts"], {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const all = Object.values(sources).join("\n");
  for (const name of Object.keys(english)) {
    const [family] = name.split(".");
    const used = all.includes(`"${name}"`) || all.includes(`\`${family}.\${`);
    expect(used, name).toBe(true);
  }
});
