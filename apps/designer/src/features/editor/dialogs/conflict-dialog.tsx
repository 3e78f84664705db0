import { readFlow } from "@cordboard/flow-schema";
import { Button, Dialog, formatDateTime, Notice } from "@cordboard/ui";
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

/** Two authors have saved: who, when, what differs, and three ways on. None of them loses anything. */
export function ConflictDialog({ keeper, onClose }: { keeper: DraftKeeper; onClose: () => void }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const form = useTimeForm();
  const state = useStore(keeper.state);
  const mine = useEditorState(({ document }) => document);
  const create = useApiChange("flows.create", { refreshes: ["flows.list"] });
  const [busy, setBusy] = useState(false);
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
  const keepMine = async () => {
    setBusy(true);
    await keeper.keepMine();
    onClose();
  };
  const takeTheirs = () => {
    if (!theirs) return;
    keeper.takeTheirs();
    editor.run("theirs", [{ type: "replace", document: theirs }]);
    onClose();
  };
  const both = async () => {
    const name = t("conflict.copyName", { name: mine.name }).slice(0, 120);
    const answer = await create.run({ body: { name, document: { ...mine, name } } });
    if (!answer.ok) return;
    showToast(t("conflict.copied", { name }));
    takeTheirs();
  };
  return (
    <Dialog
      title={t("conflict.title")}
      onClose={onClose}
      actions={
        <>
          <Button disabled={!theirs} busy={create.busy} onClick={() => void both()}>
            {t("conflict.both")}
          </Button>
          <Button disabled={!theirs} onClick={takeTheirs}>
            {t("conflict.theirs")}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void keepMine()}>
            {t("conflict.mine")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <Notice kind="warning">
          {other
            ? t("conflict.who", {
                who: other.savedBy?.name ?? t("conflict.somebody"),
                when: formatDateTime(Date.parse(other.savedAt), form),
              })
            : t("conflict.gone")}
        </Notice>
        <ProblemNotice problem={create.problem} />
        <p className={styles.quiet}>{t("conflict.words")}</p>
        {theirs && <Differences before={theirs} after={mine} title={t("conflict.differences")} />}
      </div>
    </Dialog>
  );
}
