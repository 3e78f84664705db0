import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { Button, Dialog, formatDateTime, Notice, TextArea, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ProblemNotice } from "../../../app/problem-notice.tsx";
import { useApiChange, useApiQuery } from "../../../app/use-api-query.ts";
import { useTimeForm } from "../../../app/use-time-form.ts";
import { ComparedFlows } from "../../compare/compared-flows.tsx";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import { findingSentence } from "../model/finding-sentence.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./dialogs.module.css";
import { PublishTimeChoice, usePublishTime } from "./publish-time.tsx";

const isList = ({ queryKey: [route] }: { readonly queryKey: readonly unknown[] }) => String(route).endsWith(".list");

/** Makes what is drawn what callers get: what changes by it, what is to be looked at, and a note for those who come later. */
export function PublishDialog({
  flowId,
  keeper,
  onClose,
}: {
  flowId: string;
  keeper: DraftKeeper;
  onClose: () => void;
}) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const language = useUiLanguage();
  const navigate = useNavigate();
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  const form = useTimeForm();
  const when = usePublishTime();
  const sentence = useRef<HTMLDivElement>(null);
  const document = useEditorState((state) => state.document);
  const { all, errors, warnings } = useEditorState(({ problems }) => problems);
  const flow = useApiQuery("flows.get", { params: { flowId } }).data;
  const published = usePublished(flowId, flow?.published?.versionId ?? null);
  const publish = useApiChange("flows.publish", { refreshes: ["flows.get", "flows.list"] });
  const queries = useQueryClient();
  // What a colleague has added since the lists were read is not missing.
  useEffect(() => void queries.refetchQueries({ type: "active", predicate: isList }), [queries]);
  const run = async () => {
    if (note.trim() === "") {
      setAsked(true);
      sentence.current?.querySelector("textarea")?.focus();
      return;
    }
    if (when.later && when.at === null) {
      setAsked(true);
      return;
    }
    await keeper.flush();
    const body = { document: { ...document }, note: note.trim(), ...(when.at !== null && { at: when.at }) };
    const answer = await publish.run({ params: { flowId }, body });
    if (!answer.ok) return;
    if (when.at !== null) {
      const told = { number: answer.value.version.number, when: formatDateTime(Date.parse(when.at), form) };
      showToast(t("published.planned", told));
      onClose();
      return;
    }
    const live = flow?.liveCalls ?? 0;
    const number = answer.value.version.number;
    showToast(live > 0 ? t("published.live", { number, count: live }) : t("published", { number }));
    onClose();
  };
  const shown = all.filter(({ severity }) => (errors > 0 ? severity === "error" : true));
  return (
    <Dialog
      title={t("publish.title", { name: document.name })}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" busy={publish.busy} disabled={errors > 0} onClick={() => void run()}>
            {t(when.later ? "publish.plan" : "publish.submit")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <ProblemNotice problem={publish.problem} />
        {errors > 0 && <Notice kind="error">{t("publish.errors", { count: errors })}</Notice>}
        {errors === 0 && warnings > 0 && <Notice kind="warning">{t("publish.warnings", { count: warnings })}</Notice>}
        {shown.length > 0 && (
          <ul className={styles.findings}>
            {shown.slice(0, 20).map((one) => (
              <li key={`${one.code} ${one.pointer} ${one.message.en}`}>
                <button
                  type="button"
                  className={styles.finding}
                  onClick={() => {
                    const [id] =
                      [...editor.store.getState().problems.byNode].find(([, found]) => found.includes(one)) ?? [];
                    onClose();
                    if (id === undefined) return editor.openPanel("flow");
                    editor.select([id]);
                    editor.openPanel({ node: id });
                  }}
                >
                  {findingSentence(one, document, language)}
                </button>
              </li>
            ))}
          </ul>
        )}
        <div ref={sentence}>
          <TextArea
            label={t("publish.note")}
            hint={t("publish.noteWords")}
            error={asked && note.trim() === "" ? t("publish.noteMissing") : undefined}
            required
            value={note}
            maxLength={500}
            data-autofocus
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <PublishTimeChoice when={when} asked={asked} />
        {flow?.planned && (
          <Notice kind="warning">
            {t(when.later ? "publish.plannedReplaced" : "publish.plannedStands", {
              number: flow.planned.number,
              when: formatDateTime(Date.parse(flow.planned.at), form),
            })}
          </Notice>
        )}
        {flow?.published === null && <p className={styles.quiet}>{t("publish.first")}</p>}
        {published && (
          <section className={styles.changes} aria-label={t("publish.changes")}>
            <div className={styles.changesHead}>
              <h3>{t("publish.changes")}</h3>
              <Button
                onClick={async () => {
                  await keeper.flush();
                  onClose();
                  void navigate(`/flows/${flowId}/compare`);
                }}
              >
                {t("publish.compare")}
              </Button>
            </div>
            <div className={styles.compared}>
              <ComparedFlows before={published} after={document} />
            </div>
          </section>
        )}
      </div>
    </Dialog>
  );
}

/** What callers get now; `null` while it is not known, or when nothing was published yet. */
function usePublished(flowId: string, versionId: string | null): FlowDocument | null {
  const input = { params: { flowId, versionId: versionId ?? "" } };
  const version = useApiQuery("flows.getVersion", input, { enabled: versionId !== null }).data;
  const read = version && readFlow(version.document);
  return read?.ok ? read.document : null;
}
