import type { ScreenLanguage } from "@cordboard/api";
import { applyTheme, Icon, LanguageSwitch, rememberedTheme, type Theme, ThemeSwitch } from "@cordboard/ui";
import { ChevronsUpDown, Headset, KeyRound, LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./account-menu.module.css";
import { useMay, useSession, useSignedIn } from "./session-context.tsx";
import { TelephoneCode } from "./telephone-code.tsx";
import { useApiQuery } from "./use-api-query.ts";

/** Who is signed in, and what is theirs: language, appearance, the way to the agent, the way out. */
export function AccountMenu(props: { language: ScreenLanguage; onLanguage: (language: ScreenLanguage) => void }) {
  const { t } = useTranslation("app");
  const { session } = useSession();
  const { user, company, role, queueIds } = useSignedIn();
  const may = useMay();
  const [asksCode, setAsksCode] = useState(false);
  const queues = useApiQuery("queues.list", {}, { enabled: queueIds !== null }).data;
  const theirs = queues?.items.filter(({ queueId }) => queueIds?.includes(queueId)).map(({ name }) => name) ?? [];
  const [theme, setTheme] = useState(rememberedTheme());
  const onTheme = (chosen: Theme) => {
    setTheme(chosen);
    applyTheme(chosen);
  };
  return (
    <details className={styles.account}>
      <summary className={styles.summary}>
        <span className={styles.who}>
          <span className={styles.name} title={user.name}>
            {user.name}
          </span>
          <span className={styles.company}>
            {company.name} · {t(`role.${role}`)}
          </span>
          {queueIds !== null && (
            <span className={styles.company}>{t("onlyQueues", { queues: theirs.join(", ") || "–" })}</span>
          )}
        </span>
        <Icon as={ChevronsUpDown} />
      </summary>
      <div className={styles.inside}>
        <LanguageSwitch value={props.language} onChange={props.onLanguage} />
        <ThemeSwitch value={theme} onChange={onTheme} />
        <a className={styles.way} href="/agent/">
          <Icon as={Headset} />
          {t("toAgent")}
        </a>
        {may("write", "schedules") && (
          <button type="button" className={styles.way} onClick={() => setAsksCode(true)}>
            <Icon as={KeyRound} />
            {t("telephoneCode")}
          </button>
        )}
        <button type="button" className={styles.way} onClick={() => void session.signOut()}>
          <Icon as={LogOut} />
          {t("signOut")}
        </button>
      </div>
      {asksCode && <TelephoneCode onClose={() => setAsksCode(false)} />}
    </details>
  );
}
