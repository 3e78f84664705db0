import type { QueueFields } from "@cordboard/api";
import { Checkbox } from "@cordboard/ui";
import { ComboBox } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField, FormSection, WholeField } from "../listing/index.ts";
import { CallbackFirstRules } from "./callback-first-rules.tsx";
import { CallbackSlotRules } from "./callback-slot-rules.tsx";
import styles from "./rules.module.css";
import type { SectionProps } from "./section-props.ts";

type Rules = QueueFields["callbacks"];

/** What is promised to callers of the queue who leave their number. */
export function CallbackRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const schedules = useApiQuery("schedules.list", {});
  const hours = (schedules.data?.items ?? []).map(({ scheduleId, name }) => ({ value: scheduleId, label: name }));
  const { callbacks: rules } = fields;
  const change = (changes: Partial<Rules>) => set({ callbacks: { ...rules, ...changes } });
  const said =
    rules.most === 0
      ? [t("callbacks.noneAtAll")]
      : [
          rules.most === null ? t("callbacks.anyNumber") : t("callbacks.inLine", { count: rules.most }),
          t("callbacks.tries", { count: rules.attempts }),
          hours.find(({ value }) => value === rules.scheduleId)?.label ?? null,
          rules.slots ? t("callbacks.times") : null,
          rules.first === "caller" ? t("callbacks.callerFirst") : null,
        ];
  return (
    <FormSection
      id="queues/callbacks"
      title={t("callbacks")}
      holds={["callbacks"]}
      choosesFrom={["schedule"]}
      summary={said}
    >
      <p className={styles.words}>{t("callbacksHint")}</p>
      <Checkbox
        label={t("callbacks.limited")}
        checked={rules.most !== null}
        onChange={(event) => change({ most: event.target.checked ? 50 : null })}
      />
      {rules.most !== null && (
        <WholeField
          label={t("callbacks.most")}
          hint={t("callbacks.mostHint")}
          min={0}
          max={10_000}
          value={rules.most}
          onChange={(most) => most !== null && change({ most })}
          required
        />
      )}
      <WholeField
        label={t("callbacks.attempts")}
        hint={t("callbacks.attemptsHint")}
        min={1}
        max={10}
        value={rules.attempts}
        onChange={(attempts) => attempts !== null && change({ attempts })}
        required
      />
      <DurationField
        label={t("callbacks.retry")}
        hint={t("callbacks.retryHint")}
        unit="min"
        min={1}
        value={rules.retryMs}
        onChange={(retryMs) => retryMs !== null && change({ retryMs })}
        required
      />
      <ComboBox
        key={hours.length}
        label={t("callbacks.schedule")}
        hint={t("callbacks.scheduleHint")}
        placeholder={t("callbacks.always")}
        options={hours}
        value={rules.scheduleId}
        onChange={(scheduleId) => change({ scheduleId })}
      />
      <CallbackFirstRules rules={rules} onChange={change} />
      <CallbackSlotRules slots={rules.slots ?? null} onChange={(slots) => change({ slots })} />
    </FormSection>
  );
}
