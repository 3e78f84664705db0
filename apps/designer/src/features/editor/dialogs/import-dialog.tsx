import { looksLikeBundle, parseFlow } from "@cordboard/flow-schema";
import { Button, Dialog, Notice } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { FileFindings } from "../../../widgets/file-findings.tsx";
import { textOfFile } from "../../../widgets/text-of-file.ts";
import { DifferenceList } from "../../compare/difference-list.tsx";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./dialogs.module.css";

/** Takes a flow from a file in place of what is drawn, as one step that can be taken back. What is no flow is refused in a sentence. */
export function ImportDialog({ text: given, onClose }: { text: string | null; onClose: () => void }) {
  const { t } = useTranslation("editor");
  const { editor, things } = useEditor();
  const [text, setText] = useState(given);
  const file = useRef<HTMLInputElement>(null);
  const document = useEditorState((state) => state.document);
  const isBundle = text !== null && looksLikeBundle(text);
  const read = text === null || isBundle ? null : parseFlow(text);
  // A file belongs to whichever flow it is opened in: it keeps this one's id.
  const imported = read?.ok ? { ...read.document, id: document.id } : null;
  const take = () => {
    if (!imported) return;
    editor.run("import", [{ type: "replace", document: imported }], { select: [] });
    showToast(t("imported"), { action: { label: t("undo"), onSelect: () => void editor.undo() } });
    onClose();
  };
  return (
    <Dialog
      title={t("import.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" disabled={!imported} onClick={take}>
            {t("import.submit")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {isBundle && (
          <Notice kind="warning" remedy={{ label: t("import.toFlows"), href: "/flows" }}>
            {t("import.bundle")}
          </Notice>
        )}
        {read !== null && !read.ok && <FileFindings findings={read.findings} />}
        {imported ? (
          <DifferenceList before={document} after={imported} title={t("import.changes")} nameOf={things.nameOf} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
          <div
            className={styles.drop}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              const [dropped] = event.dataTransfer.files;
              if (dropped) void textOfFile(dropped).then(setText);
            }}
          >
            <p>{t("import.words")}</p>
            <Button icon={FileUp} onClick={() => file.current?.click()}>
              {t("import.choose")}
            </Button>
            <input
              ref={file}
              type="file"
              accept="application/json,.json"
              hidden
              onChange={(event) => {
                const [chosen] = event.target.files ?? [];
                if (chosen) void textOfFile(chosen).then(setText);
              }}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}
