import { defineErrors } from "./define-errors.ts";

/** Flows, scripts, numbers and media. */
export const designErrors = defineErrors({
  flowInvalid: {
    kind: "user",
    status: 422,
    details: ["count", "first"],
    message: {
      fr: "Ce scénario ne peut pas être publié : {count} problème(s). Le premier : {first}",
      en: "This flow cannot be published: {count} problem(s). The first: {first}",
    },
    remedy: {
      fr: "Corrigez ce que chaque problème indique, puis publiez de nouveau.",
      en: "Correct what each problem names, then publish again.",
    },
  },
  scenariosFailed: {
    kind: "user",
    status: 422,
    details: ["count", "name", "number", "step"],
    message: {
      fr: "Ce scénario ne peut pas être publié : {count} de ses cas d’essai échoue(nt). Le premier : « {name} », à l’étape {number} ({step}).",
      en: "This flow cannot be published: {count} of its scenarios fail(s). The first: “{name}”, at step {number} ({step}).",
    },
    remedy: {
      fr: "Ouvrez-le dans le simulateur : corrigez le dessin, ou adaptez ou supprimez le cas d’essai.",
      en: "Open it in the simulator: correct the drawing, or adapt or remove the scenario.",
    },
  },
  scenariosInvalid: {
    kind: "user",
    status: 422,
    details: ["place"],
    message: {
      fr: "Ces cas d’essai ne peuvent pas être lus : {place}.",
      en: "These scenarios cannot be read: {place}.",
    },
    remedy: {
      fr: "Corrigez cet endroit (docs/flow-files.md énumère les étapes), puis enregistrez.",
      en: "Correct that place (docs/flow-files.md lists the steps), then save.",
    },
  },
  everydayInvalid: {
    kind: "user",
    status: 422,
    details: ["label", "problem"],
    message: {
      fr: "« {label} » n’a pas été modifié : {problem}",
      en: "“{label}” was not changed: {problem}",
    },
    remedy: {
      fr: "Donnez une autre valeur, ou demandez à l’auteur du scénario.",
      en: "Give another value, or ask the author of the flow.",
    },
  },
  draftChanged: {
    kind: "user",
    status: 409,
    details: ["who", "when"],
    message: {
      fr: "{who} a enregistré ce brouillon depuis que vous l’avez ouvert ({when}).",
      en: "{who} has saved this draft since you opened it ({when}).",
    },
    remedy: {
      fr: "Rien n’est perdu : comparez les deux brouillons, gardez l’un ou réunissez-les, puis enregistrez.",
      en: "Nothing is lost: compare the two drafts, keep one or bring them together, then save.",
    },
  },
  neverPublished: {
    kind: "user",
    status: 409,
    details: [],
    message: { fr: "Ce scénario n’a encore aucune version publiée.", en: "This flow has no published version yet." },
    remedy: {
      fr: "Le brouillon est tout ce qu’il y a ; pour vous en défaire, supprimez le scénario.",
      en: "The draft is all there is; delete the flow to be rid of it.",
    },
  },
  templateAnswersInvalid: {
    kind: "user",
    status: 422,
    details: ["where", "problem"],
    message: {
      fr: "La question « {where} » {problem}.",
      en: "The question “{where}” {problem}.",
    },
    remedy: {
      fr: "Répondez à chaque question du modèle, puis recommencez.",
      en: "Answer each question of the template, then try again.",
    },
  },
  csvUnreadable: {
    kind: "user",
    status: 422,
    details: ["why"],
    message: {
      fr: "Ce fichier n’est pas un tableau CSV que nous savons lire : {why}.",
      en: "This file is no CSV table that we can read: {why}.",
    },
    remedy: {
      fr: "Enregistrez le tableau en CSV (UTF-8 de préférence), une ligne par contact ou par opérateur, puis envoyez-le.",
      en: "Save the table as CSV (UTF-8, preferably), one row a contact or operator, then send it.",
    },
  },
  scheduleInvalid: {
    kind: "user",
    status: 422,
    details: ["where", "problem"],
    message: {
      fr: "Cet horaire ne convient pas : {where} {problem}.",
      en: "This schedule does not fit: {where} {problem}.",
    },
    remedy: {
      fr: "Corrigez ce jour ou cette heure, puis enregistrez.",
      en: "Correct this day or time, then save.",
    },
  },
  audioUnreadable: {
    kind: "user",
    status: 422,
    details: ["why"],
    message: {
      fr: "Ce fichier n’est pas un enregistrement que nous savons lire : {why}.",
      en: "This file is no recording that we can read: {why}.",
    },
    remedy: {
      fr: "Enregistrez-le en WAV (PCM, virgule flottante ou G.711, de 4 à 192 kHz, jusqu’à huit canaux), puis envoyez-le.",
      en: "Save it as WAV (PCM, floating point or G.711, 4 to 192 kHz, up to eight channels), then send it.",
    },
  },
  audioSilent: {
    kind: "user",
    status: 422,
    details: [],
    message: {
      fr: "On n’entend rien dans cet enregistrement.",
      en: "Nothing can be heard in this recording.",
    },
    remedy: {
      fr: "Vérifiez le micro et son volume, puis enregistrez de nouveau.",
      en: "Check the microphone and its volume, then record again.",
    },
  },
  audioTooLong: {
    kind: "user",
    status: 422,
    details: ["limit"],
    message: {
      fr: "Cet enregistrement dure plus longtemps que permis ({limit} minutes).",
      en: "This recording is longer than allowed ({limit} minutes).",
    },
    remedy: { fr: "Raccourcissez-le, ou découpez-le.", en: "Shorten it, or cut it in parts." },
  },
  publishTimePast: {
    kind: "user",
    status: 422,
    details: [],
    message: {
      fr: "L’heure choisie pour la publication est déjà passée.",
      en: "The time chosen for publishing has already passed.",
    },
    remedy: {
      fr: "Choisissez une heure à venir, ou publiez maintenant.",
      en: "Choose a time to come, or publish now.",
    },
  },
  publishTimeFar: {
    kind: "user",
    status: 422,
    details: [],
    message: {
      fr: "Une publication se prévoit au plus un an à l’avance.",
      en: "Publishing can be planned a year ahead at most.",
    },
    remedy: { fr: "Choisissez une date plus proche.", en: "Choose a nearer date." },
  },
  publishingNotAllowed: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Dans cette société, seuls les administrateurs publient.",
      en: "In this company only administrators publish.",
    },
    remedy: {
      fr: "Enregistrez le brouillon et demandez à un administrateur de le publier.",
      en: "Save the draft and ask an administrator to publish it.",
    },
  },
  scriptUrlRefused: {
    kind: "user",
    status: 422,
    details: ["why"],
    message: { fr: "L’adresse de ce script est refusée : {why}.", en: "This script’s address is refused: {why}." },
    remedy: {
      fr: "Commencez par https:// (ou un schéma que la société permet) et n’utilisez les paramètres qu’après le nom du serveur.",
      en: "Begin with https:// (or a scheme that the company allows) and use parameters only after the server’s name.",
    },
  },
  questionnaireRefused: {
    kind: "user",
    status: 422,
    details: ["count", "first"],
    message: {
      fr: "Ce questionnaire ne peut pas servir : {count} problème(s). Le premier : {first}",
      en: "This questionnaire cannot be used: {count} problem(s). The first: {first}",
    },
    remedy: {
      fr: "Faites ce que chaque phrase propose, puis enregistrez de nouveau.",
      en: "Do what each sentence says, then save again.",
    },
  },
  numberInvalid: {
    kind: "user",
    status: 422,
    details: ["number"],
    message: { fr: "« {number} » n’est pas un numéro de téléphone.", en: "“{number}” is not a telephone number." },
    remedy: {
      fr: "Écrivez-le avec l’indicatif (+33 1 23 45 67 89), ou un numéro interne de 1 à 6 chiffres.",
      en: "Write it with the country code (+33 1 23 45 67 89), or an extension of 1 to 6 digits.",
    },
  },
});
