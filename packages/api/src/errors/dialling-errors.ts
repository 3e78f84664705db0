import { defineErrors } from "./define-errors.ts";

/** Why a number is not dialled. */
export const diallingErrors = defineErrors({
  diallingOff: {
    kind: "user",
    status: 403,
    details: [],
    message: { fr: "Composer des appels n’est pas permis ici.", en: "Dialling is not allowed here." },
    remedy: {
      fr: "Un administrateur l’autorise dans les réglages, « Appels composés ».",
      en: "An administrator allows it in the settings, “Dialled calls”.",
    },
  },
  ownNumbersOff: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Votre société ne permet pas de faire sonner un numéro personnel.",
      en: "Your company does not allow numbers of one’s own to ring.",
    },
    remedy: {
      fr: "Choisissez un téléphone de la liste ; un administrateur peut le permettre (« Appels composés »).",
      en: "Choose a telephone from the list; an administrator can allow it (“Dialled calls”).",
    },
  },
  dialNotANumber: {
    kind: "user",
    status: 422,
    details: ["number"],
    message: {
      fr: "« {number} » n’est pas un numéro que l’on peut appeler.",
      en: "“{number}” is not a number that can be called.",
    },
    remedy: {
      fr: "Donnez un numéro complet du pays, un numéro international (+…) ou un numéro de poste.",
      en: "Give a complete national number, an international one (+…) or an extension.",
    },
  },
  dialEmergency: {
    kind: "user",
    status: 422,
    details: ["number"],
    message: {
      fr: "Le {number} est un numéro d’urgence : il ne peut pas être votre téléphone.",
      en: "{number} is an emergency number: it cannot be your telephone.",
    },
    remedy: {
      fr: "Donnez le numéro du téléphone qui doit sonner chez vous.",
      en: "Give the number of the telephone that is to ring for you.",
    },
  },
  alarmCallsEmergency: {
    kind: "user",
    status: 422,
    details: ["number"],
    message: {
      fr: "Le {number} est un numéro d’urgence : une alarme technique ne l’appelle pas.",
      en: "{number} is an emergency number: a technical alarm does not call it.",
    },
    remedy: {
      fr: "Donnez le numéro de qui s’occupe de l’installation.",
      en: "Give the number of whoever takes care of the installation.",
    },
  },
  alarmCallsOff: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "Aucun appel ne peut partir : l’interface REST de jambonz n’est pas réglée.",
      en: "No call can be made: jambonz’ REST interface is not set.",
    },
    remedy: {
      fr: "Un administrateur du serveur règle JAMBONZ_API_URL, le compte et sa clé.",
      en: "An administrator of the server sets JAMBONZ_API_URL, the account and its key.",
    },
  },
  dialPremium: {
    kind: "user",
    status: 422,
    details: ["number"],
    message: { fr: "Le {number} est un numéro surtaxé.", en: "{number} is a premium-rate number." },
    remedy: {
      fr: "Les numéros surtaxés ne s’appellent pas d’ici ; cherchez un autre numéro de ce correspondant.",
      en: "Premium-rate numbers are not called from here; look for another number of theirs.",
    },
  },
  dialCountry: {
    kind: "user",
    status: 422,
    details: ["number", "country"],
    message: {
      fr: "Le {number} est dans un pays que votre société n’autorise pas ({country}).",
      en: "{number} is in a country that your company does not allow ({country}).",
    },
    remedy: {
      fr: "Un administrateur ajoute le pays dans les réglages, « Appels composés ».",
      en: "An administrator adds the country in the settings, “Dialled calls”.",
    },
  },
  dialDoNotCall: {
    kind: "user",
    status: 422,
    details: ["number", "note"],
    message: {
      fr: "Le {number} est sur la liste des numéros à ne pas appeler. {note}",
      en: "{number} is on the do-not-call list. {note}",
    },
    remedy: {
      fr: "Un superviseur peut l’en retirer s’il y est par erreur.",
      en: "A supervisor can take it off if it is there by mistake.",
    },
  },
  dialClosed: {
    kind: "user",
    status: 422,
    details: ["schedule"],
    message: {
      fr: "Ce n’est pas l’heure d’appeler, selon l’horaire « {schedule} ».",
      en: "This is not the time to call, says the schedule “{schedule}”.",
    },
    remedy: { fr: "Rappelez aux heures d’ouverture.", en: "Call again during opening hours." },
  },
  dialLine: {
    kind: "user",
    status: 422,
    details: [],
    message: {
      fr: "Vous ne pouvez pas appeler en montrant cette ligne.",
      en: "You may not call with the number of this line.",
    },
    remedy: {
      fr: "Choisissez-en une autre ; un administrateur décide de qui montre quelle ligne.",
      en: "Choose another one; an administrator decides who shows which line.",
    },
  },
  dialOwnTelephone: {
    kind: "user",
    status: 422,
    details: [],
    message: { fr: "C’est votre propre téléphone.", en: "That is your own telephone." },
    remedy: {
      fr: "Choisissez un collègue ou un numéro à appeler.",
      en: "Choose a colleague or a number to call.",
    },
  },
});
