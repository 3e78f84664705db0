import { useTranslation } from "react-i18next";
import styles from "./lab.module.css";

/** What somebody who is here for the first time does next. */
export function FirstSteps({ agentUrl }: { readonly agentUrl: string }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.steps}>
      <li>
        {t("step.operators")}{" "}
        {agentUrl !== "" && (
          <a href={agentUrl} target="_blank" rel="noreferrer">
            {t("step.openAgent")}
          </a>
        )}
      </li>
      <li>{t("step.dial")}</li>
      <li>{t("step.accept")}</li>
    </ol>
  );
}
