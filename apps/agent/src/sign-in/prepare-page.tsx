import { Button, Notice, SignInFrame } from "@cordboard/ui";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { askForNotifications } from "../alerts/notifier.ts";
import { MyQueues } from "../desk/my-queues.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { BrowserChecks } from "./browser-checks.tsx";
import styles from "./prepare-page.module.css";
import { SessionExpired } from "./session-expired.tsx";
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
    <SignInFrame title={t("prepare.title", { name: view.operator.name })} titleRef={title} words={t("prepare.words")}>
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
      {state.sessionExpired && <SessionExpired view={view} />}
    </SignInFrame>
  );
}
