import type { Callback, CallbackTimes } from "@cordboard/api";
import { Button, Dialog, formatDateTime, MomentChoice } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./change-time-dialog.module.css";
import { useCallbackChanges } from "./queries.ts";

/** Another time for a callback, of those in its opening hours that still take one; or as soon as possible. */
export function ChangeTimeDialog({ callback, onClose }: { callback: Callback; onClose: () => void }) {
  const { t } = useTranslation("callbacks");
  const { callbackId, numberText: number } = callback;
  const times = useApiQuery("callbacks.times", { params: { callbackId } });
  const { change } = useCallbackChanges();
  const form = useTimeForm();
  const before = callback.slotAt === null ? null : Date.parse(callback.slotAt);
  const [chosen, setChosen] = useState(before);
  const save = async () => {
    const slotAt = chosen === null ? null : new Date(chosen).toISOString();
    const answer = await change.run({ params: { callbackId }, body: { slotAt } });
    if (!answer.ok) return void times.refetch();
    onClose();
    showToast(chosen === null ? t("soon", { number }) : t("later", { number, time: formatDateTime(chosen, form) }));
  };
  return (
    <Dialog
      title={t("changeTimeTitle", { number })}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button kind="primary" busy={change.busy} disabled={chosen === before} onClick={() => void save()}>
            {t("save")}
          </Button>
        </>
      }
    >
      <ProblemNotice problem={change.problem} />
      <QueryView query={times}>
        {(found) => (
          <div className={styles.times}>
            <MomentChoice
              moments={momentsOf(found, before)}
              value={chosen}
              onChange={setChosen}
              timeZone={found.timeZone}
              labels={{ day: t("day"), time: t("time"), none: t("asSoonAsPossible") }}
            />
            {found.times.length === 0 && <p>{t("noTimes")}</p>}
          </div>
        )}
      </QueryView>
    </Dialog>
  );
}

/** What is free, and what it has already, which is full for others perhaps. */
function momentsOf({ times }: CallbackTimes, before: number | null): readonly number[] {
  const free = times.map(({ at }) => Date.parse(at));
  return before === null || free.includes(before) ? free : [...free, before].sort((a, b) => a - b);
}
