import { expect, test } from "vitest";
import { spokenPreview, voiceFor } from "./spoken-preview.ts";

test("a preview says the name of a value, and no marks", () => {
  expect(spokenPreview('Bonjour {{ call.callerName | digits }}, <break time="1s"/> merci.')).toBe(
    "Bonjour callerName, merci.",
  );
});

test("a voice of the country comes before one of the language, and another language is none", () => {
  const voices = [{ lang: "en-US" }, { lang: "fr_CA" }, { lang: "fr-FR" }];
  expect(voiceFor(voices, "fr-FR")?.lang).toBe("fr-FR");
  expect(voiceFor(voices, "en-GB")?.lang).toBe("en-US");
  expect(voiceFor(voices, "de-DE")).toBeNull();
});
