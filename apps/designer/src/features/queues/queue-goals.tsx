import { type QueueFields, type QueueLimits, standardGoal, standardLimits } from "@cordboard/api";
import { Checkbox, TextField } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { DurationField } from "../listing/index.ts";
import styles from "./callback-rules.module.css";

type Props = { fields: QueueFields; set: (changes: Partial<QueueFields>) => void };

/** What the queue aims at, and when its live board rings. */
export function QueueGoals({ fields, set }: Props) {
  const { t } = useTranslation("queues");
  const { goal = standardGoal, limits = standardLimits } = fields;
  const change = (changes: Partial<QueueLimits>) => set({ limits: { ...limits, ...changes } });
  return (
    <section className={styles.rules} aria-label={t("goals")}>
      <h3>{t("goals")}</h3>
      <p className={styles.words}>{t("goalsHint")}</p>
      <TextField
        label={t("goals.percent")}
        type="number"
        unit="%"
        min={1}
        max={100}
        value={String(goal.percent)}
        onChange={(event) => {
          const percent = Number.parseInt(event.target.value, 10);
          if (percent >= 1 && percent <= 100) set({ goal: { ...goal, percent } });
        }}
        required
      />
      <DurationField
        label={t("goals.within")}
        min={1}
        max={3600}
        value={goal.withinMs}
        onChange={(withinMs) => withinMs !== null && set({ goal: { ...goal, withinMs } })}
        required
      />
      <Checkbox
        label={t("limits.nobodySignedIn")}
        checked={limits.nobodySignedIn}
        onChange={(event) => change({ nobodySignedIn: event.target.checked })}
      />
      <DurationField
        label={t("limits.longest")}
        hint={t("limits.none")}
        min={1}
        value={limits.longestMs}
        onChange={(longestMs) => change({ longestMs })}
      />
      <LimitField
        label={t("limits.waiting")}
        value={limits.waiting}
        max={10_000}
        onChange={(waiting) => change({ waiting })}
      />
      <LimitField
        label={t("limits.serviceLevel")}
        unit="%"
        value={limits.serviceLevelPercent}
        max={100}
        onChange={(serviceLevelPercent) => change({ serviceLevelPercent })}
      />
    </section>
  );
}

/** A whole number, or nothing: no such alarm. */
function LimitField({
  label,
  unit,
  value,
  max,
  onChange,
}: {
  label: string;
  unit?: string;
  value: number | null;
  max: number;
  onChange: (value: number | null) => void;
}) {
  const { t } = useTranslation("queues");
  return (
    <TextField
      label={label}
      hint={t("limits.none")}
      {...(unit !== undefined && { unit })}
      type="number"
      min={1}
      max={max}
      value={value === null ? "" : String(value)}
      onChange={(event) => {
        const whole = Number.parseInt(event.target.value, 10);
        onChange(Number.isFinite(whole) && whole >= 1 ? Math.min(whole, max) : null);
      }}
    />
  );
}
