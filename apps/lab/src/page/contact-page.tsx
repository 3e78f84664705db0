import { applyTheme, Card, type Language, Logo, rememberedTheme, UiLanguage } from "@cordboard/ui";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./lab.module.css";

const shown = ["number", "dialled", "line", "subject"] as const;

/** Stands in for a company's own application: what the demo script opens when an operator accepts a call. */
export function ContactPage() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language.startsWith("fr") ? "fr" : "en";
  const query = new URLSearchParams(location.search);
  const number = query.get("number") ?? "";
  useEffect(() => {
    applyTheme(rememberedTheme());
    document.documentElement.lang = language;
    document.title = `${t("contact.title")} · ${number || t("contact.unknown")}`;
  }, [language, t, number]);
  return (
    <UiLanguage language={language}>
      <header className={styles.header}>
        <Logo />
        <h1>{t("contact.title")}</h1>
      </header>
      <main className={styles.main}>
        <Card title={number || t("contact.unknown")}>
          <dl className={styles.facts}>
            {shown.map((name) => (
              <div key={name}>
                <dt>{t(`contact.${name}`)}</dt>
                <dd>{query.get(name) || "–"}</dd>
              </div>
            ))}
          </dl>
          <p className={styles.intro}>{t("contact.intro")}</p>
        </Card>
      </main>
    </UiLanguage>
  );
}
