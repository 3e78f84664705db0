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
});
