import { defineErrors } from "./define-errors.ts";

/** Flows, scripts, numbers and media. */
export const designErrors = defineErrors({
  flowInvalid: {
    kind: "user",
    status: 422,
    details: ["count", "first"],
    message: {
      fr: "Ce flux ne peut pas être publié : {count} problème(s). Le premier : {first}",
      en: "This flow cannot be published: {count} problem(s). The first: {first}",
    },
    remedy: {
      fr: "Corrigez ce que chaque problème indique, puis publiez de nouveau.",
      en: "Correct what each problem names, then publish again.",
    },
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
