import { type FlowDocument, type MergeSide, mergeFlows, readFlow } from "@cordboard/flow-schema";
import { Button, Checkbox, Dialog, formatDateTime, Notice } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { ProblemNotice } from "../../../app/problem-notice.tsx";
import { useApiChange } from "../../../app/use-api-query.ts";
import { useTimeForm } from "../../../app/use-time-form.ts";
import { DifferenceList } from "../../compare/difference-list.tsx";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import { ConflictChoices } from "./conflict-choices.tsx";
import styles from "./dialogs.module.css";

/**
 * Two authors have changed the same: who, when, and each such place with both values, one of which is chosen; all else of both is kept. Or one
 * of the two goes on as a whole, and the other is kept beside it.
 */
export function ConflictDialog({ keeper, onClose }: { keeper: DraftKeeper; onClose: () => void }) {
  const { t } = useTranslation("editor");
  const { editor, things } = useEditor();
  const form = useTimeForm();
  const state = useStore(keeper.state);
  const mine = useEditorState(({ document }) => document);
  const create = useApiChange("flows.create", { refreshes: ["flows.list"] });
  const [aside, setAsideToo] = useState(true);
  const [chosen, setChosen] = useState<ReadonlyMap<string, MergeSide>>(new Map());
  const conflict = state.kind === "conflict" ? state : null;
  const theirs = useMemo(() => documentOf(conflict?.other?.document), [conflict]);
  const base = conflict?.base ?? null;
  const merged = useMemo(
    () => (base && theirs ? mergeFlows(base, mine, theirs, chosen) : null),
    [base, mine, theirs, chosen],
  );
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
  const keepBoth = async () => {
    if (!merged) return;
    editor.run("merged", [{ type: "replace", document: merged.document }]);
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
          <Button kind={merged ? "secondary" : "primary"} busy={create.busy} onClick={() => void keepMine()}>
            {t("conflict.mine")}
          </Button>
          {merged && (
            <Button kind="primary" onClick={() => void keepBoth()}>
              {t("conflict.both")}
            </Button>
          )}
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
        {merged && theirs && (
          <>
            <p>{t("conflict.meet", { count: merged.conflicts.length })}</p>
            <ConflictChoices
              conflicts={merged.conflicts}
              documents={{ mine, theirs }}
              sides={{ mine: t("conflict.sideMine"), theirs: t("conflict.sideTheirs", { who }) }}
              nameOf={things.nameOf}
              chosen={chosen}
              onChoose={(pointer, side) => setChosen(new Map([...chosen, [pointer, side]]))}
            />
          </>
        )}
        <p className={styles.quiet}>{merged ? `${t("conflict.whole")} ${t("conflict.words")}` : t("conflict.words")}</p>
        {theirs && (
          <DifferenceList before={theirs} after={mine} title={t("conflict.differences")} nameOf={things.nameOf} />
        )}
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

function documentOf(value: unknown): FlowDocument | null {
  const read = readFlow(value);
  return read.ok ? read.document : null;
}
