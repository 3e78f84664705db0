import { isAllowed } from "@cordboard/api";
import { extractSubflow, type FlowDocument } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { Button, Dialog, Notice, TextField, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../../app/problem-notice.tsx";
import { useApi, useSignedIn } from "../../../app/session-context.tsx";
import { useApiChange } from "../../../app/use-api-query.ts";
import { nodeName } from "../../compare/say-change.ts";
import { groupMeant } from "../model/annotate.ts";
import { freshId } from "../model/fresh-id.ts";
import { useEditor } from "../store/editor-context.tsx";
import styles from "./dialogs.module.css";
import { useRefusalWords } from "./use-refusal-words.ts";

/**
 * Makes a flow of its own of the selected nodes: under which name, what is given to it and taken from it, where it leads. It is published at once
 * where the author may do so, so that this flow can be; in this flow it is one step that can be taken back.
 */
export function ExtractDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { role } = useSignedIn();
  const screen = useUiLanguage();
  const api = useApi();
  const wordsOf = useRefusalWords();
  const [name, setName] = useState(() => titleOf(editor));
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const create = useApiChange("flows.create", { refreshes: ["flows.list"] });
  const [{ document, chosen, nodeId }] = useState(() => {
    const { document } = editor.store.getState();
    const nodeId = freshId("n", (one) => document.nodes.some(({ id }) => id === one));
    return { document, chosen: editor.selectedNodes("frames"), nodeId };
  });
  const made = useMemo(
    () =>
      extractSubflow(document, chosen, registry, {
        name: "",
        nodeId,
        nameOf: (node) => nodeName(node, screen),
      }),
    [document, chosen, nodeId, screen],
  );
  const run = async () => {
    if (!made.ok) return;
    if (name.trim() === "") return setAsked(true);
    setBusy(true);
    const answer = await create.run({
      body: { name: name.trim().slice(0, 120), document: { ...made.inner, name: name.trim() } },
    });
    if (!answer.ok) return setBusy(false);
    const { flowId } = answer.value;
    const published =
      isAllowed(role, "write", "flowVersions") &&
      (
        await api.call("flows.publish", {
          params: { flowId },
          body: {
            document: { ...made.inner, name: name.trim(), id: flowId },
            note: t("extract.note", { name: document.name }),
          },
        })
      ).ok;
    const named = (outer: FlowDocument): FlowDocument => ({
      ...outer,
      nodes: outer.nodes.map((node) => (node.id === nodeId ? { ...node, name: name.trim() } : node)),
    });
    setBusy(false);
    // The sheet lay over the drawing, so it is the one that was looked at.
    editor.run("extract", [{ type: "replace", document: named(made.outer(flowId)) }], { select: [nodeId] });
    showToast(t(published ? "extract.published" : "extract.drafted", { name: name.trim() }));
    onClose();
  };
  const list = (names: readonly string[]) => (names.length === 0 ? t("extract.none") : names.join(", "));
  return (
    <Dialog
      title={t("extract.title", { count: chosen.size })}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" busy={busy} disabled={!made.ok} onClick={() => void run()}>
            {t("extract.submit")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <ProblemNotice problem={create.problem} />
        {made.ok ? (
          <>
            <TextField
              label={t("extract.name")}
              hint={t("extract.words")}
              error={asked && name.trim() === "" ? t("extract.nameMissing") : undefined}
              required
              value={name}
              maxLength={120}
              data-autofocus
              onChange={(event) => setName(event.target.value)}
            />
            <dl className={styles.facts}>
              <dt>{t("extract.inputs")}</dt>
              <dd>{list(made.inputs)}</dd>
              <dt>{t("extract.results")}</dt>
              <dd>{list(made.results)}</dd>
              <dt>{t("extract.outcomes")}</dt>
              <dd>{list(made.outcomes.map(({ label }) => label))}</dd>
            </dl>
          </>
        ) : (
          <Notice kind="error">{wordsOf(made)}</Notice>
        )}
      </div>
    </Dialog>
  );
}

/** What the part is called already, where it is a group. */
function titleOf({ store }: ReturnType<typeof useEditor>["editor"]): string {
  const { document, selection } = store.getState();
  const id = groupMeant(document, selection);
  return (id !== null && document.groups[id]?.title) || "";
}
