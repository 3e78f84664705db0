import type { SignInFinding } from "@cordboard/api";
import { Button, Card, Icon, useUiLanguage } from "@cordboard/ui";
import { CircleCheck, CircleX, Stethoscope, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange } from "../../app/use-api-query.ts";
import { typesetFinding } from "../../language/typeset-finding.ts";
import styles from "./sign-in.module.css";

const icons = { ok: CircleCheck, warning: TriangleAlert, error: CircleX } as const;

/** Asks the identity provider, and says what is wrong. */
export function Trial({ dirty }: { dirty: boolean }) {
  const { t } = useTranslation("sign-in");
  const language = useUiLanguage();
  const trial = useApiChange("signIn.test");
  const [findings, setFindings] = useState<readonly SignInFinding[]>([]);
  const run = async () => {
    const answer = await trial.run({});
    setFindings(answer.ok ? answer.value.findings : []);
  };
  return (
    <Card title={t("test")}>
      <div className={styles.trial}>
        <p>{t(dirty ? "test.saveFirst" : "test.words")}</p>
        <ProblemNotice problem={trial.problem} onDismiss={trial.forget} />
        <div>
          <Button icon={Stethoscope} busy={trial.busy} disabled={dirty} onClick={() => void run()}>
            {t("test.run")}
          </Button>
        </div>
        <ul className={styles.findings} aria-live="polite" aria-label={t("test")}>
          {findings.map(({ level, text }) => (
            <li key={text.en} className={styles.finding} data-level={level}>
              <span className={styles.sign}>
                <Icon as={icons[level]} />
                {t(`level.${level}`)}
              </span>
              <span>{typesetFinding(text[language], language)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
