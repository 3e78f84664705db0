import type { ConfigProblem, DocumentFacts, Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { keyTwice } from "../key-twice.ts";
import { type AskedAgain, answered, heard, questionPatience, unanswered, wrongly } from "../ways.ts";
import { collectStates } from "./behaviour.ts";
import { CollectConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const collect = defineNode({
  type: "collect",
  typeVersion: 1,
  group: "ask",
  icon: "M5 4h2v2H5zM11 4h2v2h-2zM17 4h2v2h-2zM5 11h2v2H5zM11 11h2v2h-2zM17 11h2v2h-2zM11 18h2v2h-2z",
  config: CollectConfig,
  initial: {
    variable: "variable",
    prompt: null,
    minDigits: 1,
    maxDigits: 10,
    finishOnKey: "#",
    patienceMs: 8_000,
    interDigitMs: 4_000,
    attempts: 3,
    invalidPrompt: null,
    noInputPrompt: null,
    confirm: true,
    beforePrompt: null,
    confirmPrompt: null,
    repeatKey: null,
  },
  texts: { fr, en },
  form: {
    variable: { widget: "variable" },
    prompt: { widget: "prompt" },
    minDigits: { widget: "number" },
    maxDigits: { widget: "number" },
    finishOnKey: { widget: "keys" },
    patienceMs: { widget: "duration" },
    interDigitMs: { widget: "duration" },
    attempts: { widget: "number" },
    invalidPrompt: { widget: "prompt" },
    noInputPrompt: { widget: "prompt" },
    beforePrompt: { widget: "prompt" },
    confirmPrompt: { widget: "prompt" },
    repeatKey: { widget: "keys" },
  },
  outputs: () => ["done", "noInput", "noMatch"],
  references: (config) => [{ kind: "variable", id: config.variable, pointer: "/variable" }, ...promptsOf(config)],
  check: problemsOf,
  // A question of one key takes every digit as its answer; in one of several keys none is the flow's anyway.
  keys: ({ maxDigits }) => (maxDigits === 1 ? "0123456789" : ""),
  summary: ({ variable, minDigits, maxDigits }) =>
    `${variable}: ${minDigits === maxDigits ? maxDigits : `${minDigits}–${maxDigits}`}`,
  waits: () => true,
  ways: (config) => ({
    done: answered(asked(config), `${"1".repeat(config.minDigits)}${endKey(config)}${config.confirm ? "1" : ""}`),
    noInput: { phases: unanswered(asked(config)) },
    // Too few keys, where the question can tell that they are.
    noMatch: { phases: wrongly(asked(config), config.finishOnKey ?? "") },
  }),
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  writes: ({ variable }) => [{ variable, outputs: ["done"] }],
  states: collectStates,
});

function asked({ prompt, attempts, patienceMs, invalidPrompt, noInputPrompt }: CollectConfig): AskedAgain {
  return {
    ...{ question: heard(prompt, "enterNumber"), attempts, patienceMs },
    afterSilence: heard(noInputPrompt, "nothingKeyed"),
    afterWrong: heard(invalidPrompt, "invalidKey"),
  };
}

/** What ends a number of the fewest keys, where more could come. */
function endKey({ minDigits, maxDigits, finishOnKey }: CollectConfig): string {
  return minDigits < maxDigits ? (finishOnKey ?? "") : "";
}

function promptsOf(config: CollectConfig): readonly Reference[] {
  return (["prompt", "invalidPrompt", "noInputPrompt", "beforePrompt", "confirmPrompt"] as const).flatMap((name) => {
    const id = config[name];
    return id === null ? [] : [{ kind: "prompt" as const, id, pointer: `/${name}` }];
  });
}

function problemsOf(config: CollectConfig, { variables }: DocumentFacts): readonly ConfigProblem[] {
  const { variable, minDigits, maxDigits, confirm, finishOnKey, repeatKey = null } = config;
  const declared = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
  const problems: ConfigProblem[] = [];
  if (repeatKey !== null && repeatKey === finishOnKey) {
    problems.push(
      ...keyTwice([
        { digit: repeatKey, pointer: "/finishOnKey" },
        { digit: repeatKey, pointer: "/repeatKey" },
      ]),
    );
  }
  if (minDigits > maxDigits) {
    problems.push({
      code: "collectLengths",
      severity: "error",
      pointer: "/minDigits",
      message: {
        fr: `Il faut au moins ${minDigits} touches, mais ${maxDigits} sont acceptées. Corrigez l'un des deux.`,
        en: `At least ${minDigits} keys are asked for, but only ${maxDigits} are taken. Change one of them.`,
      },
    });
  }
  if (declared?.type === "boolean") {
    problems.push({
      code: "collectVariable",
      severity: "error",
      pointer: "/variable",
      message: {
        fr: `La variable « ${variable} » est un oui ou non et ne peut pas contenir de touches. Choisissez-en une de texte.`,
        en: `Variable "${variable}" is a yes or no and cannot hold keys. Choose one of text.`,
      },
    });
  }
  if (declared?.type === "number") {
    problems.push({
      code: "collectNumber",
      severity: "warning",
      pointer: "/variable",
      message: {
        fr: `La variable « ${variable} » est un nombre : les zéros du début, * et # s'y perdent. Pour un code, prenez un texte.`,
        en: `Variable "${variable}" is a number: leading zeros, * and # are lost in it. For a code, take a text.`,
      },
    });
  }
  if (declared?.secret && confirm) {
    problems.push({
      code: "collectSecretConfirmed",
      severity: "error",
      pointer: "/confirm",
      message: {
        fr: `La variable « ${variable} » est secrète : ce qui y est tapé ne peut pas être relu à l'appelant. Retirez la confirmation.`,
        en: `Variable "${variable}" is secret: what is keyed into it cannot be read back to the caller. Take the confirmation off.`,
      },
    });
  }
  return problems;
}
