import type { Question, QuestionKind } from "@cordboard/api";
import { Button, Checkbox, IconButton, Select, TextField } from "@cordboard/ui";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { asKind, withNewOption } from "./edit-questionnaire.ts";
import styles from "./questionnaire.module.css";

type Props = {
  question: Question;
  number: number;
  first: boolean;
  last: boolean;
  onChange: (question: Question) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

/** One question: what is asked, what can be answered, and the name that answers are kept by. */
export function QuestionFields({ question, number, first, last, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation("scripts");
  const { kind, text, required, key, min = null, max = null, unit = "" } = question;
  const named = { number };
  return (
    <fieldset className={styles.question}>
      <legend>{t("question", named)}</legend>
      <div className={styles.bar}>
        <IconButton icon={ArrowUp} label={t("questionUp", named)} disabled={first} onClick={() => onMove(-1)} />
        <IconButton icon={ArrowDown} label={t("questionDown", named)} disabled={last} onClick={() => onMove(1)} />
        <IconButton icon={Trash2} label={t("removeQuestion", named)} onClick={onRemove} />
      </div>
      <TextField
        label={t("asked")}
        value={text}
        maxLength={500}
        onChange={(event) => onChange({ ...question, text: event.target.value })}
        required
      />
      <div className={styles.row}>
        <Select<QuestionKind>
          label={t("answers")}
          options={(["yesNo", "single", "several", "text", "number", "date"] as const).map((value) => ({
            value,
            label: t(`kind.${value}`),
          }))}
          value={kind}
          onChange={(chosen) => onChange(asKind(question, chosen))}
        />
        <TextField
          label={t("key")}
          hint={t("keyHint")}
          value={key}
          maxLength={40}
          pattern="[A-Za-z][A-Za-z0-9_\-]{0,39}"
          title={t("keyHint")}
          onChange={(event) => onChange({ ...question, key: event.target.value })}
          required
        />
      </div>
      {(kind === "single" || kind === "several") && <Options question={question} onChange={onChange} />}
      {kind === "number" && (
        <div className={styles.row}>
          <Limit label={t("min")} value={min} onChange={(value) => onChange({ ...question, min: value })} />
          <Limit label={t("max")} value={max} onChange={(value) => onChange({ ...question, max: value })} />
          <TextField
            label={t("unit")}
            value={unit}
            maxLength={20}
            onChange={(event) => onChange({ ...question, unit: event.target.value })}
          />
        </div>
      )}
      <Checkbox
        label={t("needed")}
        checked={required}
        onChange={(event) => onChange({ ...question, required: event.target.checked })}
      />
    </fieldset>
  );
}

function Options({ question, onChange }: Pick<Props, "question" | "onChange">) {
  const { t } = useTranslation("scripts");
  const options = question.options ?? [];
  return (
    <div className={styles.options}>
      {options.map((option, at) => (
        <div key={option.key} className={styles.option}>
          <TextField
            label={t("option", { number: at + 1 })}
            value={option.label}
            maxLength={200}
            onChange={(event) =>
              onChange({
                ...question,
                options: options.map((one) => (one === option ? { ...one, label: event.target.value } : one)),
              })
            }
            required
          />
          <IconButton
            icon={Trash2}
            label={t("removeOption", { number: at + 1 })}
            disabled={options.length === 1}
            onClick={() => onChange({ ...question, options: options.filter((one) => one !== option) })}
          />
        </div>
      ))}
      <div>
        <Button icon={Plus} disabled={options.length >= 30} onClick={() => onChange(withNewOption(question))}>
          {t("addOption")}
        </Button>
      </div>
    </div>
  );
}

function Limit(props: { label: string; value: number | null; onChange: (value: number | null) => void }) {
  const { label, value, onChange } = props;
  return (
    <TextField
      label={label}
      type="number"
      step="any"
      value={value ?? ""}
      onChange={({ target }) => onChange(Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber)}
    />
  );
}
