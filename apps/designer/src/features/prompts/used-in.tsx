import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import styles from "./prompts.module.css";
import { usePromptUses } from "./queries.ts";

/** The flows and queues that say a prompt, each with its page: who changes it sees whom it reaches. */
export function UsedIn({ promptId }: { promptId: string }) {
  const { t } = useTranslation("prompts");
  const uses = usePromptUses();
  if (uses === null) return null;
  const places = uses.get(promptId) ?? [];
  return (
    <section className={styles.uses} aria-label={t("usedIn")}>
      <h3 className={styles.usesTitle}>{t("usedIn")}</h3>
      {places.length === 0 ? (
        <p className={styles.unrecorded}>{t("usedNowhere")}</p>
      ) : (
        <ul>
          {places.map(({ kind, id, name, draft }) => (
            <li key={`${kind} ${id} ${draft}`}>
              {t(kind === "flow" ? "useFlow" : "useQueue")}{" "}
              <Link to={`/${kind === "flow" ? "flows" : "queues"}/${encodeURIComponent(id)}`}>{name}</Link>
              {draft && ` ${t("useDraft")}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
