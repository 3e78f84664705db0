import { defineErrors } from "./define-errors.ts";

/** What can be wrong with a request before anybody looks at what it asks for. */
export const requestErrors = defineErrors({
  requestInvalid: {
    kind: "user",
    status: 400,
    details: ["where", "problem"],
    message: {
      fr: "La demande n’a pas la forme attendue : {where} {problem}.",
      en: "The request does not have the expected shape: {where} {problem}.",
    },
    remedy: {
      fr: "Corrigez ce champ et recommencez ; la forme attendue est décrite dans /api/openapi.json.",
      en: "Correct this field and try again; /api/openapi.json describes the expected shape.",
    },
  },
  notJson: {
    kind: "user",
    status: 400,
    details: [],
    message: { fr: "Ce qui a été envoyé n’est pas du JSON.", en: "What was sent is not JSON." },
    remedy: {
      fr: "Envoyez un document JSON en UTF-8, avec l’en-tête Content-Type: application/json.",
      en: "Send a JSON document in UTF-8 with the header Content-Type: application/json.",
    },
  },
  tooLarge: {
    kind: "user",
    status: 413,
    details: ["limit"],
    message: {
      fr: "Ce qui a été envoyé dépasse la taille permise ({limit}).",
      en: "What was sent is larger than allowed ({limit}).",
    },
    remedy: {
      fr: "Envoyez moins à la fois : un scénario se découpe en sous-scénarios, un enregistrement se raccourcit.",
      en: "Send less at a time: a flow can be split into sub-flows, a recording shortened.",
    },
  },
  notFound: {
    kind: "user",
    status: 404,
    details: ["what"],
    message: { fr: "Introuvable : {what}.", en: "Not found: {what}." },
    remedy: {
      fr: "Vérifiez l’adresse ; l’élément a peut-être été supprimé entre-temps.",
      en: "Check the address; the item may have been deleted meanwhile.",
    },
  },
  alreadyExists: {
    kind: "user",
    status: 409,
    details: ["field", "value"],
    message: { fr: "« {value} » est déjà pris ({field}).", en: "“{value}” is already taken ({field})." },
    remedy: { fr: "Choisissez une autre valeur.", en: "Choose another value." },
  },
  changedMeanwhile: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Quelqu’un d’autre a modifié cet élément depuis que vous l’avez ouvert.",
      en: "Somebody else has changed this item since you opened it.",
    },
    remedy: {
      fr: "Rechargez-le, reportez votre modification, puis enregistrez.",
      en: "Load it again, redo your change, then save.",
    },
  },
  inUse: {
    kind: "user",
    status: 409,
    details: ["places"],
    message: { fr: "Encore utilisé par : {places}.", en: "Still used by: {places}." },
    remedy: { fr: "Retirez-le d’abord de ces endroits.", en: "Remove it from these places first." },
  },
  tooManyRequests: {
    kind: "user",
    status: 429,
    details: ["retryAfterSeconds"],
    message: { fr: "Trop de demandes en peu de temps.", en: "Too many requests in a short time." },
    remedy: {
      fr: "Réessayez dans {retryAfterSeconds} secondes.",
      en: "Try again in {retryAfterSeconds} seconds.",
    },
  },
  storeUnavailable: {
    kind: "outside",
    status: 503,
    details: [],
    message: { fr: "La base de données ne répond pas.", en: "The store does not answer." },
    remedy: {
      fr: "Réessayez dans un instant ; si cela dure, /health dit à l’administrateur ce qui manque.",
      en: "Try again in a moment; if it lasts, /health tells the administrator what is missing.",
    },
  },
  internal: {
    kind: "bug",
    status: 500,
    details: ["requestId"],
    message: {
      fr: "Une erreur de notre part a interrompu cette demande (n° {requestId}).",
      en: "A fault of ours stopped this request (no. {requestId}).",
    },
    remedy: {
      fr: "Réessayez ; si cela se répète, donnez ce numéro à l’administrateur, qui le retrouvera dans le journal.",
      en: "Try again; if it happens again, give this number to the administrator, who will find it in the log.",
    },
  },
});
