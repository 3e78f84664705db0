import { Button, Card, Logo, Notice } from "@cordboard/ui";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { askForNotifications } from "../alerts/notifier.ts";
import { MyQueues } from "../desk/my-queues.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { BrowserChecks } from "./browser-checks.tsx";
import { SessionExpired } from "./session-expired.tsx";
import styles from "./sign-in.module.css";
import { TelephoneChoice } from "./telephone-choice.tsx";

/** After signing in: which telephone rings, which queues are served, and whether this browser will tell of a call. */
export function PreparePage() {
  const { desk, state } = useDesk();
  const { t } = useTranslation("signIn");
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { view, refusal } = state;
  if (view === null) return null;
  return (
    <main className={styles.page}>
      <div className={styles.brand}>
        <Logo name size={28} />
      </div>
      <Card>
        <div className={styles.prepare}>
          <div>
            <h1 className={styles.title} ref={title} tabIndex={-1}>
              {t("prepare.title", { name: view.operator.name })}
            </h1>
            <p className={styles.words}>{t("prepare.words")}</p>
          </div>
          {refusal !== null && (
            <Notice kind="warning">
              {refusal.problem.message} {refusal.problem.remedy}
            </Notice>
          )}
          <TelephoneChoice />
          <div className={styles.queues}>
            <MyQueues queues={view.queues} counts={false} />
          </div>
          <BrowserChecks />
          <Button
            kind="primary"
            size="large"
            wide
            onClick={() => {
              // Now the operator expects calls: the moment at which the browser's question needs no explanation.
              void askForNotifications();
              desk.begin();
            }}
          >
            {t(view.telephone === null ? "prepare.beginWithout" : "prepare.begin")}
          </Button>
        </div>
      </Card>
      {state.sessionExpired && <SessionExpired view={view} />}
    </main>
  );
}
