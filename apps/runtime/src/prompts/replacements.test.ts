import { expect, test } from "vitest";
import { createReplacements } from "./replacements.ts";

const recording = (sha256: string) => ({
  sha256,
  durationMs: 1000,
  quiet: false,
  uploadedAt: "2026-11-24T09:00:00.000Z",
});
const prompts = [
  { replaces: "goodbye", audio: { "fr-FR": recording("fr"), en: recording("en") } },
  { replaces: "holdMusic", audio: { "fr-FR": recording("music") } },
  { replaces: "piece-n2", audio: { "fr-FR": recording("deux") } },
  { replaces: null, audio: { "fr-FR": recording("other") } },
];

test("the company's recording is heard in its language, near it, and never in another", async () => {
  const replacements = createReplacements({ list: async () => prompts });
  expect(replacements.find("co_1", "goodbye", "fr-FR")).toBeNull();
  await replacements.refresh("co_1");
  const heard = (name: string, language: string) => replacements.find("co_1", name, language)?.sha256;
  expect(heard("goodbye", "fr-FR")).toBe("fr");
  expect(heard("goodbye", "fr")).toBe("fr");
  expect(heard("goodbye", "en-GB")).toBe("en");
  expect(heard("goodbye", "de-DE")).toBeUndefined();
  expect(heard("pleaseWait", "fr-FR")).toBeUndefined();
  expect(heard("piece-n2", "fr")).toBe("deux");
  expect(heard("piece-n2", "en-GB")).toBeUndefined();
  expect(replacements.find("co_2", "goodbye", "fr-FR")).toBeNull();
});

test("music has no language", async () => {
  const replacements = createReplacements({ list: async () => prompts });
  await replacements.refresh("co_1");
  expect(replacements.find("co_1", "holdMusic", "en-GB")?.sha256).toBe("music");
});

test("what was read last stands when the store does not answer", async () => {
  let answers = true;
  const list = async () => {
    if (!answers) throw new Error("connection lost");
    return prompts;
  };
  const replacements = createReplacements({ list });
  await replacements.refresh("co_1");
  answers = false;
  await expect(replacements.refresh("co_1")).rejects.toThrow("connection lost");
  expect(replacements.find("co_1", "goodbye", "fr-FR")?.sha256).toBe("fr");
});
