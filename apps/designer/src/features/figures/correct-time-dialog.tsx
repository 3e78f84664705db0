import { type DayFigures, isAllowed, type TimeCorrection } from "@cordboard/api";
import { Button, Dialog, formatTime, IconButton, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { instantOf, showToast, TimeInput } from "@cordboard/ui/pages";
import { Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./correct-time-dialog.module.css";

type Props = { day: DayFigures; operator: DayFigures["operators"][number]; onClose: () => void };

const kinds = ["available", "paused", "absent"] as const;
const refreshes = ["timeCorrections.list", "figures.day"] as const;

/** What an operator's day is corrected by, and one more correction. Each has a reason, which the operator reads. */
export function CorrectTimeDialog({ day, operator, onClose }: Props) {
  const { t } = useTranslation("figures");
  const { role } = useSignedIn();
  const { operatorId, name } = operator;
  const list = useApiQuery("timeCorrections.list", { query: { operatorId, date: day.date } });
  const create = useApiChange("timeCorrections.create", { refreshes: [...refreshes] });
  const remove = useApiChange("timeCorrections.remove", { refreshes: [...refreshes] });
  const company = useApiQuery("company.get", {});
  const language = useUiLanguage();
  const [from, setFrom] = useState("09:00");
  const [until, setUntil] = useState("10:00");
  const [as, setAs] = useState<TimeCorrection["as"]>("available");
  const [label, setLabel] = useState("");
  const [reason, setReason] = useState("");
  const form = useId();
  const reasons = company.data?.pauseReasons ?? [];
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const [begins, ends] = [instantOf(day.date, from, day.timeZone), instantOf(day.date, until, day.timeZone)];
    if (begins === null || ends === null) return;
    const body = { operatorId, from: begins, until: ends, as, label: label || null, reason: reason.trim() };
    if (!(await create.run({ body })).ok) return;
    setReason("");
    showToast(t("correction.saved"));
  };
  return (
    <Dialog
      title={t("correct", { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("correction.close")}</Button>
          {isAllowed(role, "write", "timeCorrections") && (
            <Button type="submit" form={form} kind="primary" busy={create.busy} disabled={reason.trim() === ""}>
              {t("correction.add")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.dialog}>
        <p>{t("correction.words")}</p>
        <ProblemNotice problem={create.problem ?? remove.problem} onDismiss={create.forget} />
        <ul className={styles.list}>
          {(list.data?.items ?? []).map((correction) => (
            <Correction
              key={correction.correctionId}
              correction={correction}
              day={day}
              onRemove={() => void remove.run({ params: { correctionId: correction.correctionId } })}
            />
          ))}
        </ul>
        <form id={form} className={styles.form} onSubmit={(event) => void save(event)}>
          <div className={styles.times}>
            <TimeInput label={t("correction.from")} value={from} onChange={setFrom} />
            <TimeInput label={t("correction.until")} value={until} onChange={setUntil} />
          </div>
          <Select
            label={t("correction.as")}
            options={kinds.map((value) => ({ value, label: t(`correction.as.${value}`) }))}
            value={as}
            onChange={setAs}
          />
          {as === "paused" && (
            <Select
              label={t("correction.label")}
              options={[
                { value: "", label: t("correction.noLabel") },
                ...reasons.map(({ code, name: named }) => ({ value: code, label: named[language] })),
              ]}
              value={label}
              onChange={setLabel}
            />
          )}
          <TextField
            label={t("correction.reason")}
            hint={t("correction.reasonHint")}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
          />
        </form>
      </div>
    </Dialog>
  );
}

type Row = { correction: TimeCorrection; day: DayFigures; onRemove: () => void };

function Correction({ correction, day, onRemove }: Row) {
  const { t } = useTranslation("figures");
  const form = { ...useTimeForm(), timeZone: day.timeZone };
  const { from, until, as, reason, by } = correction;
  const times = { from: formatTime(Date.parse(from), form), until: formatTime(Date.parse(until), form) };
  return (
    <li className={styles.correction}>
      <span className={styles.what}>
        <strong>{t("correction.line", { ...times, as: t(`correction.as.${as}`) })}</strong>
        <span className={styles.why}>{t("correction.why", { reason, by: by.name })}</span>
      </span>
      <IconButton icon={Trash2} label={t("correction.remove", times)} onClick={onRemove} />
    </li>
  );
}
