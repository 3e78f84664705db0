import { defineNode } from "@cordboard/node-kit";
import { hangupStates } from "./behaviour.ts";
import { HangupConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const hangup = defineNode({
  type: "hangup",
  typeVersion: 1,
  group: "end",
  icon: "M3 15c0-6 18-6 18 0l-5 1v-3H8v3l-5-1z",
  config: HangupConfig,
  initial: { prompt: null },
  texts: { fr, en },
  form: { prompt: { widget: "prompt" } },
  outputs: () => [],
  references: ({ prompt }) => (prompt === null ? [] : [{ kind: "prompt", id: prompt, pointer: "/prompt" }]),
  summary: ({ prompt }) => prompt ?? "",
  waits: () => false,
  ways: ({ prompt }) => ({ "": { phases: prompt === null ? [] : [{ says: prompt }] } }),
  states: hangupStates,
});
