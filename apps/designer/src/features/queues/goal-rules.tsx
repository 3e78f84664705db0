import { type QueueLimits, standardGoal, standardLimits } from "@cordboard/api";
import { Checkbox, formatDuration, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { DurationField, FormSection, WholeField } from "../listing/index.ts";
import styles from "./rules.module.css";
import type { SectionProps } from "./section-props.ts";

/** What the queue aims at, and when its live board rings. */
export function GoalRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const language = useUiLanguage();
  const { goal = standardGoal, limits = standardLimits } = fields;
  const change = (changes: Partial<QueueLimits>) => set({ limits: { ...limits, ...changes } });
  const alarms = Object.values(limits).filter((limit) => limit !== null && limit !== false).length;
  return (
    <FormSection
      id="queues/goals"
      title={t("goals")}
      holds={["goal", "limits"]}
      summary={[
        t("goals.aim", { percent: goal.percent, time: formatDuration(goal.withinMs, language, { words: "long" }) }),
        alarms === 0 ? t("goals.noAlarm") : t("goals.alarms", { count: alarms }),
      ]}
    >
      <p className={styles.words}>{t("goalsHint")}</p>
      <WholeField
        label={t("goals.percent")}
        unit="%"
        min={1}
        max={100}
        value={goal.percent}
        onChange={(percent) => percent !== null && set({ goal: { ...goal, percent } })}
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
      <WholeField
        label={t("limits.waiting")}
        hint={t("limits.none")}
        min={1}
        max={10_000}
        value={limits.waiting}
        onChange={(waiting) => change({ waiting })}
      />
      <WholeField
        label={t("limits.serviceLevel")}
        hint={t("limits.none")}
        unit="%"
        min={1}
        max={100}
        value={limits.serviceLevelPercent}
        onChange={(serviceLevelPercent) => change({ serviceLevelPercent })}
      />
    </FormSection>
  );
}
