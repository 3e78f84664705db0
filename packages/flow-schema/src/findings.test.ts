import { expect, test } from "vitest";
import en from "./findings.en.json" with { type: "json" };
import fr from "./findings.fr.json" with { type: "json" };

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test("every finding has its sentence in both languages, with the same places to fill", () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  for (const [code, text] of Object.entries(en)) {
    const french = Object.entries(fr).find(([one]) => one === code)?.[1] ?? "";
    expect(places(french), code).toEqual(places(text));
    expect(french).not.toBe(text);
  }
});
