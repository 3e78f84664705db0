import { csvTable, mostImportedOperators, type OperatorImportPreview, type OperatorImportResult } from "@cordboard/api";
import { Button, Dialog, TextArea, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Download, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../app/download.ts";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange } from "../../app/use-api-query.ts";
import styles from "./import-dialog.module.css";
import { ImportPreview } from "./import-preview.tsx";
import { MadePasswords } from "./made-passwords.tsx";
import { sampleRows } from "./sample-rows.ts";

type Table = { readonly name: string | null; readonly bytes: Uint8Array };

/** A table of operators, from a file or pasted: what it would do, row by row, and, after a look at that, doing it whole. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("operators");
  const language = useUiLanguage();
  const input = useRef<HTMLInputElement>(null);
  const trial = useApiChange("operators.tryImport");
  const run = useApiChange("operators.import", { refreshes: ["operators.list", "queues.list"] });
  const [written, setWritten] = useState("");
  const [table, setTable] = useState<Table | null>(null);
  const [preview, setPreview] = useState<OperatorImportPreview | null>(null);
  const [done, setDone] = useState<OperatorImportResult | null>(null);
  const [isStale, setStale] = useState(false);
  const busy = trial.busy || run.busy;
  const writes = preview === null ? 0 : preview.created + preview.changed;

  const look = async (next: Table) => {
    setTable(next);
    setPreview(null);
    setStale(false);
    const answer = await trial.run({ file: next.bytes });
    if (answer.ok) setPreview(answer.value);
  };
  const write = async ({ bytes }: Table, { digest }: OperatorImportPreview) => {
    const answer = await run.run({ query: { digest }, file: bytes });
    if (!answer.ok) return;
    if (!answer.value.done) {
      // Somebody changed an operator or a queue meanwhile: what would be done now is shown, to be looked at again.
      setPreview(answer.value);
      setStale(true);
      return;
    }
    setDone(answer.value);
    showToast(t("imported", { count: answer.value.created + answer.value.changed }));
    if (answer.value.passwords.length === 0) onClose();
  };

  if (done) return <MadePasswords passwords={done.passwords} onClose={onClose} />;
  return (
    <Dialog
      title={t("importTitle")}
      size="wide"
      onClose={busy ? undefined : onClose}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t("cancel")}
          </Button>
          {table && preview ? (
            <Button
              kind="primary"
              busy={run.busy}
              disabled={busy || preview.problems.length > 0 || writes === 0}
              onClick={() => void write(table, preview)}
            >
              {t("importNow", { count: writes })}
            </Button>
          ) : (
            <Button
              kind="primary"
              busy={trial.busy}
              disabled={busy || written.trim() === ""}
              onClick={() => void look({ name: null, bytes: new TextEncoder().encode(written) })}
            >
              {t("look")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.steps}>
        <ProblemNotice problem={trial.problem ?? run.problem} />
        <p className={styles.file}>
          <Button icon={FileUp} disabled={busy} onClick={() => input.current?.click()}>
            {t(table?.name ? "otherFile" : "chooseFile")}
          </Button>
          <span>{table?.name ?? t("fileHint", { most: mostImportedOperators })}</span>
        </p>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          aria-label={t("chooseFile")}
          hidden
          onChange={async (event) => {
            const [file] = event.target.files ?? [];
            event.target.value = "";
            if (file) await look({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
          }}
        />
        {!table?.name && (
          <TextArea
            label={t("paste")}
            hint={t("pasteHint")}
            className={styles.paste}
            value={written}
            onChange={(event) => {
              setWritten(event.target.value);
              setTable(null);
              setPreview(null);
            }}
          />
        )}
        {preview ? (
          <ImportPreview preview={preview} isStale={isStale} />
        ) : (
          <div className={styles.help}>
            <p>{t("columnsHelp")}</p>
            <Button
              kind="quiet"
              icon={Download}
              onClick={() =>
                download(t("sampleFile"), csvTable(sampleRows[language], language), "text/csv;charset=utf-8")
              }
            >
              {t("sample")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
