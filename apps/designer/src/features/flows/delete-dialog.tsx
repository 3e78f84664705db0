import type { FlowSummary } from "@cordboard/api";
import { Button, Dialog } from "@cordboard/ui";
import { useTranslation } from "react-i18next";

/** A flow that is deleted lies in the bin for a while; it is asked once all the same. */
export function DeleteDialog(props: { flow: FlowSummary; onClose: () => void; onDelete: () => Promise<void> }) {
  const { t } = useTranslation("flows");
  const { flow, onClose, onDelete } = props;
  return (
    <Dialog
      title={t("delete", { name: flow.name })}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="danger" onClick={() => void onDelete()}>
            {t("delete.submit")}
          </Button>
        </>
      }
    >
      <p>{t("delete.words")}</p>
    </Dialog>
  );
}
