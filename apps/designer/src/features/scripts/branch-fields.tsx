import type { Branch, Question, QuestionnaireStep } from "@cordboard/api";
import { IconButton, Select, TextField } from "@cordboard/ui";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Condition, conditionsOf, firstCondition } from "./edit-questionnaire.ts";
import styles from "./questionnaire.module.css";
import { StepChoice } from "./step-choice.tsx";

type Props = {
  branch: Branch;
  /** Of all steps, in order. */
  questions: readonly Question[];
  steps: readonly QuestionnaireStep[];
  first: boolean;
  last: boolean;
  onChange: (branch: Branch) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

/** One way out of a step: by which answer, and where to. */
export function BranchFields({ branch, questions, steps, first, last, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation("scripts");
  const question = questions.find(({ key }) => key === branch.question);
  const conditions = question ? conditionsOf(question) : [];
  const isNumber = branch.holds === "atLeast" || branch.holds === "below";
  const words = ({ holds, value }: Condition): string => {
    if (holds !== "is") return t(`holds.${holds}`);
    if (typeof value === "boolean") return t(value ? "holds.yes" : "holds.no");
    const label = question?.options?.find(({ key }) => key === value)?.label ?? String(value);
    return t(question?.kind === "several" ? "holds.among" : "holds.is", { label });
  };
  const nameOf = ({ holds, value }: Condition) => (holds === "is" ? `is:${value}` : holds);
  return (
    <div className={styles.branch}>
      <div className={styles.row}>
        <Select
          label={t("if")}
          placeholder={branch.question}
          options={questions.map(({ key, text }) => ({ value: key, label: text === "" ? key : text }))}
          value={question?.key ?? null}
          onChange={(key) => {
            const chosen = questions.find((one) => one.key === key);
            if (chosen) onChange({ ...firstCondition(chosen), to: branch.to });
          }}
        />
        <Select
          label={t("condition")}
          placeholder={String(branch.value ?? "")}
          options={conditions.map((condition) => ({ value: nameOf(condition), label: words(condition) }))}
          value={conditions.some((condition) => nameOf(condition) === nameOf(branch)) ? nameOf(branch) : null}
          onChange={(name) => {
            const chosen = conditions.find((condition) => nameOf(condition) === name);
            if (chosen) onChange({ ...chosen, to: branch.to });
          }}
        />
        {isNumber && (
          <TextField
            label={t("limit")}
            type="number"
            step="any"
            value={typeof branch.value === "number" ? branch.value : ""}
            onChange={({ target }) =>
              onChange({ ...branch, value: Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber })
            }
            required
          />
        )}
        <StepChoice
          label={t("goesTo")}
          steps={steps}
          value={branch.to}
          onChange={(to) => onChange({ ...branch, to })}
        />
      </div>
      <div className={styles.bar}>
        <IconButton icon={ArrowUp} label={t("branchUp")} disabled={first} onClick={() => onMove(-1)} />
        <IconButton icon={ArrowDown} label={t("branchDown")} disabled={last} onClick={() => onMove(1)} />
        <IconButton icon={Trash2} label={t("removeBranch")} onClick={onRemove} />
      </div>
    </div>
  );
}
