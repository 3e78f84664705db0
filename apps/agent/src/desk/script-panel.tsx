import type { AgentCall } from "@cordboard/api";
import { useTranslation } from "react-i18next";
import { isWebAddress } from "../session/script-tab.ts";
import styles from "./script-panel.module.css";

/**
 * The script of a call that accepted itself, inside the agent: browsers open a tab only from a click, and nobody clicked. A page that
 * does not let itself be embedded stays empty: the link beside it opens it in a tab.
 */
export function ScriptPanel({ call }: { call: AgentCall }) {
  const { t } = useTranslation("desk");
  const { script } = call.card;
  if (script === null || !isWebAddress(script.url)) return null;
  return (
    <section className={styles.panel} aria-label={script.name}>
      <header className={styles.header}>
        <h2>{script.name}</h2>
        <p className={styles.words}>
          {t("script.embedded")}{" "}
          <a href={script.url} target="_blank" rel="noopener noreferrer">
            {t("script.inTab")}
          </a>
        </p>
      </header>
      <iframe
        className={styles.frame}
        title={script.name}
        src={script.url}
        referrerPolicy="no-referrer"
        sandbox="allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"
      />
    </section>
  );
}
