import { expect, test } from "vitest";
import { languageOf } from "./language.ts";

test.each([
  [undefined, "en"],
  ["", "en"],
  ["*", "en"],
  ["de-DE,it;q=0.9", "en"],
  ["fr", "fr"],
  ["FR-ca", "fr"],
  ["de, en;q=0.4, fr;q=0.8", "fr"],
  ["en, fr", "en"],
  ["fr;q=0, en;q=0.1", "en"],
  ["fr;q=nonsense", "fr"],
] as const)("Accept-Language %j is answered in %s", (header, language) => {
  expect(languageOf(header, "en")).toBe(language);
});
