import { expect, test } from "vitest";
import { createVoices } from "./voices.ts";

test("a company's voice is that of the language, else of its family, else the synthesiser's own", async () => {
  const voices = createVoices({ get: async () => ({ voices: { "fr-FR": "Léa", en: "Emma" } }) });
  expect(voices.find("co_1", "fr-FR")).toBeNull();
  await voices.refresh("co_1");
  expect(voices.find("co_1", "fr-FR")).toBe("Léa");
  expect(voices.find("co_1", "en-GB")).toBe("Emma");
  expect(voices.find("co_1", "fr-CA")).toBeNull();
  expect(voices.find("co_2", "fr-FR")).toBeNull();
});
