import type { RecordingRules } from "@cordboard/api";
import { Checkbox } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./form-section.module.css";
import { FormSection } from "./form-section.tsx";
import { WholeField } from "./whole-field.tsx";

export const noRecording: RecordingRules = { share: 0, byOperator: false, retentionDays: 180 };

type Props = {
  /** Of all forms, as of every section. */
  id: string;
  /** What whoever reads it should know first. */
  hint: string;
  /** Whom the announcement is for. */
  noticeLabel: string;
  rules: RecordingRules | undefined;
  onChange: (rules: RecordingRules) => void;
};

/** Which conversations are recorded, who is told, and for how long they are kept: of a queue, and of calls that operators dial. */
export function RecordingSection({ id, hint, noticeLabel, rules = noRecording, onChange }: Props) {
  const { t } = useTranslation("listing");
  const change = (changes: Partial<RecordingRules>) => onChange({ ...rules, ...changes });
  const records = rules.share > 0 || rules.byOperator;
  return (
    <FormSection
      id={id}
      title={t("recording")}
      holds={["recording"]}
      summary={[
        !records && t("recording.none"),
        rules.share > 0 && t("recording.some", { share: rules.share }),
        rules.byOperator && t("recording.byThem"),
        records && rules.notice === false && t("recording.untold"),
        records && t("recording.kept", { count: rules.retentionDays }),
      ]}
    >
      <p className={styles.hint}>{hint}</p>
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
      <Checkbox
        label={noticeLabel}
        hint={t("recording.noticeHint")}
        checked={rules.notice !== false}
        onChange={(event) => change({ notice: event.target.checked })}
      />
      <WholeField
        label={t("recording.retention")}
        hint={t("recording.retentionHint")}
        unit={t("recording.days")}
        min={1}
        max={3650}
        value={rules.retentionDays}
        onChange={(retentionDays) => retentionDays !== null && change({ retentionDays })}
        required
      />
    </FormSection>
  );
}
