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
  callIsOver: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Cet appel est terminé.", en: "This call is over." },
    remedy: {
      fr: "Il n’y a plus rien à en faire ; sa fiche et son déroulé restent lisibles.",
      en: "There is nothing left to be done with it; its record and its trace can still be read.",
    },
  },
  callNotTalking: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Aucun opérateur ne parle dans cet appel en ce moment.",
      en: "No operator talks in this call just now.",
    },
    remedy: {
      fr: "Attendez l’événement « call.answered », ou lisez où en est l’appel : il attend peut-être encore, ou un collègue l’a repris.",
      en: "Wait for the event “call.answered”, or read how far the call is: it may still wait, or a colleague has it now.",
    },
  },
  callNotRecorded: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Cette conversation ne peut pas être enregistrée : l’appelant, ou la file, ne le veut pas.",
      en: "This conversation may not be recorded: the caller, or the queue, does not want it.",
    },
    remedy: {
      fr: "Les files qui laissent l’opérateur enregistrer sont réglées sur la page Files d’attente.",
      en: "Which queues let their operators record is set on the Queues page.",
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
    message: {
      fr: "Vous êtes seulement consulté sur cet appel : vous ne pouvez pas le transférer.",
      en: "You are only asked about this call: it is not yours to pass on.",
    },
    remedy: {
      fr: "Le collègue qui vous consulte peut vous passer l’appel ; il sera alors le vôtre.",
      en: "The colleague who asks you can give you the call; then it is yours.",
    },
  },
  consultUnderWay: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Vous consultez déjà quelqu’un.", en: "You are asking somebody already." },
    remedy: {
      fr: "Transférez-lui l’appel, ou revenez d’abord à l’appelant.",
      en: "Pass the call on to them, or go back to the caller first.",
    },
  },
  consultNotTalking: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "La personne consultée n’a pas encore répondu.",
      en: "Whoever you ask has not answered yet.",
    },
    remedy: {
      fr: "Attendez qu’elle décroche, ou transférez sans consulter.",
      en: "Wait until they pick up, or pass the call on without asking.",
    },
  },
  callNotHeld: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Vous êtes seulement consulté sur cet appel : vous ne pouvez pas le mettre en attente.",
      en: "You are only asked about this call: it is not yours to put on hold.",
    },
    remedy: {
      fr: "Coupez votre micro, ou demandez-le au collègue qui vous consulte.",
      en: "Mute yourself, or ask the colleague who asks you.",
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
  callbacksFull: {
    kind: "user",
    status: 409,
    details: ["queue", "most"],
    message: {
      fr: "La file « {queue} » ne promet pas d’autre rappel en ce moment : {most} sont déjà à faire.",
      en: "The queue “{queue}” promises no more callbacks just now: {most} are to be made already.",
    },
    remedy: {
      fr: "Réessayez quand il en restera moins, ou relevez la limite dans les réglages de la file.",
      en: "Try again when fewer are left, or raise the limit in the queue’s settings.",
    },
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
  softphoneOff: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Ce serveur n’est pas réglé pour téléphoner dans le navigateur.",
      en: "This server is not set up for telephoning in the browser.",
    },
    remedy: {
      fr: "Choisissez un autre téléphone. Qui exploite le serveur règle JAMBONZ_SOFTPHONE_URL et JAMBONZ_SIP_REALM.",
      en: "Choose another telephone. Who runs the server sets JAMBONZ_SOFTPHONE_URL and JAMBONZ_SIP_REALM.",
    },
  },
  softphoneElsewhere: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Vos appels sonnent sur un autre téléphone, ou dans un autre navigateur.",
      en: "Your calls ring on another telephone, or in another browser.",
    },
    remedy: {
      fr: "Choisissez « Cet ordinateur » comme téléphone pour qu’ils sonnent ici.",
      en: "Choose “This computer” as your telephone to have them ring here.",
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
