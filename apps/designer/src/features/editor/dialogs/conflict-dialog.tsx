import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { Button, Checkbox, Dialog, formatDateTime, Notice } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { ProblemNotice } from "../../../app/problem-notice.tsx";
import { useApiChange } from "../../../app/use-api-query.ts";
import { useTimeForm } from "../../../app/use-time-form.ts";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./dialogs.module.css";
import { Differences } from "./differences.tsx";

/** Two authors have saved: who, when, what differs, and two ways on. Neither loses anything: what is left is kept beside. */
export function ConflictDialog({ keeper, onClose }: { keeper: DraftKeeper; onClose: () => void }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const form = useTimeForm();
  const state = useStore(keeper.state);
  const mine = useEditorState(({ document }) => document);
  const create = useApiChange("flows.create", { refreshes: ["flows.list"] });
  const [aside, setAsideToo] = useState(true);
  if (state.kind === "refused") {
    return (
      <Dialog title={t("refused.title")} size="small" onClose={onClose}>
        <ProblemNotice problem={state.problem} />
        <p className={styles.quiet}>{t("refused.words")}</p>
      </Dialog>
    );
  }
  if (state.kind !== "conflict") return null;
  const { other } = state;
  const read = other && readFlow(other.document);
  const theirs = read?.ok ? read.document : null;
  const who = other?.savedBy?.name ?? t("conflict.somebody");
  /** What is not gone on with becomes a flow of its own, unless its owner said otherwise. */
  const setAside = async (document: FlowDocument, name: string): Promise<boolean> => {
    if (!aside) return true;
    const called = name.slice(0, 120);
    const answer = await create.run({ body: { name: called, document: { ...document, name: called } } });
    if (answer.ok) showToast(t("conflict.copied", { name: called }));
    return answer.ok;
  };
  const keepMine = async () => {
    if (theirs && !(await setAside(theirs, t("conflict.theirCopy", { name: theirs.name, who })))) return;
    await keeper.keepMine();
    onClose();
  };
  const takeTheirs = async () => {
    if (!theirs || !(await setAside(mine, t("conflict.myCopy", { name: mine.name })))) return;
    keeper.takeTheirs();
    editor.run("theirs", [{ type: "replace", document: theirs }]);
    onClose();
  };
  return (
    <Dialog
      title={t("conflict.title")}
      onClose={onClose}
      actions={
        <>
          <Button disabled={!theirs} busy={create.busy} onClick={() => void takeTheirs()}>
            {t("conflict.theirs")}
          </Button>
          <Button kind="primary" busy={create.busy} onClick={() => void keepMine()}>
            {t("conflict.mine")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <Notice kind="warning">
          {other
            ? t("conflict.who", {
                who,
                when: formatDateTime(Date.parse(other.savedAt), form),
              })
            : t("conflict.gone")}
        </Notice>
        <ProblemNotice problem={create.problem} />
        <p className={styles.quiet}>{t("conflict.words")}</p>
        {theirs && <Differences before={theirs} after={mine} title={t("conflict.differences")} />}
        {theirs && (
          <Checkbox
            label={t("conflict.aside")}
            checked={aside}
            onChange={(event) => setAsideToo(event.target.checked)}
          />
        )}
      </div>
    </Dialog>
  );
}
