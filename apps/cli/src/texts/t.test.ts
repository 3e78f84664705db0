import { expect, test } from "vitest";
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };

test("both languages say the same things with the same values", () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  for (const [key, text] of Object.entries(en)) expect(values(fr[key as keyof typeof fr]), key).toEqual(values(text));
});
