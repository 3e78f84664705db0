import { expect, test } from "vitest";
import { changedLanguages, isShown, missingLanguages, troubles } from "./missing-languages.ts";

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

test("prompts are narrowed to those that lack something, or whose text changed; the worst come first", () => {
  const [fr, both] = [["fr-FR"], ["fr-FR", "en-GB"]];
  const whole = { texts: { "fr-FR": "Bonjour" }, audio: { "fr-FR": { ...recorded, text: "Bonjour" } } };
  const changed = { ...whole, texts: { "fr-FR": "Bonsoir" } };
  expect([isShown(whole, "missing", fr), isShown(whole, "missing", both), isShown(whole, "changed", both)]).toEqual([
    false,
    true,
    false,
  ]);
  expect([isShown(changed, "missing", fr), isShown(changed, "changed", fr)]).toEqual([false, true]);
  const unrecorded = { texts: { "fr-FR": "Bonjour" }, audio: {} };
  const weights = [whole, unrecorded, changed, { texts: {}, audio: {} }].map((prompt) => troubles(prompt, fr));
  expect(weights).toEqual([...weights].sort((a, b) => a - b));
  expect(new Set(weights).size).toBe(4);
});
