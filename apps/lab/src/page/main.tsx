import "@cordboard/ui/tokens.css";
import "@cordboard/ui/base.css";
import { applyTheme, rememberedTheme } from "@cordboard/ui";
import i18next from "i18next";
import { createRoot } from "react-dom/client";
import { initReactI18next } from "react-i18next";
import { ContactPage } from "./contact-page.tsx";
import { LabPage } from "./lab-page.tsx";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

applyTheme(rememberedTheme());
void i18next.use(initReactI18next).init({
  lng: localStorage.getItem("cordboard.language") ?? (navigator.language.startsWith("fr") ? "fr" : "en"),
  fallbackLng: "en",
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: en }, fr: { translation: fr } },
});

const root = document.getElementById("root");
if (root) createRoot(root).render(location.pathname.endsWith("/contact") ? <ContactPage /> : <LabPage />);
