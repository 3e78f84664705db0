import { defineErrors } from "./define-errors.ts";

/** What a supervisor may be refused on the live board. */
export const liveErrors = defineErrors({
  operatorNotSignedIn: {
    kind: "user",
    status: 409,
    details: ["operator"],
    message: { fr: "{operator} n’est pas en service.", en: "{operator} is not signed in." },
    remedy: {
      fr: "Le tableau montre qui est en service en ce moment.",
      en: "The board shows who is signed in just now.",
    },
  },
  nobodySignedIn: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Personne n’est en service pour lire cet avis.", en: "Nobody is signed in to read this notice." },
    remedy: {
      fr: "Envoyez-le quand un opérateur sera en service.",
      en: "Send it when an operator is signed in.",
    },
  },
  callerGone: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Cet appelant n’attend plus.", en: "This caller no longer waits." },
    remedy: {
      fr: "Il a raccroché, ou parle déjà à quelqu’un : le tableau va le montrer.",
      en: "They have hung up, or talk to somebody already: the board is about to show it.",
    },
  },
  callerRings: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Un opérateur a accepté cet appel : son téléphone sonne.",
      en: "An operator has accepted this call: their telephone is ringing.",
    },
    remedy: {
      fr: "S’il ne décroche pas, l’appelant attend de nouveau et peut être déplacé.",
      en: "If they do not pick up, the caller waits again and can be moved.",
    },
  },
  queueWithoutHours: {
    kind: "user",
    status: 409,
    details: ["queue"],
    message: {
      fr: "Les horaires de la file {queue} ne changent pas d’eux-mêmes.",
      en: "The opening hours of the queue {queue} never change by themselves.",
    },
    remedy: {
      fr: "Donnez un moment, ou choisissez « jusqu’à nouvel ordre ». Un administrateur peut donner des horaires à la file.",
      en: "Give a moment, or choose “until changed”. An administrator can give the queue opening hours.",
    },
  },
  listeningOff: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Écouter les conversations n’est pas permis dans cette entreprise.",
      en: "Listening to conversations is not allowed in this company.",
    },
    remedy: {
      fr: "Un administrateur peut le permettre dans les réglages, une fois les opérateurs informés.",
      en: "An administrator can allow it in the settings, once operators have been told.",
    },
  },
  operatorNotTalking: {
    kind: "user",
    status: 409,
    details: ["operator"],
    message: { fr: "{operator} n’est en conversation avec personne.", en: "{operator} is not talking to anybody." },
    remedy: {
      fr: "Le tableau montre qui est en conversation en ce moment.",
      en: "The board shows who is talking just now.",
    },
  },
  talkAtExchange: {
    kind: "user",
    status: 409,
    details: ["operator"],
    message: {
      fr: "La conversation de {operator} a été remise au standard téléphonique : elle ne passe plus par ici.",
      en: "{operator}’s conversation was handed to the telephone exchange: it no longer passes through here.",
    },
    remedy: {
      fr: "Une file dont les appels sont reliés, et non remis par REFER, peut être écoutée.",
      en: "A queue whose calls are bridged, not handed over by REFER, can be listened to.",
    },
  },
  alreadyListening: {
    kind: "user",
    status: 409,
    details: ["operator"],
    message: {
      fr: "Vous êtes déjà dans la conversation de {operator}.",
      en: "You are in {operator}’s conversation already.",
    },
    remedy: {
      fr: "Changez de mode, ou raccrochez d’abord.",
      en: "Change how you are in it, or hang up first.",
    },
  },
  notListening: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Vous n’êtes plus dans cette conversation.", en: "You are no longer in this conversation." },
    remedy: {
      fr: "Elle est terminée, ou votre téléphone a raccroché. Vous pouvez demander à nouveau.",
      en: "It is over, or your telephone hung up. You can ask again.",
    },
  },
});
