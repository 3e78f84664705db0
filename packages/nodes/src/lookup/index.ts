import { defineNode } from "@cordboard/node-kit";
import { lookupStates } from "./behaviour.ts";
import { LookupConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

/** The company's own contacts, among the sources. */
const OWN = "contacts";

export const lookup = defineNode({
  type: "lookup",
  typeVersion: 1,
  group: "decide",
  icon: "M9 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM3 20c0-4 3-6 6-6M16 13a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM18.5 18.5l2.5 2.5",
  config: LookupConfig,
  initial: { source: OWN, by: "number", value: "", speakLanguage: true },
  texts: { fr, en },
  form: {
    source: { widget: "contactSource" },
    value: { widget: "template" },
  },
  unused: ({ by }) => (by === "value" ? [] : ["value"]),
  outputs: () => ["found", "several", "none", "blocked", "failed"],
  fallbacks: () => ({ several: "none", blocked: "none", failed: "none" }),
  references: ({ source }) => (source === OWN ? [] : [{ kind: "connector", id: source, pointer: "/source" }]),
  templates: ({ by, value }) => (by === "value" ? [{ text: value, pointer: "/value" }] : []),
  check: ({ by, value }) => (by === "value" && value.trim() === "" ? [nothingToLookFor] : []),
  summary: ({ by, value }) => (by === "number" ? "" : value),
  waits: () => false,
  ways: () => ({
    none: { phases: [], needs: { contacts: "none" } },
    failed: { phases: [], needs: { contacts: "fail" } },
  }),
  states: lookupStates,
});

const nothingToLookFor = {
  code: "lookupValueEmpty",
  severity: "error",
  pointer: "/value",
  message: {
    fr: "Rien ne dit d’après quoi chercher : donnez ce que l’appelant a saisi, par exemple {{ client }}.",
    en: "Nothing says what to look for: give what the caller keyed, for example {{ customer }}.",
  },
} as const;
