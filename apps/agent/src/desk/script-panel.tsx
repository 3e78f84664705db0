import { useTranslation } from "react-i18next";
import styles from "./script-panel.module.css";
import type { ShownFile } from "./use-shown-file.ts";

/**
 * A script's page inside the agent; `itself`: it is here because the call was accepted without a click, and browsers open a tab only from one.
 * It is another site's: it cannot reach the agent, nor lead it away. A site that refuses to be shown so
 * leaves the frame empty without a word to us, which is why the way to a tab of its own is always there.
 */
export function ScriptPanel({ name, url, itself }: { name: string; url: string; itself: ShownFile["itself"] }) {
  const { t } = useTranslation("desk");
  return (
    <aside className={styles.panel} aria-label={name}>
      <p className={styles.head}>
        <strong>{name}</strong>
        <a href={url} target="_blank" rel="noopener noreferrer">
          {t("script.inTab")}
        </a>
      </p>
      <iframe
        className={styles.frame}
        title={name}
        src={url}
        sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads"
        referrerPolicy="no-referrer"
      />
      <p className={styles.hint}>
        {itself !== null && t(`script.${itself}`)} {t("script.panelHint")}
      </p>
    </aside>
  );
}
