import type { ScreenLanguage } from "@cordboard/api";
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

/** The texts of one language; the other one is only fetched when somebody wants it. */
const load = {
  en: () => import("./texts-english.ts").then(({ textsEnglish }) => textsEnglish),
  fr: () => import("./texts-french.ts").then(({ textsFrench }) => textsFrench),
};

/** The catalogue of texts, in one language at a time. Keys are flat: a dot in one is part of its name. */
export async function createTexts(language: ScreenLanguage): Promise<i18n> {
  const texts = i18next.createInstance();
  await texts.use(initReactI18next).init({
    resources: { [language]: await load[language]() },
    lng: language,
    fallbackLng: false,
    defaultNS: "app",
    keySeparator: false,
    nsSeparator: ":",
    returnNull: false,
    initAsync: false,
    partialBundledLanguages: true,
    react: { useSuspense: false },
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
  return texts;
}

/** Changes to a language, fetching its texts first where this browser has not had them. Stays as it is when they cannot be had. */
export async function showLanguage(texts: i18n, language: ScreenLanguage): Promise<void> {
  if (!texts.hasResourceBundle(language, "desk")) {
    const loaded = await load[language]().catch(() => null);
    if (loaded === null) return;
    for (const [feature, words] of Object.entries(loaded)) texts.addResourceBundle(language, feature, words);
  }
  await texts.changeLanguage(language);
}
