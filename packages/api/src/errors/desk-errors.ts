import { defineErrors } from "./define-errors.ts";

/** What an operator may be refused at the desk. */
export const deskErrors = defineErrors({
  noConversation: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Vous n’êtes en conversation avec personne.", en: "You are not in a conversation." },
    remedy: {
      fr: "L’enregistrement se commande pendant que vous parlez à un appelant.",
      en: "Recording is for while you talk to a caller.",
    },
  },
  numberUnreadable: {
    kind: "user",
    status: 400,
    details: [],
    message: { fr: "Ce n’est pas un numéro de téléphone.", en: "This is no telephone number." },
    remedy: {
      fr: "Écrivez le numéro entier, comme +33 6 12 34 56 78.",
      en: "Write the whole number, such as +33 6 12 34 56 78.",
    },
  },
  weakCode: {
    kind: "user",
    status: 400,
    details: [],
    message: { fr: "Ce code est trop facile à deviner.", en: "This code is too easy to guess." },
    remedy: {
      fr: "Choisissez-en un autre : pas de chiffres qui se répètent ou se suivent, ni le numéro de la boîte.",
      en: "Choose another: no figures that repeat or follow each other, and not the number of the box.",
    },
  },
  notInShift: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Votre service n’est pas commencé.", en: "Your shift has not begun." },
    remedy: { fr: "Connectez-vous de nouveau pour le commencer.", en: "Sign in again to begin it." },
  },
  telephoneTaken: {
    kind: "user",
    status: 409,
    details: ["telephone", "holder"],
    message: {
      fr: "Le téléphone « {telephone} » est tenu par {holder}.",
      en: "The telephone “{telephone}” is held by {holder}.",
    },
    remedy: {
      fr: "Choisissez-en un autre, ou reprenez-le : {holder} sera prévenu et mis en pause.",
      en: "Choose another one, or take it over: {holder} will be told and paused.",
    },
  },
  telephoneUnknown: {
    kind: "user",
    status: 404,
    details: [],
    message: { fr: "Ce téléphone n’existe pas ou plus.", en: "This telephone does not exist, or no longer." },
    remedy: { fr: "Choisissez-en un dans la liste.", en: "Choose one from the list." },
  },
  telephoneMissing: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Aucun téléphone n’est choisi.", en: "No telephone is chosen." },
    remedy: {
      fr: "Choisissez d’abord le téléphone qui doit sonner.",
      en: "First choose the telephone that should ring.",
    },
  },
  queueNotAllowed: {
    kind: "user",
    status: 409,
    details: ["queueId"],
    message: {
      fr: "Vous ne pouvez pas servir cette file ({queueId}).",
      en: "You may not serve this queue ({queueId}).",
    },
    remedy: {
      fr: "Rechargez la page ; un administrateur décide de qui sert quelle file.",
      en: "Reload the page; an administrator decides who serves which queue.",
    },
  },
  offerGone: {
    kind: "user",
    status: 409,
    details: ["how"],
    message: { fr: "Cet appel n’est plus proposé.", en: "This call is no longer on offer." },
    remedy: {
      fr: "Il n’y a rien à faire : l’appelant a raccroché, le délai est passé ou un autre poste a répondu.",
      en: "There is nothing to do: the caller hung up, time ran out, or another desk took it.",
    },
  },
  refusalNotAllowed: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Les appels de cette file ne se refusent pas.", en: "Calls of this queue cannot be refused." },
    remedy: {
      fr: "Acceptez l’appel ; mettez-vous en pause ensuite si nécessaire.",
      en: "Accept the call; pause afterwards if you need to.",
    },
  },
  notNow: {
    kind: "user",
    status: 409,
    details: ["state"],
    message: { fr: "Impossible dans l’état actuel ({state}).", en: "Not possible in the present state ({state})." },
    remedy: {
      fr: "Terminez d’abord ce qui est en cours.",
      en: "First finish what is going on.",
    },
  },
  outcomeMissing: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Il reste à dire comment l’appel a fini.", en: "What came of the call has not been said yet." },
    remedy: {
      fr: "Choisissez un résultat, puis « Prêt ».",
      en: "Choose an outcome, then “Ready”.",
    },
  },
  outcomeUnknown: {
    kind: "user",
    status: 409,
    details: ["outcome"],
    message: {
      fr: "Cette file ne connaît pas le résultat « {outcome} ».",
      en: "This queue does not know the outcome “{outcome}”.",
    },
    remedy: { fr: "Choisissez-en un dans la liste.", en: "Choose one from the list." },
  },
  noExtension: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Ce délai ne peut plus être prolongé.", en: "This time cannot be extended any further." },
    remedy: {
      fr: "Terminez votre note ; demandez une pause s’il vous faut plus de temps.",
      en: "Finish your note; ask for a pause if you need more time.",
    },
  },
  notYourCall: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Vous n’êtes pas, ou plus, sur cet appel.", en: "You are not on this call, or no longer." },
    remedy: {
      fr: "Il n’y a rien à faire : l’appel est terminé, ou un collègue l’a repris.",
      en: "There is nothing to do: the call is over, or a colleague has it now.",
    },
  },
  operatorNotFree: {
    kind: "user",
    status: 409,
    details: ["operator"],
    message: { fr: "{operator} n’est pas libre en ce moment.", en: "{operator} is not free just now." },
    remedy: {
      fr: "Choisissez quelqu’un d’autre, ou la file : l’appelant y garde sa place.",
      en: "Choose somebody else, or the queue: the caller keeps their place in it.",
    },
  },
  noSwitchboard: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "La société n’a pas de standard.", en: "The company has no switchboard." },
    remedy: {
      fr: "Choisissez un autre correspondant ; un administrateur désigne le standard dans les réglages.",
      en: "Choose somebody else; an administrator names the switchboard in the settings.",
    },
  },
  callNotPassedOn: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Un rappel ne se transfère pas.", en: "A callback cannot be passed on." },
    remedy: {
      fr: "Terminez l’appel, et demandez au collègue de rappeler.",
      en: "End the call, and ask the colleague to ring back.",
    },
  },
  callNotHeld: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Seul un appel arrivé par une file se met en attente.",
      en: "Only a call that came by a queue can be put on hold.",
    },
    remedy: {
      fr: "Coupez votre micro, ou utilisez la touche d’attente de votre téléphone.",
      en: "Mute yourself, or use the hold key of your telephone.",
    },
  },
  callbackOver: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Ce rappel est déjà terminé.", en: "This callback is over already." },
    remedy: { fr: "Rechargez la liste pour voir ce qu’il en est.", en: "Reload the list to see what became of it." },
  },
  callbackUnderWay: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Un opérateur s’occupe de ce rappel en ce moment.",
      en: "An operator is dealing with this callback just now.",
    },
    remedy: { fr: "Attendez de voir ce qu’il en résulte.", en: "Wait and see what comes of it." },
  },
  callbackTimeTaken: {
    kind: "user",
    status: 409,
    details: ["at"],
    message: {
      fr: "Il n’est plus promis de rappel à cette heure ({at}).",
      en: "No more callbacks are promised for that time ({at}).",
    },
    remedy: {
      fr: "Choisissez une autre des heures proposées, ou « dès que possible ».",
      en: "Choose another of the times that are offered, or as soon as possible.",
    },
  },
  callbackPromised: {
    kind: "user",
    status: 409,
    details: ["number"],
    message: {
      fr: "Un rappel du {number} est déjà promis dans cette file.",
      en: "This queue has promised {number} a callback already.",
    },
    remedy: { fr: "Gardez l’un des deux et annulez l’autre.", en: "Keep one of the two and cancel the other." },
  },
  numberNotRung: {
    kind: "user",
    status: 422,
    details: ["number"],
    message: {
      fr: "« {number} » n’est pas un numéro que l’on rappelle.",
      en: "“{number}” is not a number that is called back.",
    },
    remedy: {
      fr: "Donnez un numéro complet du pays, un numéro international ou un numéro de poste ; les numéros masqués et d’urgence ne se rappellent pas.",
      en: "Give a complete national number, an international one or an extension; hidden and emergency numbers are not called back.",
    },
  },
  callCentreUnavailable: {
    kind: "outside",
    status: 503,
    details: [],
    message: {
      fr: "Le centre d’appels ne peut pas décider en ce moment.",
      en: "The call centre cannot decide just now.",
    },
    remedy: { fr: "Réessayez dans un instant.", en: "Try again in a moment." },
  },
});
