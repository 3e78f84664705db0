import type { Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { heard, questionPatience } from "../ways.ts";
import { voicemailStates } from "./behaviour.ts";
import { VoicemailConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const voicemail = defineNode({
  type: "voicemail",
  typeVersion: 1,
  group: "reach",
  icon: "M6 9a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM18 9a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM6 17h12",
  config: VoicemailConfig,
  initial: {
    box: "box",
    greeting: null,
    beep: true,
    finishOnKey: "#",
    maxMs: 180_000,
    minMs: 2_000,
    silenceMs: 10_000,
    attempts: 2,
    tooShortPrompt: null,
    review: true,
    reviewPrompt: null,
    patienceMs: 8_000,
  },
  texts: { fr, en },
  form: {
    box: { widget: "voicemailBox" },
    greeting: { widget: "prompt" },
    finishOnKey: { widget: "keys" },
    maxMs: { widget: "duration" },
    minMs: { widget: "duration" },
    silenceMs: { widget: "duration" },
    attempts: { widget: "number" },
    tooShortPrompt: { widget: "prompt" },
    reviewPrompt: { widget: "prompt" },
    patienceMs: { widget: "duration" },
  },
  outputs: () => ["sent", "empty", "unavailable"],
  quietOutputs: () => ["sent"],
  references: (config): readonly Reference[] => [
    { kind: "voicemailBox", id: config.box, pointer: "/box" },
    ...(["greeting", "tooShortPrompt", "reviewPrompt"] as const).flatMap((name) => {
      const id = config[name];
      return id === null ? [] : [{ kind: "prompt" as const, id, pointer: `/${name}` }];
    }),
  ],
  check: ({ minMs, maxMs }) =>
    minMs <= maxMs
      ? []
      : [
          {
            code: "voicemailLengths",
            severity: "error",
            pointer: "/minMs",
            message: {
              fr: "Le message le plus court est plus long que le plus long. Corrigez l’un des deux.",
              en: "The shortest message is longer than the longest. Change one of them.",
            },
          },
        ],
  summary: ({ box }) => box,
  waits: () => true,
  ways: ({ greeting, minMs, review, reviewPrompt, patienceMs }) => {
    const said = [heard(greeting, "voicemailGreeting"), { silentMs: 100 }];
    const reviewed = review ? [heard(reviewPrompt, "voicemailReview"), { silentMs: patienceMs }] : [];
    return {
      sent: { phases: [...said, { speaksMs: minMs + 2_000 }, ...reviewed], reaches: "message" },
      empty: { phases: said },
      unavailable: { phases: said },
    };
  },
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  states: voicemailStates,
});
