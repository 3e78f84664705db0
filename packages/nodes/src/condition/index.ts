import { defineNode } from "@cordboard/node-kit";
import { conditionStates } from "./behaviour.ts";
import { ConditionConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const condition = defineNode({
  type: "condition",
  typeVersion: 1,
  group: "decide",
  icon: "M12 3v5M12 8L5 14v7M12 8l7 6v7",
  config: ConditionConfig,
  initial: { branches: [{ id: "branch1", label: "", when: "call.callerHidden" }] },
  texts: { fr, en },
  form: { branches: { widget: "list" }, "branches.when": { widget: "expression" } },
  outputs: ({ branches }) => [...branches.map(({ id }) => id), "otherwise"],
  expressions: ({ branches }) =>
    branches.map(({ when }, index) => ({ source: when, pointer: `/branches/${index}/when`, returns: "boolean" })),
  summary: ({ branches }) => branches.map(({ label, when }) => label || when).join(" · "),
  waits: () => false,
  ways: () => ({}),
  states: conditionStates,
});
