import { traceTexts } from "@cordboard/api/trace-words";
import { createInstance } from "i18next";
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };

/** The terminal's language. */
export const language = /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "")
  ? "fr"
  : "en";

const instance = createInstance({
  lng: language,
  fallbackLng: "en",
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: { ...en, ...traceTexts.en } }, fr: { translation: { ...fr, ...traceTexts.fr } } },
});
void instance.init();

/** What the command says, in the terminal's language (LANG). */
export function t(
  key: keyof typeof en | keyof typeof traceTexts.en,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return String(instance.t(key, { ...values }));
}
