import { defineNode } from "@cordboard/node-kit";
import { functionStates } from "./behaviour.ts";
import { FunctionConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const compute = defineNode({
  type: "function",
  typeVersion: 1,
  group: "decide",
  icon: "M15 4c-3 0-3 2-3.5 5L9.5 17c-.5 2-1.5 3-3.5 3M7 10h8M14 14l5 5M19 14l-5 5",
  config: FunctionConfig,
  initial: { steps: [{ variable: "variable", value: '""', when: null }], checks: [], problem: null },
  texts: { fr, en },
  form: {
    steps: { widget: "list" },
    "steps.variable": { widget: "variable" },
    "steps.value": { widget: "expression" },
    "steps.when": { widget: "expression" },
    checks: { widget: "list" },
    "checks.that": { widget: "expression" },
    problem: { widget: "variable" },
  },
  outputs: () => ["ok", "problem"],
  references: ({ steps, problem }) => [
    ...steps.map(({ variable }, index) => ({
      kind: "variable" as const,
      id: variable,
      pointer: `/steps/${index}/variable`,
    })),
    ...(problem === null ? [] : [{ kind: "variable" as const, id: problem, pointer: "/problem" }]),
  ],
  expressions: ({ steps, checks }) => [
    ...steps.flatMap(({ variable, value, when }, index) => [
      { source: value, pointer: `/steps/${index}/value`, into: variable },
      ...(when === null ? [] : [{ source: when, pointer: `/steps/${index}/when`, returns: "boolean" as const }]),
    ]),
    ...checks.map(({ that }, index) => ({
      source: that,
      pointer: `/checks/${index}/that`,
      returns: "boolean" as const,
    })),
  ],
  check: ({ problem }, { variables }) =>
    problem !== null && Object.hasOwn(variables, problem) && variables[problem]?.type !== "string" ? [noText] : [],
  summary: ({ steps }) => steps.map(({ variable, value }) => `${variable} = ${value}`).join(" · "),
  waits: () => false,
  ways: () => ({}),
  writes: ({ steps, problem }) => [
    ...steps.map(({ variable }) => ({ variable, outputs: ["ok"] })),
    ...(problem === null ? [] : [{ variable: problem, outputs: null }]),
  ],
  states: functionStates,
});

const noText = {
  code: "functionProblemType",
  severity: "error",
  pointer: "/problem",
  message: {
    fr: "La variable qui dit ce qui ne va pas doit être un texte.",
    en: "The variable that says what is wrong must be a text.",
  },
} as const;
