import type { Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { questionPatience } from "../ways.ts";
import { mailboxStates } from "./behaviour.ts";
import { MailboxConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const mailbox = defineNode({
  type: "mailbox",
  typeVersion: 1,
  group: "reach",
  icon: "M4 6h16v12H4zM4 7l8 6l8-6M9 21h6",
  config: MailboxConfig,
  initial: {
    box: null,
    attempts: 3,
    envelope: true,
    callBack: true,
    greetings: true,
    patienceMs: 8_000,
  },
  texts: { fr, en },
  form: {
    box: { widget: "voicemailBox" },
    attempts: { widget: "number" },
    patienceMs: { widget: "duration" },
  },
  outputs: () => ["done", "refused", "unavailable"],
  quietOutputs: () => ["done", "refused"],
  references: ({ box }): readonly Reference[] =>
    box === null ? [] : [{ kind: "voicemailBox", id: box, pointer: "/box" }],
  summary: ({ box }) => box ?? "",
  waits: () => true,
  // Who opens a box and goes away has had what they called for.
  ways: () => ({ done: { phases: [], reaches: "message" }, refused: { phases: [], reaches: "message" } }),
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  states: mailboxStates,
});
