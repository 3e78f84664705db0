import { expect, test } from "vitest";
import { checkNames } from "../routes/telephony.ts";
import english from "./sentences.en.json" with { type: "json" };
import french from "./sentences.fr.json" with { type: "json" };

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test("both languages say the same things of the same", () => {
  expect(Object.keys(french)).toEqual(Object.keys(english));
  const en: Readonly<Record<string, string>> = english;
  for (const [key, text] of Object.entries(french))
    expect(placeholders(text), key).toEqual(placeholders(en[key] ?? ""));
  for (const check of checkNames) expect(Object.keys(english)).toContain(`title.${check}`);
});
