import Type from "typebox";
import type { NodeTypeFacts, NodeTypeRegistry } from "../node-type-registry.ts";

const toy = (type: string, outputs: readonly string[], waits: boolean): NodeTypeFacts => ({
  type,
  typeVersion: 1,
  config: Type.Object({ prompt: Type.Optional(Type.String()) }, { additionalProperties: false }),
  outputs: () => outputs,
  quietOutputs: () => (type === "talk" ? ["ended"] : []),
  references: (config) => {
    const { prompt } = { prompt: undefined, ...(config as { prompt?: string }) };
    return prompt === undefined ? [] : [{ kind: type === "talk" ? "queue" : "prompt", id: prompt, pointer: "/prompt" }];
  },
  waits: () => waits,
  check: () => [],
});

const types = [
  toy("say", ["done"], false),
  toy("ask", ["yes", "no"], true),
  toy("talk", ["ended"], true),
  toy("end", [], false),
  { ...toy("queue", ["full", "ended"], true), unansweredOutputs: () => ["full"] },
];

/** Five node types, enough to draw graphs with: `say` goes on by itself, `ask`, `talk` and `queue` wait, `end` ends. */
export const toyRegistry: NodeTypeRegistry = {
  find: (type, typeVersion) => types.find((one) => one.type === type && one.typeVersion === typeVersion),
  versions: (type) => (types.some((one) => one.type === type) ? [1] : []),
  all: () => types,
  checkText: () => [],
};
