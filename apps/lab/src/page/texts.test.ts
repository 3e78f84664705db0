import { builtInPrompts } from "@cordboard/prompts";
import { expect, test } from "vitest";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

test("both languages have the same texts, with the same values in them", () => {
  const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  expect(Object.keys(fr)).toEqual(Object.keys(en));
  for (const [key, text] of Object.entries(en)) expect(values(fr[key as keyof typeof fr]), key).toEqual(values(text));
});

test("every built-in announcement has a name here", () => {
  for (const name of Object.keys(builtInPrompts)) expect(Object.keys(en), name).toContain(`prompt.${name}`);
});
