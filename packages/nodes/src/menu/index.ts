import type { ConfigProblem } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { keyTwice } from "../key-twice.ts";
import { type AskedAgain, answered, otherKey, questionPatience, unanswered, wrongly } from "../ways.ts";
import { menuStates } from "./behaviour.ts";
import { MenuConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const menu = defineNode({
  type: "menu",
  typeVersion: 1,
  group: "ask",
  icon: "M4 5h16M4 12h16M4 19h10",
  config: MenuConfig,
  initial: {
    prompt: "prompt",
    choices: [{ id: "choice1", digit: "1", label: "" }],
    attempts: 3,
    patienceMs: 6_000,
    invalidPrompt: null,
    noInputPrompt: null,
    repeatKey: null,
  },
  texts: { fr, en },
  form: {
    prompt: { widget: "prompt" },
    invalidPrompt: { widget: "prompt" },
    noInputPrompt: { widget: "prompt" },
    choices: { widget: "list" },
    "choices.digit": { widget: "digits" },
    patienceMs: { widget: "duration" },
    repeatKey: { widget: "keys" },
  },
  outputs: ({ choices }) => [...choices.map(({ id }) => id), "noInput", "noMatch"],
  references: ({ prompt, invalidPrompt, noInputPrompt }) => [
    { kind: "prompt", id: prompt, pointer: "/prompt" },
    ...(invalidPrompt === null ? [] : [{ kind: "prompt" as const, id: invalidPrompt, pointer: "/invalidPrompt" }]),
    ...(noInputPrompt === null ? [] : [{ kind: "prompt" as const, id: noInputPrompt, pointer: "/noInputPrompt" }]),
  ],
  check: ({ choices, repeatKey = null }) => [
    ...choices.flatMap(({ digit }, index) => sameDigit(choices, digit, index)),
    ...(repeatKey !== null && choices.some(({ digit }) => digit === repeatKey)
      ? keyTwice([
          { digit: repeatKey, pointer: "/choices" },
          { digit: repeatKey, pointer: "/repeatKey" },
        ])
      : []),
  ],
  keys: keysOf,
  summary: ({ choices }) => choices.map(({ digit }) => digit).join(" "),
  waits: () => true,
  ways: (config) => ({
    ...Object.fromEntries(config.choices.map(({ id, digit }) => [id, answered(asked(config), digit)])),
    noInput: { phases: unanswered(asked(config)) },
    noMatch: { phases: wrongly(asked(config), otherKey(keysOf(config))) },
  }),
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  states: menuStates,
});

function keysOf({ choices, repeatKey = null }: MenuConfig): string {
  return [...choices.map(({ digit }) => digit), repeatKey ?? ""].join("");
}

function asked({ prompt, attempts, patienceMs, invalidPrompt, noInputPrompt }: MenuConfig): AskedAgain {
  return {
    ...{ question: { says: prompt }, attempts, patienceMs },
    afterSilence: noInputPrompt === null ? null : { says: noInputPrompt },
    afterWrong: invalidPrompt === null ? null : { says: invalidPrompt },
  };
}

function sameDigit(
  choices: readonly { readonly digit: string }[],
  digit: string,
  index: number,
): readonly ConfigProblem[] {
  if (choices.findIndex((choice) => choice.digit === digit) === index) return [];
  return [
    {
      code: "menuDigitTwice",
      severity: "error",
      pointer: `/choices/${index}/digit`,
      message: {
        fr: `La touche ${digit} est déjà celle d'un autre choix. Donnez-en une autre à celui-ci.`,
        en: `Key ${digit} is another choice's already. Give this one another.`,
      },
    },
  ];
}
