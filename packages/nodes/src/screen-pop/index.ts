import { defineNode } from "@cordboard/node-kit";
import { screenPopStates } from "./behaviour.ts";
import { ScreenPopConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const screenPop = defineNode({
  type: "screenPop",
  typeVersion: 1,
  group: "operator",
  icon: "M3 5h18v12H3zM8 21h8M12 17v4",
  config: ScreenPopConfig,
  initial: { script: "script", parameters: [{ name: "number", value: "{{ call.callerNumber }}" }] },
  texts: { fr, en },
  form: {
    script: { widget: "script" },
    parameters: { widget: "list" },
    "parameters.value": { widget: "template" },
  },
  outputs: () => ["done"],
  references: ({ script }) => [{ kind: "script", id: script, pointer: "/script" }],
  templates: ({ parameters }) =>
    parameters.map(({ value }, index) => ({ text: value, pointer: `/parameters/${index}/value` })),
  summary: ({ script }) => script,
  waits: () => false,
  ways: () => ({}),
  states: screenPopStates,
});
