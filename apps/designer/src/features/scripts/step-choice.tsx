import type { QuestionnaireStep } from "@cordboard/api";
import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";

type Props = {
  label: string;
  steps: readonly QuestionnaireStep[];
  /** A step; null: the end. */
  value: string | null;
  onChange: (to: string | null) => void;
};

/** The step that something leads to, or the end. */
export function StepChoice({ label, steps, value, onChange }: Props) {
  const { t } = useTranslation("scripts");
  const known = value === null || steps.some(({ stepId }) => stepId === value);
  return (
    <Select
      label={label}
      placeholder={value ?? ""}
      options={[
        ...steps.map(({ stepId, title }, at) => ({ value: stepId, label: `${at + 1}. ${title}` })),
        // No step can be called so: their names begin with a letter.
        { value: "-", label: t("end") },
      ]}
      value={known ? (value ?? "-") : null}
      onChange={(chosen) => onChange(chosen === "-" ? null : chosen)}
    />
  );
}
