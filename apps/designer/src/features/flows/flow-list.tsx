import { type FlowSummary, isAllowed } from "@cordboard/api";
import { EmptyState, formatDateTime, IconButton } from "@cordboard/ui";
import { Trash2, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSignedIn } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./flow-list.module.css";

type Props = {
  flows: readonly FlowSummary[];
  /** How to begin, where there is nothing yet. */
  begin: ReactNode;
  onDelete: (flow: FlowSummary) => void;
};

/** The flows with their state: what callers get now, who is on it, and what is being drawn. */
export function FlowList({ flows, begin, onDelete }: Props) {
  const { t } = useTranslation("flows");
  const form = useTimeForm();
  const { role } = useSignedIn();
  if (flows.length === 0) {
    return (
      <div className={styles.frame}>
        <EmptyState icon={Workflow} title={t("none")} action={begin}>
          {t("none.words")}
        </EmptyState>
      </div>
    );
  }
  const mayDelete = isAllowed(role, "write", "flows");
  return (
    <div className={styles.frame}>
      <table className={styles.list}>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("inService")}</th>
            <th scope="col">{t("calls")}</th>
            <th scope="col">{t("draft")}</th>
            {mayDelete && (
              <th scope="col">
                <span className={styles.unseen}>{t("actions")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => {
            const { flowId, name, published, draft, liveCalls } = flow;
            return (
              <tr key={flowId}>
                <th scope="row">
                  <Link className={styles.name} to={`/flows/${flowId}`}>
                    {name}
                  </Link>
                </th>
                <td data-label={t("inService")}>
                  {published === null ? (
                    <span className={styles.quiet}>{t("unpublished")}</span>
                  ) : (
                    <>
                      {t("version", { number: published.number })}
                      <span className={styles.quiet}> · {formatDateTime(Date.parse(published.publishedAt), form)}</span>
                    </>
                  )}
                </td>
                <td data-label={t("calls")}>
                  {liveCalls > 0 && <span className={styles.lamp} aria-hidden="true" />} {liveCalls}
                </td>
                <td data-label={t("draft")}>
                  {draft?.ahead ? (
                    <span className={styles.ahead}>
                      {t("ahead")}
                      <span className={styles.quiet}>
                        {" "}
                        · {draft.savedBy && `${draft.savedBy.name}, `}
                        {formatDateTime(Date.parse(draft.savedAt), form)}
                      </span>
                    </span>
                  ) : (
                    <span className={styles.quiet}>{t("asPublished")}</span>
                  )}
                </td>
                {mayDelete && (
                  <td className={styles.tools}>
                    <IconButton icon={Trash2} label={t("delete", { name })} onClick={() => onDelete(flow)} />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
