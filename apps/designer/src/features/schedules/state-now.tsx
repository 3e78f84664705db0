import type { Schedule } from "@cordboard/api";
import { formatDateTime } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./state-now.module.css";

/** What a caller would be told now, and until when: a lamp with its words. */
export function StateNow({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation("schedules");
  const form = useTimeForm();
  const { current, forced } = schedule;
  const timeZone = schedule.timeZone ?? form.timeZone;
  const until = current.until === null ? null : formatDateTime(Date.parse(current.until), { ...form, timeZone });
  return (
    <span className={styles.state}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className={styles[current.state]}>
        {current.state === "open" ? (
          <circle cx="6" cy="6" r="5" fill="currentColor" />
        ) : (
          <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        )}
      </svg>
      <span>
        {t(`state.${current.state}`)}
        {until !== null && ` ${t("untilWhen", { when: until })}`}
        {forced !== null && ` · ${t("byHand")}`}
      </span>
    </span>
  );
}
