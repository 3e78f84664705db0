import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import type { LanguageConfig } from "./config.ts";
import { language } from "./index.ts";

const choices = [
  { id: "fr", digit: "1", language: "fr-FR" },
  { id: "en", digit: "2", language: "en-GB" },
];
const asking = (settings: Partial<LanguageConfig> = {}) =>
  flow({
    ask: node(language, { prompt: "which", choices, attempts: 2, patienceMs: 5_000, ...settings }),
    chosen: node(hangup, { prompt: "welcome" }),
    unchosen: node(hangup, { prompt: "operator" }),
  })
    .connect("ask", "chosen", "chosen")
    .with({ languages: ["fr-FR", "en-GB"] });

scenario("is asked in each language, and goes on in the one that is chosen", (call) => {
  call.to(asking());
  call.hearsIn("fr-FR", "which");
  call.hearsIn("en-GB", "which");
  call.presses("2");
  call.hearsIn("en-GB", "welcome");
});

scenario("a key counts during the question in another language", (call) => {
  call.to(asking());
  call.beginsToHear("which");
  call.presses("2");
  call.hearsIn("en-GB", "welcome");
});

scenario("silence and a wrong key ask again from the first language, then leave by unchosen", (call) => {
  call.to(asking().connect("ask", "unchosen", "unchosen"));
  call.hearsIn("fr-FR", "which");
  call.hearsIn("en-GB", "which");
  call.staysSilentFor("5s");
  call.hearsIn("fr-FR", "which");
  call.presses("9");
  call.hearsIn("fr-FR", "operator");
});

scenario("with unchosen unconnected the call goes on in the language that it has", (call) => {
  const english = call.another({ language: "en-GB" });
  english.to(asking({ attempts: 1 }));
  english.hearsIn("fr-FR", "which");
  english.hearsIn("en-GB", "which");
  english.staysSilentFor("5s");
  english.hearsIn("en-GB", "welcome");
});

scenario("without a question of its own the built-in one is asked", (call) => {
  call.to(asking({ prompt: null }));
  call.hearsIn("fr-FR", "chooseLanguage");
  call.hearsIn("en-GB", "chooseLanguage");
  call.presses("1");
  call.hearsIn("fr-FR", "welcome");
});

test("a language that the flow does not speak, and a key for two, are refused", () => {
  const twice = [...choices, { id: "de", digit: "1", language: "de-DE" }];
  const found = validate(asking({ choices: twice }).document(), registry).filter(
    ({ severity }) => severity === "error",
  );
  expect(found.map(({ code, pointer }) => [code, pointer])).toEqual([
    ["languageNotSpoken", "/nodes/0/config/choices/2/language"],
    ["languageKeyTwice", "/nodes/0/config/choices/2/digit"],
  ]);
});
