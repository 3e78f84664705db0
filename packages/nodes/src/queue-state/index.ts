import { defineNode } from "@cordboard/node-kit";
import { queueStateStates } from "./behaviour.ts";
import { QueueStateConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

const figures = ["waiting", "longest", "staffed", "expectedWait", "closed"] as const;

export const queueState = defineNode({
  type: "queueState",
  typeVersion: 1,
  group: "decide",
  icon: "M5 19V11M10 19V5M15 19v-6M20 19V9",
  config: QueueStateConfig,
  initial: {
    queue: "queue",
    waiting: null,
    longest: null,
    staffed: null,
    expectedWait: null,
    closed: null,
    branches: [],
  },
  texts: { fr, en },
  form: {
    queue: { widget: "queue" },
    waiting: { widget: "variable" },
    longest: { widget: "variable" },
    staffed: { widget: "variable" },
    expectedWait: { widget: "variable" },
    closed: { widget: "variable" },
    branches: { widget: "list" },
    "branches.when": { widget: "expression" },
  },
  outputs: ({ branches }) => [...branches.map(({ id }) => id), "otherwise"],
  references: (config) => [
    { kind: "queue", id: config.queue, pointer: "/queue" },
    ...figures.flatMap((figure) => {
      const variable = config[figure];
      return variable === null || variable === undefined
        ? []
        : [{ kind: "variable" as const, id: variable, pointer: `/${figure}` }];
    }),
  ],
  expressions: ({ branches }) =>
    branches.map(({ when }, index) => ({ source: when, pointer: `/branches/${index}/when`, returns: "boolean" })),
  summary: ({ queue, branches }) => [queue, ...branches.map(({ label, when }) => label || when)].join(" · "),
  waits: () => false,
  ways: () => ({}),
  writes: (config) =>
    figures.flatMap((figure) => {
      const variable = config[figure];
      return variable === null || variable === undefined ? [] : [{ variable, outputs: null }];
    }),
  states: queueStateStates,
});
