import type { Callback } from "@cordboard/api";
import { Button, Dialog, TextField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCallbackChanges } from "./queries.ts";

/** Another number to ring. What the server does not ring is said beside the field. */
export function ChangeNumberDialog({ callback, onClose }: { callback: Callback; onClose: () => void }) {
  const { t } = useTranslation("callbacks");
  const { change } = useCallbackChanges();
  const [number, setNumber] = useState(callback.numberText);
  const form = useId();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await change.run({ params: { callbackId: callback.callbackId }, body: { number: number.trim() } });
    if (!answer.ok) return;
    onClose();
    showToast(t("changed", { number: answer.value.numberText }));
  };
  const { problem } = change;
  return (
    <Dialog
      title={t("changeNumber")}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button type="submit" form={form} kind="primary" busy={change.busy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void save(event)}>
        <TextField
          label={t("number")}
          hint={t("numberHint")}
          type="tel"
          autoComplete="off"
          data-autofocus
          minLength={2}
          maxLength={40}
          value={number}
          onChange={(event) => {
            setNumber(event.target.value);
            change.forget();
          }}
          required
          error={problem === null ? undefined : `${problem.message} ${problem.remedy}`}
        />
      </form>
    </Dialog>
  );
}
