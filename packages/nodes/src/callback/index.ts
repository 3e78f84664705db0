import type { ConfigProblem, DocumentFacts, Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { heard, questionPatience } from "../ways.ts";
import { callbackStates } from "./behaviour.ts";
import { CallbackConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const callback = defineNode({
  type: "callback",
  typeVersion: 1,
  group: "operator",
  icon: "M20 12a8 8 0 1 1-3-6.2M20 3v5h-5M12 8v4l3 2",
  config: CallbackConfig,
  initial: {
    queue: "queue",
    schedule: null,
    keepPlace: true,
    variable: "variable",
    numberPrompt: null,
    confirmPrompt: null,
    enterPrompt: null,
    wrongPrompt: null,
    minDigits: 6,
    maxDigits: 15,
    attempts: 3,
    patienceMs: 8_000,
    interDigitMs: 4_000,
    slots: true,
  },
  texts: { fr, en },
  form: {
    queue: { widget: "queue" },
    schedule: { widget: "schedule" },
    variable: { widget: "variable" },
    numberPrompt: { widget: "prompt" },
    confirmPrompt: { widget: "prompt" },
    enterPrompt: { widget: "prompt" },
    wrongPrompt: { widget: "prompt" },
    minDigits: { widget: "number" },
    maxDigits: { widget: "number" },
    attempts: { widget: "number" },
    patienceMs: { widget: "duration" },
    interDigitMs: { widget: "duration" },
  },
  outputs: () => ["promised", "already", "full", "noNumber"],
  fallbacks: () => ({ already: "promised" }),
  references: (config): readonly Reference[] => [
    { kind: "queue", id: config.queue, pointer: "/queue" },
    ...(config.schedule === null ? [] : [{ kind: "schedule" as const, id: config.schedule, pointer: "/schedule" }]),
    { kind: "variable", id: config.variable, pointer: "/variable" },
    ...(["numberPrompt", "confirmPrompt", "enterPrompt", "wrongPrompt"] as const).flatMap((name) => {
      const id = config[name];
      return id === null ? [] : [{ kind: "prompt" as const, id, pointer: `/${name}` }];
    }),
  ],
  check: problemsOf,
  summary: ({ queue }) => queue,
  waits: () => true,
  ways: ({ numberPrompt, confirmPrompt, attempts, patienceMs }) => {
    const readBack = [heard(numberPrompt, "callbackNumberIs"), { says: "number", builtIn: true } as const];
    const question = heard(confirmPrompt, "callbackConfirmKeys");
    const right = [...readBack, question, { keys: "1" }];
    const unheard = Array.from({ length: attempts }, () => [...readBack, question, { silentMs: patienceMs }]).flat();
    return {
      promised: { phases: right, reaches: "callback" },
      already: { phases: right, reaches: "callback" },
      full: { phases: right },
      noNumber: { phases: unheard },
    };
  },
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  writes: ({ variable }) => [{ variable, outputs: null }],
  states: callbackStates,
});

function problemsOf(
  { variable, minDigits, maxDigits }: CallbackConfig,
  { variables }: DocumentFacts,
): readonly ConfigProblem[] {
  const declared = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
  const problems: ConfigProblem[] = [];
  if (declared && (declared.type !== "string" || declared.secret)) {
    problems.push({
      code: "callbackVariable",
      severity: "error",
      pointer: "/variable",
      message: {
        fr: `La variable « ${variable} » doit être un texte, et pas secrète : le numéro y est gardé et relu à l'appelant. Choisissez-en une autre.`,
        en: `Variable "${variable}" must be a text, and not secret: the number is kept in it and read back to the caller. Choose another.`,
      },
    });
  }
  if (minDigits > maxDigits) {
    problems.push({
      code: "callbackLengths",
      severity: "error",
      pointer: "/minDigits",
      message: {
        fr: "Le numéro le plus court a plus de chiffres que le plus long. Corrigez l’un des deux.",
        en: "The shortest number has more figures than the longest. Change one of them.",
      },
    });
  }
  return problems;
}
