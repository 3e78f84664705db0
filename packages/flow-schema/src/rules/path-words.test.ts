import { expect, test } from "vitest";
import en from "./path-words.en.json" with { type: "json" };
import fr from "./path-words.fr.json" with { type: "json" };

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test("the words of paths are there in both languages, with the same places to fill", () => {
  expect(Object.keys(fr)).toEqual(Object.keys(en));
  for (const [word, text] of Object.entries(fr)) {
    expect(places(text), word).toEqual(places(Object.entries(en).find(([one]) => one === word)?.[1] ?? ""));
  }
});
