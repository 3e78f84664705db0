import { Card, Icon } from "@cordboard/ui";
import { Circle, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useApiQuery } from "../../app/use-api-query.ts";
import styles from "./first-steps.module.css";
import { firstSteps, howFar } from "./how-far.ts";

/** What is still to be set up before the first call reaches somebody, each with its page; nothing once everything is. */
export function FirstSteps() {
  const { t } = useTranslation("first-steps");
  const telephones = useApiQuery("telephones.list", {}).data?.items;
  const operators = useApiQuery("operators.list", {}).data?.items;
  const queues = useApiQuery("queues.list", {}).data?.items;
  const flows = useApiQuery("flows.list", {}).data?.items;
  const lines = useApiQuery("lines.list", {}).data?.items;
  if (!telephones || !operators || !queues || !flows || !lines) return null;
  const done = howFar({ telephones, operators, queues, flows, lines });
  if (firstSteps.every((step) => done[step])) return null;
  const next = firstSteps.find((step) => !done[step]);
  return (
    <Card title={t("title")}>
      <p className={styles.words}>{t("words")}</p>
      <ol className={styles.steps}>
        {firstSteps.map((step) => (
          <li key={step} className={styles.step} data-done={done[step] || undefined}>
            <Icon as={done[step] ? CircleCheck : Circle} />
            <div>
              <Link to={done[step] ? `/${step}` : step === "flows" ? "/flows" : `/${step}/new`}>
                {t(`step.${step}`)}
              </Link>
              {done[step] && <span className={styles.words}> · {t("done")}</span>}
              {step === next && <p className={styles.words}>{t(`why.${step}`)}</p>}
            </div>
          </li>
        ))}
      </ol>
      <p className={styles.words}>
        {t("then")} <a href="/agent/">{t("desk")}</a> · <Link to="/telephony">{t("telephony")}</Link>
      </p>
    </Card>
  );
}
