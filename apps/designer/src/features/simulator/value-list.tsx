import type { SimStep } from "@cordboard/simulator/scenario";
import { useTranslation } from "react-i18next";
import styles from "./simulator.module.css";

/** Every variable as it is after the step; what the step changed stands out. */
export function ValueList({ step, before }: { step: SimStep; before: SimStep | undefined }) {
  const { t } = useTranslation("simulator");
  const values = Object.entries(step.variables);
  if (values.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("variables")}>
      <h3>{t("variables")}</h3>
      <dl className={styles.values}>
        {values.map(([name, value]) => {
          const changed = before !== undefined && before.variables[name] !== value;
          return (
            <div key={name} data-changed={changed}>
              <dt translate="no">{name}</dt>
              <dd translate="no">
                {value === null ? t("secret") : JSON.stringify(value)}
                {changed && <span className={styles.quiet}> {t("changed")}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
