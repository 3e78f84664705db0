import type { ConfigProblem } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { type AskedAgain, answered, heard, questionPatience, unanswered } from "../ways.ts";
import { languageStates } from "./behaviour.ts";
import { LanguageConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const language = defineNode({
  type: "language",
  typeVersion: 1,
  group: "ask",
  icon: "M4 5h10M9 3v2c0 5-2 8-5 9M6 9c1 3 4 5 7 5M12 20l4-9l4 9M13.5 17h5",
  config: LanguageConfig,
  initial: {
    prompt: null,
    choices: [{ id: "choice1", digit: "1", language: "fr-FR" }],
    attempts: 2,
    patienceMs: 5_000,
  },
  texts: { fr, en },
  form: {
    prompt: { widget: "prompt" },
    choices: { widget: "list" },
    "choices.digit": { widget: "keys" },
    "choices.language": { widget: "language" },
    attempts: { widget: "number" },
    patienceMs: { widget: "duration" },
  },
  outputs: () => ["chosen", "unchosen"],
  fallbacks: () => ({ unchosen: "chosen" }),
  references: ({ prompt }) => (prompt === null ? [] : [{ kind: "prompt", id: prompt, pointer: "/prompt" }]),
  check: ({ choices }, { languages }) =>
    choices.flatMap((choice, index) => [
      ...(languages.includes(choice.language) ? [] : [notSpoken(choice.language, index)]),
      ...(choices.findIndex(({ digit }) => digit === choice.digit) === index ? [] : [keyTwice(choice.digit, index)]),
    ]),
  keys: ({ choices }) => choices.map(({ digit }) => digit).join(""),
  summary: ({ choices }) => choices.map((choice) => `${choice.digit} ${choice.language}`).join(" · "),
  waits: () => true,
  ways: (config) => ({
    chosen: answered(asked(config), config.choices[0]?.digit ?? ""),
    unchosen: { phases: unanswered(asked(config)) },
  }),
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  states: languageStates,
});

function asked({ prompt, attempts, patienceMs }: LanguageConfig): AskedAgain {
  const question = heard(prompt, "chooseLanguage");
  return { question, attempts, patienceMs, afterSilence: null, afterWrong: null };
}

function notSpoken(tag: string, index: number): ConfigProblem {
  return {
    code: "languageNotSpoken",
    severity: "error",
    pointer: `/choices/${index}/language`,
    message: {
      fr: `Ce scénario ne parle pas ${tag}. Ajoutez cette langue au scénario, ou retirez ce choix.`,
      en: `This flow does not speak ${tag}. Add that language to the flow, or remove this choice.`,
    },
  };
}

function keyTwice(digit: string, index: number): ConfigProblem {
  return {
    code: "languageKeyTwice",
    severity: "error",
    pointer: `/choices/${index}/digit`,
    message: {
      fr: `La touche ${digit} est déjà celle d'une autre langue. Donnez-en une autre à celle-ci.`,
      en: `Key ${digit} is another language's already. Give this one another.`,
    },
  };
}
