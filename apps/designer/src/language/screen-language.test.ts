import { expect, test, vi } from "vitest";
import { chosenLanguage, rememberChoice, screenLanguage } from "./screen-language.ts";

test("what was used here last, else the first of the browser's that there is, else English", () => {
  expect(screenLanguage("fr", ["en-GB"])).toBe("fr");
  expect(screenLanguage(null, ["de-DE", "fr-CA", "en-GB"])).toBe("fr");
  expect(screenLanguage(null, ["en-US", "fr"])).toBe("en");
  expect(screenLanguage(null, ["de-DE"])).toBe("en");
  expect(screenLanguage("xx", ["fr-FR"])).toBe("fr");
});

test("what somebody chose here is theirs alone, also after a reload; a browser that keeps nothing forgets it", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  rememberChoice("user_1", "en");
  expect([chosenLanguage("user_1"), chosenLanguage("user_2")]).toEqual(["en", null]);
  vi.stubGlobal("localStorage", {
    getItem: () => {
      throw new Error("The operation is insecure.");
    },
  });
  expect(chosenLanguage("user_1")).toBeNull();
  vi.unstubAllGlobals();
});
