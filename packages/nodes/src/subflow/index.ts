import type { Reference } from "@cordboard/flow-schema";
import { defineNode, expressionVariables } from "@cordboard/node-kit";
import { subflowStates } from "./behaviour.ts";
import { SubflowConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const subflow = defineNode({
  type: "subflow",
  typeVersion: 1,
  group: "decide",
  icon: "M4 4h16v16H4zM8 9h3v3H8zM14 13h3v3h-3zM11 10.5h3.5V13",
  config: SubflowConfig,
  initial: { flowId: "flow", inputs: {}, results: {}, outputs: [{ id: "done", label: "" }] },
  texts: { fr, en },
  form: {
    flowId: { widget: "flow" },
    inputs: { widget: "flowInputs" },
    results: { widget: "flowResults" },
    outputs: { widget: "list" },
  },
  outputs: ({ outputs }) => outputs.map(({ id }) => id),
  references: ({ flowId, results }): readonly Reference[] => [
    { kind: "flow", id: flowId, pointer: "/flowId" },
    ...Object.keys(results).map((id) => ({ kind: "variable" as const, id, pointer: `/results/${id}` })),
  ],
  expressions: ({ inputs }) => Object.entries(inputs).map(([name, source]) => ({ source, pointer: `/inputs/${name}` })),
  subflow: ({ flowId, inputs, results, outputs }) => ({
    flowId,
    inputs,
    inputVariables: Object.fromEntries(
      Object.entries(inputs).map(([name, source]) => [name, [...expressionVariables(source)]]),
    ),
    results,
    outputs: outputs.map(({ id }) => id),
  }),
  summary: ({ flowId }) => flowId,
  waits: () => true,
  writes: ({ results }) => Object.keys(results).map((variable) => ({ variable, outputs: null })),
  states: subflowStates,
});
