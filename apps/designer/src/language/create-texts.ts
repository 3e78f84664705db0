import { type ScreenLanguage, typesetFrench } from "@cordboard/api";
import i18next, { type BackendModule, type i18n, type ResourceKey } from "i18next";
import { initReactI18next } from "react-i18next";

/**
 * Every folder with texts is a namespace of its own, named like the folder: `features/queues/texts.fr.json` is `useTranslation("queues")`.
 * A namespace is fetched when something that uses it is drawn, in the language that is shown.
 */
const files = import.meta.glob<ResourceKey>(
  ["../app/texts.*.json", "../widgets/texts.*.json", "../features/*/texts.*.json"],
  { import: "default" },
);

const loaders = new Map(
  Object.entries(files).map(([path, load]) => {
    const [, folder = "", language = ""] = /([^/]+)\/texts\.(\w+)\.json$/.exec(path) ?? [];
    return [`${language}/${folder}`, load];
  }),
);

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  async read(language, namespace) {
    const load = loaders.get(`${language}/${namespace}`);
    if (!load) throw new Error(`bug: no texts.${language}.json in the folder ${namespace}`);
    const texts = await load();
    if (language !== "fr" || typeof texts === "string") return texts;
    return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, typesetFrench(String(text))]));
  },
};

/** The catalogue of texts. Keys are flat: a dot in one is part of its name. */
export async function createTexts(language: ScreenLanguage): Promise<i18n> {
  const texts = i18next.createInstance();
  await texts
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ["app"],
      defaultNS: "app",
      keySeparator: false,
      nsSeparator: ":",
      returnNull: false,
      // React escapes what it draws.
      interpolation: { escapeValue: false },
    });
  return texts;
}
