import type { ConfigProblem, Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { answered, heard, questionPatience, unanswered, wrongly } from "../ways.ts";
import { authenticateStates } from "./behaviour.ts";
import { AuthenticateConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

/** The company's own contacts, among the sources. */
const OWN = "contacts";

export const authenticate = defineNode({
  type: "authenticate",
  typeVersion: 1,
  group: "ask",
  icon: "M12 3l7 3v5c0 5-3 8-7 10c-4-2-7-5-7-10V6zM9 12l2 2l4-4",
  config: AuthenticateConfig,
  initial: {
    by: "pin",
    source: OWN,
    to: "",
    maxDigits: 8,
    attempts: 3,
    patienceMs: 15_000,
    prompt: null,
    wrongPrompt: null,
    verifiedPrompt: null,
  },
  texts: { fr, en },
  form: {
    source: { widget: "contactSource" },
    to: { widget: "template" },
    maxDigits: { widget: "number" },
    attempts: { widget: "number" },
    patienceMs: { widget: "duration" },
    prompt: { widget: "prompt" },
    wrongPrompt: { widget: "prompt" },
    verifiedPrompt: { widget: "prompt" },
  },
  unused: ({ by }) => (by === "pin" ? ["to"] : by === "mail" ? ["source"] : []),
  outputs: () => ["verified", "failed", "locked", "unavailable", "noInput"],
  fallbacks: () => ({ locked: "failed", unavailable: "failed", noInput: "failed" }),
  references: (config): readonly Reference[] => [
    ...(config.source === OWN || config.by === "mail"
      ? []
      : [{ kind: "connector" as const, id: config.source, pointer: "/source" }]),
    ...(["prompt", "wrongPrompt", "verifiedPrompt"] as const).flatMap((name) => {
      const id = config[name];
      return id === null ? [] : [{ kind: "prompt" as const, id, pointer: `/${name}` }];
    }),
  ],
  templates: ({ by, to }) => (by === "pin" ? [] : [{ text: to, pointer: "/to" }]),
  check: problemsOf,
  summary: ({ by }) => by,
  waits: () => true,
  ways: (config) => {
    const asked = {
      question: heard(config.prompt, config.by === "pin" ? "authenticatePin" : "authenticateSent"),
      ...{ attempts: config.attempts, patienceMs: config.patienceMs, afterSilence: null },
      afterWrong: heard(config.wrongPrompt, "authenticateWrong"),
    };
    return {
      verified: answered(asked, "1234#"),
      failed: { phases: wrongly(asked, "0000#") },
      noInput: { phases: unanswered(asked) },
    };
  },
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  states: authenticateStates,
});

function problemsOf({ by, source, to }: AuthenticateConfig): readonly ConfigProblem[] {
  return [
    ...(by !== "pin" && to.trim() === "" ? [nowhereToSend] : []),
    ...(by === "sms" && source === OWN ? [nobodySends] : []),
  ];
}

const nowhereToSend = {
  code: "authenticateNowhere",
  severity: "error",
  pointer: "/to",
  message: {
    fr: "Rien ne dit où envoyer le code : donnez une adresse ou un numéro, par exemple {{ contact.fields.mail }}.",
    en: "Nothing says where the code is sent: give an address or a number, for example {{ contact.fields.mail }}.",
  },
} as const;
const nobodySends = {
  code: "authenticateNoSender",
  severity: "error",
  pointer: "/source",
  message: {
    fr: "Les SMS partent par un connecteur : choisissez celui de votre prestataire.",
    en: "Text messages go out through a connector: choose the one of your provider.",
  },
} as const;
