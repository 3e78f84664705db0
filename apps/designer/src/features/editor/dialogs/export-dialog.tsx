import { canonicalText } from "@cordboard/flow-schema";
import { Button, Dialog } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Copy, Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditorState } from "../store/editor-context.tsx";
import styles from "./dialogs.module.css";

/** The flow as a file that a person can read, compare and keep: the same text for the same drawing. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("editor");
  const document = useEditorState((state) => state.document);
  const save = () => {
    const url = URL.createObjectURL(new Blob([canonicalText(document)], { type: "application/json" }));
    const link = globalThis.document.createElement("a");
    link.href = url;
    link.download = `${document.id}.json`;
    link.click();
    URL.revokeObjectURL(url);
    onClose();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(canonicalText(document));
    showToast(t("copied"));
    onClose();
  };
  return (
    <Dialog
      title={t("export.title")}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button icon={Copy} onClick={() => void copy()}>
            {t("export.copy")}
          </Button>
          <Button kind="primary" icon={Download} onClick={save}>
            {t("export.save")}
          </Button>
        </>
      }
    >
      <p className={styles.quiet}>{t("export.words")}</p>
    </Dialog>
  );
}
