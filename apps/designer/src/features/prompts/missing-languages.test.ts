import { expect, test } from "vitest";
import { changedLanguages, missingLanguages } from "./missing-languages.ts";

const recorded = { sha256: "0".repeat(64), durationMs: 1200, quiet: false, uploadedAt: "2026-11-24T08:00:00.000Z" };

test("a language without recording lacks its sound; without text too, callers hear nothing of it", () => {
  const prompt = { texts: { "fr-FR": "Bonjour", "en-GB": " " }, audio: { "fr-FR": recorded } };
  expect(missingLanguages(prompt, ["fr-FR", "en-GB"])).toEqual({ unheard: ["en-GB"], unrecorded: [] });
  expect(missingLanguages({ ...prompt, audio: {} }, ["fr-FR"])).toEqual({ unheard: [], unrecorded: ["fr-FR"] });
});

test("a text that is not the recorded one any more is told, by language", () => {
  const audio = {
    "fr-FR": { ...recorded, text: "Bonjour" },
    "en-GB": { ...recorded, text: "Hello" },
    "de-DE": recorded,
  };
  expect(changedLanguages({ texts: { "fr-FR": "Bonjour ", "en-GB": "Hi", "de-DE": "Hallo" }, audio })).toEqual([
    "en-GB",
  ]);
});
