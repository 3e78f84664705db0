import "../src/tokens.css";
import "../src/base.css";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import {
  applyTheme,
  type Language,
  LanguageSwitch,
  Logo,
  rememberedTheme,
  type Theme,
  ThemeSwitch,
  UiLanguage,
} from "../src/index.ts";
import { AgentSpecimen } from "./agent-specimen.tsx";
import styles from "./gallery.module.css";
import { PagesSpecimen } from "./pages-specimen.tsx";
import { Specimens } from "./specimens.tsx";

/**
 * Every component in each of its states, in both themes. `?language=fr` and `?theme=dark` choose at the start; `?only=light` or
 * `?only=dark` shows one theme at the page's full width.
 */
function Gallery() {
  const address = new URLSearchParams(location.search);
  const [language, setLanguage] = useState<Language>(address.get("language") === "fr" ? "fr" : "en");
  const [theme, setTheme] = useState<Theme>(rememberedTheme());
  const only = address.get("only");
  const shown = only === "light" || only === "dark" ? ([only] as const) : (["light", "dark"] as const);
  return (
    <UiLanguage language={language}>
      <header className={styles.header}>
        <h1>
          <Logo name size={24} />
        </h1>
        <LanguageSwitch value={language} onChange={setLanguage} />
        <ThemeSwitch
          value={theme}
          onChange={(chosen) => {
            applyTheme(chosen);
            setTheme(chosen);
          }}
        />
      </header>
      <main className={styles.main} lang={language}>
        {shown.map((each) => (
          <section key={each} className={styles.theme} data-theme={each} aria-label={each}>
            <AgentSpecimen />
            <Specimens />
            <PagesSpecimen />
          </section>
        ))}
      </main>
    </UiLanguage>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
applyTheme(rememberedTheme());
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
