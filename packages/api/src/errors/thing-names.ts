import type { Texts } from "../schemas.ts";

/** What an error calls a thing that is missing, in words for the reader; programs read the key. */
export const thingNames: Readonly<Record<string, Texts>> = {
  audio: { fr: "cet enregistrement", en: "this recording" },
  callback: { fr: "ce rappel", en: "this callback" },
  call: { fr: "cet appel", en: "this call" },
  connector: { fr: "ce connecteur", en: "this connector" },
  secret: { fr: "ce secret", en: "this secret" },
  contact: { fr: "ce contact", en: "this contact" },
  company: { fr: "cette société", en: "this company" },
  draft: { fr: "ce brouillon", en: "this draft" },
  flow: { fr: "ce scénario", en: "this flow" },
  "flow version": { fr: "cette version du scénario", en: "this version of the flow" },
  line: { fr: "cette ligne", en: "this line" },
  operator: { fr: "cet opérateur", en: "this operator" },
  prompt: { fr: "ce message", en: "this prompt" },
  queue: { fr: "cette file", en: "this queue" },
  schedule: { fr: "cet horaire", en: "this schedule" },
  script: { fr: "ce script", en: "this script" },
  announcement: { fr: "cette annonce du produit", en: "this announcement of the product" },
  template: { fr: "ce modèle", en: "this template" },
  telephone: { fr: "ce téléphone", en: "this telephone" },
  message: { fr: "ce message vocal", en: "this message" },
  "voicemail box": { fr: "cette boîte vocale", en: "this voicemail box" },
  user: { fr: "cet utilisateur", en: "this user" },
};
