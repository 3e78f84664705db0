import { expect, test } from "vitest";
import expressionsEn from "./expression-problems.en.json" with { type: "json" };
import expressionsFr from "./expression-problems.fr.json" with { type: "json" };
import { flowErrorSentence } from "./flow-error.ts";
import errorsEn from "./flow-errors.en.json" with { type: "json" };
import errorsFr from "./flow-errors.fr.json" with { type: "json" };

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test.each([
  ["expressions", expressionsEn, expressionsFr],
  ["errors of flows", errorsEn, errorsFr],
] as const)("the sentences of %s are in both languages, with the same places to fill", (_, en, fr) => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  const french = new Map<string, string>(Object.entries(fr));
  for (const [code, text] of Object.entries(en)) {
    expect(places(french.get(code) ?? ""), code).toEqual(places(text));
    expect(french.get(code)).not.toBe(text);
  }
});

test("a sentence is filled with the details of its note", () => {
  const { en, fr } = flowErrorSentence("outputUnconnected", { node: "n1", output: "done" });
  expect(en).toContain("node n1 by output done");
  expect(fr).toContain("l’étape n1 par la sortie done");
});
