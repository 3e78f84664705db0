import type { ScreenLanguage } from "@cordboard/api";
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import appEnglish from "../app/texts.en.json" with { type: "json" };
import appFrench from "../app/texts.fr.json" with { type: "json" };
import deskEnglish from "../desk/texts.en.json" with { type: "json" };
import deskFrench from "../desk/texts.fr.json" with { type: "json" };
import signInEnglish from "../sign-in/texts.en.json" with { type: "json" };
import signInFrench from "../sign-in/texts.fr.json" with { type: "json" };

/** The texts of what is shown first; the trace page brings its own when it is opened. */
export const resources = {
  en: { app: appEnglish, desk: deskEnglish, signIn: signInEnglish },
  fr: { app: appFrench, desk: deskFrench, signIn: signInFrench },
};

/** The catalogue of texts, in one language at a time. Keys are flat: a dot in one is part of its name. */
export function createTexts(language: ScreenLanguage): i18n {
  const texts = i18next.createInstance();
  void texts.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: false,
    defaultNS: "app",
    keySeparator: false,
    nsSeparator: ":",
    returnNull: false,
    initAsync: false,
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
  return texts;
}
