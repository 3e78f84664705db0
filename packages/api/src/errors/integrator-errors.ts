import { defineErrors } from "./define-errors.ts";

/** What a program that calls the interface with a key can meet. */
export const integratorErrors = defineErrors({
  apiKeyRefused: {
    kind: "user",
    status: 401,
    details: [],
    message: {
      fr: "Cette clé d’API n’est pas acceptée : inconnue, révoquée ou désactivée.",
      en: "This API key is not accepted: it is unknown, revoked or switched off.",
    },
    remedy: {
      fr: "Vérifiez qu’elle a été copiée en entier ; sinon, demandez-en une à un administrateur (page « Clés d’API »).",
      en: "Check that it was copied whole; otherwise ask an administrator for one (page “API keys”).",
    },
  },
  apiKeyExpired: {
    kind: "user",
    status: 401,
    details: ["expiredAt"],
    message: { fr: "Cette clé d’API a expiré ({expiredAt}).", en: "This API key has expired ({expiredAt})." },
    remedy: {
      fr: "Un administrateur peut lui donner une autre date, ou en faire une nouvelle (page « Clés d’API »).",
      en: "An administrator can give it another date, or make a new one (page “API keys”).",
    },
  },
  scopeMissing: {
    kind: "user",
    status: 403,
    details: ["scope"],
    message: {
      fr: "Cette clé d’API n’a pas le droit « {scope} ».",
      en: "This API key was not granted “{scope}”.",
    },
    remedy: {
      fr: "Un administrateur peut le lui accorder (page « Clés d’API »).",
      en: "An administrator can grant it (page “API keys”).",
    },
  },
  idempotencyKeyInvalid: {
    kind: "user",
    status: 400,
    details: [],
    message: {
      fr: "L’en-tête Idempotency-Key n’a pas la forme attendue.",
      en: "The header Idempotency-Key does not have the expected form.",
    },
    remedy: {
      fr: "Envoyez 1 à 200 signes ASCII visibles, sans guillemet ni barre oblique inversée : un UUID convient.",
      en: "Send 1 to 200 visible ASCII signs without a quote or a backslash: a UUID will do.",
    },
  },
  idempotencyKeyReused: {
    kind: "user",
    status: 422,
    details: [],
    message: {
      fr: "Cette clé d’idempotence a déjà servi à une autre demande.",
      en: "This idempotency key has been used for another request.",
    },
    remedy: {
      fr: "Choisissez une clé nouvelle pour chaque demande ; gardez la même pour recommencer la même.",
      en: "Choose a new key for each request; keep the same one to send the same request again.",
    },
  },
  idempotencyKeyBusy: {
    kind: "user",
    status: 409,
    details: ["retryAfterSeconds"],
    message: {
      fr: "La première demande sous cette clé d’idempotence est encore en cours.",
      en: "The first request under this idempotency key is still at work.",
    },
    remedy: {
      fr: "Recommencez dans {retryAfterSeconds} seconde(s) : la réponse sera la sienne.",
      en: "Send it again in {retryAfterSeconds} second(s): the answer will be that one’s.",
    },
  },
  idempotencyUnknown: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "La première demande sous cette clé d’idempotence a été interrompue : on ne sait pas ce qu’elle a fait.",
      en: "The first request under this idempotency key was cut off: what it did is not known.",
    },
    remedy: {
      fr: "Vérifiez par une lecture si c’est fait ; sinon, recommencez sous une clé nouvelle.",
      en: "Read whether it was done; if it was not, send it again under a new key.",
    },
  },
  webhookUrlRefused: {
    kind: "user",
    status: 400,
    details: ["problem"],
    message: {
      fr: "Cette adresse ne peut pas être appelée : {problem}.",
      en: "This address cannot be called: {problem}.",
    },
    remedy: {
      fr: "Donnez une adresse publique en https, ou faites inscrire l’hôte privé par un administrateur (page « Webhooks », partie « Ouverture »).",
      en: "Give a public https address, or have an administrator list the private host (page “Webhooks”, part “Opening”).",
    },
  },
  notForKeys: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Aucune clé d’API ne peut faire cela : il faut être connecté soi-même.",
      en: "No API key may do this: it takes somebody who is signed in.",
    },
    remedy: {
      fr: "Faites-le dans l’application, ou connectez-vous avec un compte.",
      en: "Do it in the application, or sign in with an account.",
    },
  },
});
