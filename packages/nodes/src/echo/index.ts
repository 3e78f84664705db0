import type { Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { heard, questionPatience } from "../ways.ts";
import { echoStates } from "./behaviour.ts";
import { EchoConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const echo = defineNode({
  type: "echo",
  typeVersion: 1,
  group: "ask",
  icon: "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
  config: EchoConfig,
  initial: { prompt: null, maxMs: 10_000, question: null, attempts: 2, patienceMs: 6_000 },
  texts: { fr, en },
  form: {
    prompt: { widget: "prompt" },
    maxMs: { widget: "duration" },
    question: { widget: "prompt" },
    attempts: { widget: "number" },
    patienceMs: { widget: "duration" },
  },
  outputs: () => ["heard", "notHeard", "unavailable"],
  references: (config): readonly Reference[] =>
    (["prompt", "question"] as const).flatMap((name) => {
      const id = config[name];
      return id === null ? [] : [{ kind: "prompt" as const, id, pointer: `/${name}` }];
    }),
  summary: () => "",
  waits: () => true,
  ways: ({ prompt, question, patienceMs, attempts }) => {
    const spoken = [heard(prompt, "testCallSpeak"), { speaksMs: 4_000 }];
    const asking = heard(question, "testCallQuestion");
    return {
      heard: { phases: [...spoken, asking, { keys: "1" }] },
      notHeard: {
        phases: [...spoken, asking, { keys: "2" }],
        slowest: [...spoken, ...Array.from({ length: attempts }, () => [asking, { silentMs: patienceMs }]).flat()],
      },
      unavailable: { phases: [heard(prompt, "testCallSpeak")] },
    };
  },
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  states: echoStates,
});
