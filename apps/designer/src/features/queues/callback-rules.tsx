import type { QueueFields } from "@cordboard/api";
import { Checkbox, TextField } from "@cordboard/ui";
import { ComboBox } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField } from "../listing/index.ts";
import styles from "./callback-rules.module.css";

type Rules = QueueFields["callbacks"];

/** What is promised to callers of the queue who leave their number. */
export function CallbackRules({ rules, onChange }: { rules: Rules; onChange: (rules: Rules) => void }) {
  const { t } = useTranslation("queues");
  const schedules = useApiQuery("schedules.list", {});
  const hours = (schedules.data?.items ?? []).map(({ scheduleId, name }) => ({ value: scheduleId, label: name }));
  const set = (changes: Partial<Rules>) => onChange({ ...rules, ...changes });
  const setWhole = (written: string, take: (whole: number) => void) => {
    const whole = Number.parseInt(written, 10);
    if (Number.isFinite(whole)) take(whole);
  };
  return (
    <section className={styles.rules} aria-label={t("callbacks")}>
      <h3>{t("callbacks")}</h3>
      <p className={styles.words}>{t("callbacksHint")}</p>
      <Checkbox
        label={t("callbacks.limited")}
        checked={rules.most !== null}
        onChange={(event) => set({ most: event.target.checked ? 50 : null })}
      />
      {rules.most !== null && (
        <TextField
          label={t("callbacks.most")}
          hint={t("callbacks.mostHint")}
          type="number"
          min={0}
          max={10_000}
          value={String(rules.most)}
          onChange={(event) => setWhole(event.target.value, (most) => set({ most }))}
          required
        />
      )}
      <TextField
        label={t("callbacks.attempts")}
        hint={t("callbacks.attemptsHint")}
        type="number"
        min={1}
        max={10}
        value={String(rules.attempts)}
        onChange={(event) => setWhole(event.target.value, (attempts) => set({ attempts }))}
        required
      />
      <DurationField
        label={t("callbacks.retry")}
        hint={t("callbacks.retryHint")}
        unit="min"
        min={1}
        value={rules.retryMs}
        onChange={(retryMs) => retryMs !== null && set({ retryMs })}
        required
      />
      <ComboBox
        key={hours.length}
        label={t("callbacks.schedule")}
        hint={t("callbacks.scheduleHint")}
        placeholder={t("callbacks.always")}
        options={hours}
        value={rules.scheduleId}
        onChange={(scheduleId) => set({ scheduleId })}
      />
    </section>
  );
}
