import type { QueueFields } from "@cordboard/api";
import { Checkbox, TextField } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./callback-rules.module.css";

type Rules = NonNullable<QueueFields["recording"]>;

/** Which conversations of the queue are recorded, and for how long they are kept. */
export function RecordingRules({ rules, onChange }: { rules: Rules; onChange: (rules: Rules) => void }) {
  const { t } = useTranslation("queues");
  const setWhole = (written: string, take: (whole: number) => void) => {
    const whole = Number.parseInt(written, 10);
    if (Number.isFinite(whole)) take(whole);
  };
  return (
    <section className={styles.rules} aria-label={t("recording")}>
      <h3>{t("recording")}</h3>
      <p className={styles.words}>{t("recordingHint")}</p>
      <TextField
        label={t("recording.share")}
        hint={t("recording.shareHint")}
        type="number"
        unit="%"
        min={0}
        max={100}
        value={String(rules.share)}
        onChange={(event) => setWhole(event.target.value, (share) => onChange({ ...rules, share }))}
        required
      />
      <Checkbox
        label={t("recording.byOperator")}
        checked={rules.byOperator}
        onChange={(event) => onChange({ ...rules, byOperator: event.target.checked })}
      />
      <TextField
        label={t("recording.retention")}
        hint={t("recording.retentionHint")}
        type="number"
        unit={t("days")}
        min={1}
        max={3650}
        value={String(rules.retentionDays)}
        onChange={(event) => setWhole(event.target.value, (retentionDays) => onChange({ ...rules, retentionDays }))}
        required
      />
    </section>
  );
}

export const noRecording: Rules = { share: 0, byOperator: false, retentionDays: 180 };
