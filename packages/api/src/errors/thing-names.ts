import type { Texts } from "../schemas.ts";

/** What an error calls a thing that is missing, in words for the reader; programs read the key. */
export const thingNames: Readonly<Record<string, Texts>> = {
  audio: { fr: "cet enregistrement", en: "this recording" },
  call: { fr: "cet appel", en: "this call" },
  company: { fr: "cette société", en: "this company" },
  draft: { fr: "ce brouillon", en: "this draft" },
  flow: { fr: "ce flux", en: "this flow" },
  "flow version": { fr: "cette version du flux", en: "this version of the flow" },
  line: { fr: "cette ligne", en: "this line" },
  operator: { fr: "cet opérateur", en: "this operator" },
  queue: { fr: "cette file", en: "this queue" },
  script: { fr: "ce script", en: "this script" },
  telephone: { fr: "ce téléphone", en: "this telephone" },
  user: { fr: "cet utilisateur", en: "this user" },
};
