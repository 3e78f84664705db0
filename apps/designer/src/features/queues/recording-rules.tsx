import type { QueueFields } from "@cordboard/api";
import { Checkbox } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { FormSection, WholeField } from "../listing/index.ts";
import styles from "./rules.module.css";
import type { SectionProps } from "./section-props.ts";

type Rules = NonNullable<QueueFields["recording"]>;

export const noRecording: Rules = { share: 0, byOperator: false, retentionDays: 180 };

/** Which conversations of the queue are recorded, and for how long they are kept. */
export function RecordingRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const rules = fields.recording ?? noRecording;
  const change = (changes: Partial<Rules>) => set({ recording: { ...rules, ...changes } });
  const records = rules.share > 0 || rules.byOperator;
  return (
    <FormSection
      id="queues/recording"
      title={t("recording")}
      holds={["recording"]}
      summary={[
        rules.share === 0 && !rules.byOperator && t("recording.none"),
        rules.share > 0 && t("recording.some", { share: rules.share }),
        rules.byOperator && t("recording.byThem"),
        records && t("recording.kept", { count: rules.retentionDays }),
      ]}
    >
      <p className={styles.words}>{t("recordingHint")}</p>
      <WholeField
        label={t("recording.share")}
        hint={t("recording.shareHint")}
        unit="%"
        min={0}
        max={100}
        value={rules.share}
        onChange={(share) => share !== null && change({ share })}
        required
      />
      <Checkbox
        label={t("recording.byOperator")}
        checked={rules.byOperator}
        onChange={(event) => change({ byOperator: event.target.checked })}
      />
      <WholeField
        label={t("recording.retention")}
        hint={t("recording.retentionHint")}
        unit={t("days")}
        min={1}
        max={3650}
        value={rules.retentionDays}
        onChange={(retentionDays) => retentionDays !== null && change({ retentionDays })}
        required
      />
    </FormSection>
  );
}
