import { defineNode } from "@cordboard/node-kit";
import { playStates } from "./behaviour.ts";
import { PlayConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const play = defineNode({
  type: "play",
  typeVersion: 1,
  group: "say",
  icon: "M4 9v6h4l6 5V4L8 9H4zM17 8a5 5 0 0 1 0 8",
  config: PlayConfig,
  initial: { prompt: "prompt", bargeIn: true },
  texts: { fr, en },
  form: { prompt: { widget: "prompt" } },
  outputs: () => ["done"],
  references: ({ prompt }) => [{ kind: "prompt", id: prompt, pointer: "/prompt" }],
  summary: ({ prompt }) => prompt,
  waits: () => false,
  ways: ({ prompt }) => ({ done: { phases: [{ says: prompt }] } }),
  states: playStates,
});
