import { defineNode } from "@cordboard/node-kit";
import { setStates } from "./behaviour.ts";
import { SetConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const set = defineNode({
  type: "set",
  typeVersion: 1,
  group: "decide",
  icon: "M5 9h14M5 15h14",
  config: SetConfig,
  initial: { assignments: [{ variable: "variable", value: '""' }] },
  texts: { fr, en },
  form: {
    assignments: { widget: "list" },
    "assignments.variable": { widget: "variable" },
    "assignments.value": { widget: "expression" },
  },
  outputs: () => ["done"],
  references: ({ assignments }) =>
    assignments.map(({ variable }, index) => ({
      kind: "variable",
      id: variable,
      pointer: `/assignments/${index}/variable`,
    })),
  expressions: ({ assignments }) =>
    assignments.map(({ variable, value }, index) => ({
      source: value,
      pointer: `/assignments/${index}/value`,
      into: variable,
    })),
  summary: ({ assignments }) => assignments.map(({ variable, value }) => `${variable} = ${value}`).join(" · "),
  waits: () => false,
  ways: () => ({}),
  writes: ({ assignments }) => assignments.map(({ variable }) => ({ variable, outputs: null })),
  states: setStates,
});
