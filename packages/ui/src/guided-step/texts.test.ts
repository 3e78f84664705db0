import { expect, test } from "vitest";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };

test("both languages have the same texts, with the same values in them, and each is used", () => {
  expect(Object.keys(french)).toEqual(Object.keys(english));
  const values = (text: string) => text.match(/\{\{\w+\}\}/g) ?? [];
  for (const [name, text] of Object.entries(english)) {
    expect(values(french[name as keyof typeof french]), name).toEqual(values(text));
  }
  const sources = import.meta.glob<string>("./*.tsx", { query: "?raw", import: "default", eager: true });
  const all = Object.values(sources).join("\n");
  for (const name of Object.keys(english)) expect(all.includes(`"${name}"`), name).toBe(true);
});
