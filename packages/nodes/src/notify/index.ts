import { defineNode, mailAddresses } from "@cordboard/node-kit";
import { notifyStates } from "./behaviour.ts";
import { NotifyConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const notify = defineNode({
  type: "notify",
  typeVersion: 1,
  group: "reach",
  icon: "M4 6h16v12H4zM4 7l8 6 8-6",
  config: NotifyConfig,
  initial: { by: "mail", to: "", subject: "", text: "", topic: "", values: [] },
  texts: { fr, en },
  form: {
    to: { widget: "template" },
    subject: { widget: "template" },
    text: { widget: "template" },
    values: { widget: "list" },
    "values.value": { widget: "template" },
  },
  unused: ({ by }) => (by === "mail" ? ["topic", "values"] : ["to", "subject"]),
  outputs: () => ["done", "failed"],
  fallbacks: () => ({ failed: "done" }),
  templates: ({ by, to, subject, text, values }) => [
    ...(by === "mail"
      ? [
          { text: to, pointer: "/to" },
          { text: subject, pointer: "/subject" },
        ]
      : values.map(({ value }, index) => ({ text: value, pointer: `/values/${index}/value` }))),
    { text, pointer: "/text" },
  ],
  check: ({ by, to, subject, topic }) =>
    by === "mail"
      ? [...(addressed(to) ? [] : [noAddress]), ...(subject.trim() === "" ? [noSubject] : [])]
      : topic === ""
        ? [noTopic]
        : [],
  summary: ({ by, to, topic }) => (by === "mail" ? to : topic),
  waits: () => false,
  ways: () => ({}),
  states: notifyStates,
});

/** Whether it names addresses, as far as that stands there before values come in. */
function addressed(to: string): boolean {
  return to.includes("{{") || mailAddresses(to) !== null;
}

const noAddress = {
  code: "notifyAddress",
  severity: "error",
  pointer: "/to",
  message: {
    fr: "Donnez une à dix adresses, séparées par des virgules, par exemple ventes@exemple.fr.",
    en: "Give one to ten addresses, apart by commas, for example sales@example.com.",
  },
} as const;
const noSubject = {
  code: "notifySubject",
  severity: "error",
  pointer: "/subject",
  message: { fr: "Donnez un objet au mail.", en: "Give the mail a subject." },
} as const;
const noTopic = {
  code: "notifyTopic",
  severity: "error",
  pointer: "/topic",
  message: {
    fr: "Donnez un sujet, par exemple « panne », par lequel les programmes reconnaissent l’avis.",
    en: 'Give a topic, for example "breakdown", by which programs know the notice.',
  },
} as const;
