import { isAllowed } from "@cordboard/api";
import { Button, Dialog, formatDateTime } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ProblemNotice } from "../../../app/problem-notice.tsx";
import { QueryView } from "../../../app/query-view.tsx";
import { useSignedIn } from "../../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../../app/use-api-query.ts";
import { useTimeForm } from "../../../app/use-time-form.ts";
import { useBranch } from "../../compare/use-branch.ts";
import { useOutcomes, VersionOutcomes } from "../../flow-history/version-outcomes.tsx";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import { useEditor } from "../store/editor-context.tsx";
import styles from "./dialogs.module.css";
import { useRestore } from "./use-restore.ts";

/** What was published, the newest first: by whom, why, how many calls are on it, and the way back. */
export function VersionsDialog(props: { flowId: string; keeper: DraftKeeper; onClose: () => void }) {
  const { flowId, keeper, onClose } = props;
  const { t } = useTranslation("editor");
  const navigate = useNavigate();
  const form = useTimeForm();
  const { editor } = useEditor();
  const restore = useRestore(flowId);
  const { branch, busy, problem } = useBranch();
  const { role } = useSignedIn();
  const flow = useApiQuery("flows.get", { params: { flowId } }, { everyMs: 5_000 });
  const outcomes = useOutcomes(flowId);
  const serve = useApiChange("flows.serve", { refreshes: ["flows.get", "flows.list"] });
  const cancel = useApiChange("flows.cancelPlanned", { refreshes: ["flows.get", "flows.list"] });
  return (
    <Dialog title={t("versions.title")} onClose={onClose}>
      <ProblemNotice problem={serve.problem ?? cancel.problem ?? restore.problem ?? problem} />
      <QueryView query={flow}>
        {({ name, draft, versions, published, planned }) =>
          versions.length === 0 ? (
            <p className={styles.quiet}>{t("versions.none")}</p>
          ) : (
            <ol className={styles.versions}>
              {versions.map(({ versionId, number, note, publishedAt, publishedBy, liveCalls }) => {
                const serving = published?.versionId === versionId;
                const due = planned?.versionId === versionId ? planned : null;
                return (
                  <li className={styles.version} key={versionId}>
                    <span className={styles.number}>{number}</span>
                    <span className={styles.note}>{note || t("versions.noNote")}</span>
                    <span className={styles.who}>
                      {serving && <span className={styles.serving}>{t("versions.serving")} · </span>}
                      {due && (
                        <span className={styles.serving}>
                          {t("versions.planned", { when: formatDateTime(Date.parse(due.at), form) })} ·{" "}
                        </span>
                      )}
                      {formatDateTime(Date.parse(publishedAt), form)}
                      {publishedBy && ` · ${publishedBy.name}`}
                      {liveCalls > 0 && ` · ${t("liveCalls", { count: liveCalls })}`}
                    </span>
                    {outcomes.has(versionId) && (
                      <span className={styles.who}>
                        <VersionOutcomes outcomes={outcomes.get(versionId)} />
                      </span>
                    )}
                    <span className={styles.tools}>
                      <Button
                        onClick={() => {
                          onClose();
                          void navigate(`/flows/${flowId}/versions/${versionId}`);
                        }}
                      >
                        {t("versions.look")}
                      </Button>
                      {(versions.length > 1 || draft) && (
                        <Button
                          onClick={async () => {
                            await keeper.flush();
                            onClose();
                            // With what callers get; that itself with what is drawn now, or with any other.
                            const to = serving ? "" : `&to=${published?.versionId ?? ""}`;
                            void navigate(`/flows/${flowId}/compare?from=${versionId}${to}`);
                          }}
                        >
                          {t("versions.compare")}
                        </Button>
                      )}
                      {isAllowed(role, "write", "flows") && (
                        <>
                          <Button
                            onClick={async () => {
                              if (editor.readOnly) void navigate(`/flows/${flowId}?restore=${versionId}`);
                              else if (!(await restore.run(versionId))) return;
                              onClose();
                            }}
                          >
                            {t("versions.restore")}
                          </Button>
                          <Button busy={busy} onClick={() => void branch({ flowId, versionId, number, name })}>
                            {t("versions.branch")}
                          </Button>
                        </>
                      )}
                      {due && isAllowed(role, "write", "flowVersions") && (
                        <Button busy={cancel.busy} onClick={() => void cancel.run({ params: { flowId } })}>
                          {t("versions.cancelPlanned")}
                        </Button>
                      )}
                      {!serving && isAllowed(role, "write", "flowVersions") && (
                        <Button
                          busy={serve.busy}
                          onClick={async () => {
                            const answer = await serve.run({ params: { flowId }, body: { versionId } });
                            if (!answer.ok) return;
                            // The way back stands on the page: a sheet above would keep it out of reach.
                            onClose();
                            const before = published?.versionId;
                            showToast(
                              t("versions.served", { number }),
                              before === undefined
                                ? {}
                                : {
                                    action: {
                                      label: t("undo"),
                                      onSelect: () =>
                                        void serve.run({ params: { flowId }, body: { versionId: before } }),
                                    },
                                  },
                            );
                          }}
                        >
                          {t(published && number < published.number ? "versions.rollBack" : "versions.serve")}
                        </Button>
                      )}
                    </span>
                  </li>
                );
              })}
            </ol>
          )
        }
      </QueryView>
    </Dialog>
  );
}
