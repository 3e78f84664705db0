import type { Callback } from "@cordboard/api";
import { Button, Dialog } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useCallbackChanges } from "./queries.ts";

/** Asks first: a promise that was taken back is not made again by pressing a key. */
export function CancelDialog({ callback, onClose }: { callback: Callback; onClose: () => void }) {
  const { t } = useTranslation("callbacks");
  const { cancel } = useCallbackChanges();
  const number = callback.numberText;
  const takeBack = async () => {
    const answer = await cancel.run({ params: { callbackId: callback.callbackId } });
    if (!answer.ok) return;
    onClose();
    showToast(t("cancelled", { number }));
  };
  return (
    <Dialog
      title={t("cancelTitle", { number })}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button kind="danger" busy={cancel.busy} onClick={() => void takeBack()}>
            {t("cancel")}
          </Button>
        </>
      }
    >
      <ProblemNotice problem={cancel.problem} />
      <p>{t("cancelWords", { queue: callback.queueName })}</p>
    </Dialog>
  );
}
