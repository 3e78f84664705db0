import { expect, expectTypeOf, test } from "vitest";
import { builtInAudio } from "./built-in-audio.ts";
import { type BuiltInPromptName, builtInPrompts, isBuiltInPromptName } from "./built-in-prompts.ts";

test("a caller hears the language asked for, whatever the region", () => {
  expect(builtInAudio("goodbye", "fr-CA")).toMatchObject({ language: "fr", text: "Merci de votre appel. Au revoir." });
  expect(builtInAudio("goodbye", "EN-us")).toMatchObject({ language: "en", text: "Thank you for calling. Goodbye." });
});

test("of several languages the first that is built in is said", () => {
  expect(builtInAudio("goodbye", ["de-DE", "en-GB", "fr-FR"]).language).toBe("en");
});

test("a language that is not built in is answered in French, never by silence", () => {
  expect(builtInAudio("technicalProblem", "de-DE").sha256).toBe(builtInPrompts.technicalProblem.audio.fr.sha256);
  expect(builtInAudio("technicalProblem", []).language).toBe("fr");
});

test("music is the same file in every language and has a name to read in each", () => {
  const [fr, en] = [builtInAudio("holdMusic", "fr"), builtInAudio("holdMusic", "en")];
  expect(fr.sha256).toBe(en.sha256);
  expect([fr.text, en.text]).toEqual(["Musique d’attente", "Hold music"]);
});

test("a bundled program says where the audio lies, as a path or as a URL", () => {
  expect(builtInAudio("beep", "fr", "/srv/audio").file).toBe("/srv/audio/beep.wav");
  expect(builtInAudio("beep", "fr", "/srv/audio/").file).toBe("/srv/audio/beep.wav");
  expect(String(builtInAudio("beep", "fr", new URL("file:///srv/audio")).file)).toBe("file:///srv/audio/beep.wav");
});

test("a wrong name does not compile, and is told from a right one at run time", () => {
  expectTypeOf<"goodbey">().not.toExtend<BuiltInPromptName>();
  expectTypeOf<"goodbye">().toExtend<BuiltInPromptName>();
  expect(isBuiltInPromptName("goodbye")).toBe(true);
  expect(isBuiltInPromptName("toString")).toBe(false);
});
