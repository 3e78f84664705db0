import { Button, Dialog, Notice, TextArea, TextField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import styles from "./do-not-call.module.css";
import { useDoNotCallChanges } from "./queries.ts";

/** More than this at once are given by the REST interface. */
const most = 1_000;

/** Adds numbers, one a line. What is no number stays in the field and is said. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("do-not-call");
  const { add } = useDoNotCallChanges();
  const [written, setWritten] = useState("");
  const [note, setNote] = useState("");
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const form = useId();
  const numbers = written.split(/[\n,;]+/).flatMap((line) => line.trim() || []);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await add.run({ body: { numbers: numbers.slice(0, most), note: note.trim() } });
    if (!answer.ok) return;
    const { added, already, wrong: refused } = answer.value;
    showToast(t("added", { count: added, already }));
    setWrong(refused);
    setWritten(refused.join("\n"));
    if (refused.length === 0) onClose();
  };
  return (
    <Dialog
      title={t("add")}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button
            type="submit"
            form={form}
            kind="primary"
            busy={add.busy}
            disabled={numbers.length === 0 || numbers.length > most}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.fields} onSubmit={(event) => void save(event)}>
        <ProblemNotice problem={add.problem} onDismiss={add.forget} />
        {wrong.length > 0 && <Notice kind="error">{t("wrong", { count: wrong.length })}</Notice>}
        <TextArea
          label={t("numbers")}
          hint={t("numbersHint")}
          rows={6}
          data-autofocus
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          required
        />
        <TextField
          label={t("note")}
          hint={t("noteHint")}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
