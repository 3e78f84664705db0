import { defineNode } from "@cordboard/node-kit";
import { exitStates } from "./behaviour.ts";
import { ExitConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const exit = defineNode({
  type: "exit",
  typeVersion: 1,
  group: "end",
  icon: "M4 4h9v16H4zM10 12h11M17 8l4 4l-4 4",
  config: ExitConfig,
  initial: { output: "done" },
  texts: { fr, en },
  form: {},
  outputs: () => [],
  exit: ({ output }) => output,
  summary: ({ output }) => output,
  waits: () => false,
  ways: () => ({}),
  states: exitStates,
});
