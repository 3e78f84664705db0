import type { AgentView } from "@cordboard/api";
import {
  applyTheme,
  Button,
  type Language,
  LanguageSwitch,
  rememberedTheme,
  type Theme,
  ThemeSwitch,
} from "@cordboard/ui";
import { LogOut } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import { BrowserChecks } from "../sign-in/browser-checks.tsx";
import { TelephoneChoice } from "../sign-in/telephone-choice.tsx";
import styles from "./desk-settings.module.css";

type Props = { view: AgentView; language: Language; onLanguage: (language: Language) => void };

/** What is chosen now and then: the telephone, what announces a call, language and appearance; and leaving. */
export function DeskSettings({ view, language, onLanguage }: Props) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const [theme, setTheme] = useState<Theme>(rememberedTheme);
  const { operator, company } = view;
  // Who holds which telephone may have changed since the last look.
  useEffect(() => void desk.refreshChoices(), [desk]);
  const inCall = view.call !== null;
  return (
    <section className={styles.settings} aria-label={t("settings.title")}>
      <p className={styles.who}>
        {t("settings.who", { name: operator.name, code: operator.code, company: company.name })}
      </p>
      <TelephoneChoice />
      <BrowserChecks />
      <div className={styles.row}>
        <LanguageSwitch value={language} onChange={onLanguage} />
        <ThemeSwitch
          value={theme}
          onChange={(chosen) => {
            applyTheme(chosen);
            setTheme(chosen);
          }}
        />
      </div>
      <div>
        <Button icon={LogOut} busy={state.busy.includes("signOut")} onClick={() => void desk.signOut()}>
          {t(inCall ? "settings.signOutAfter" : "settings.signOut")}
        </Button>
      </div>
    </section>
  );
}
