import type { ScreenLanguage } from "@cordboard/api";

/** A table of operators to begin from, as it is recognised. */
export const sampleRows: Readonly<Record<ScreenLanguage, readonly (readonly string[])[]>> = {
  fr: [
    ["Code", "Nom", "Mot de passe", "Files", "Téléphone", "Langue", "Adresse électronique", "Actif"],
    ["201", "Inès Roux", "", "Ventes, Assistance", "Poste 21", "français", "ines.roux@exemple.fr", "oui"],
    ["202", "Paul Martin", "", "Assistance", "", "anglais", "", "oui"],
  ],
  en: [
    ["Code", "Name", "Password", "Queues", "Telephone", "Language", "Email", "Enabled"],
    ["201", "Ines Roux", "", "Sales, Support", "Extension 21", "French", "ines.roux@example.com", "yes"],
    ["202", "Paul Martin", "", "Support", "", "English", "", "yes"],
  ],
};
