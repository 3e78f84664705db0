import { expect, test } from "vitest";
import { screenLanguage } from "./screen-language.ts";

test("what was used here last, else the first of the browser's that there is, else English", () => {
  expect(screenLanguage("fr", ["en-GB"])).toBe("fr");
  expect(screenLanguage(null, ["de-DE", "fr-CA", "en-GB"])).toBe("fr");
  expect(screenLanguage(null, ["en-US", "fr"])).toBe("en");
  expect(screenLanguage(null, ["de-DE"])).toBe("en");
  expect(screenLanguage("xx", ["fr-FR"])).toBe("fr");
});
