import type { AgentNotice, AgentView } from "@cordboard/api";
import { Button, formatTime, useUiLanguage } from "@cordboard/ui";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../alerts/notifier.ts";
import { useDesk } from "../session/desk-context.tsx";
import { noticesToRead } from "./shown-notices.ts";
import styles from "./supervisor-notices.module.css";

/** What supervisors have written: above everything but an offered call, until the operator says that they have read it. */
export function SupervisorNotices({ view }: { view: AgentView }) {
  const { t } = useTranslation("desk");
  const toRead = noticesToRead(view.notices);
  return (
    <div role="alert">
      {toRead.length > 0 && (
        <ul className={styles.notices} aria-label={t("toRead.title")}>
          {toRead.map((notice) => (
            <ToRead key={notice.noticeId} notice={notice} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ToRead({ notice }: { notice: AgentNotice }) {
  const { desk, inFront, state } = useDesk();
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const { noticeId, at, by = "", text = "" } = notice;
  const { leads } = state;
  useEffect(() => {
    if (!leads) return;
    let takeAway: (() => void) | null = () => {};
    void inFront.anywhere().then((seen) => {
      if (!seen && takeAway !== null) takeAway = notify(by, text, noticeId);
    });
    return () => {
      takeAway?.();
      takeAway = null;
    };
  }, [inFront, leads, noticeId, by, text]);
  return (
    <li className={styles.notice}>
      <p className={styles.text}>{text}</p>
      <p className={styles.foot}>
        <span>{t("toRead.by", { by, time: formatTime(Date.parse(at), { language, timeZone }) })}</span>
        <Button busy={state.busy.includes("acknowledge")} onClick={() => void desk.acknowledge(noticeId)}>
          {t("toRead.read")}
        </Button>
      </p>
    </li>
  );
}
