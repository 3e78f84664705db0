import type { FlowSummary } from "@cordboard/api";
import { EmptyState, formatDateTime } from "@cordboard/ui";
import { Workflow } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./flow-list.module.css";

/** The flows with their state: what callers get now, and what is being drawn. */
export function FlowList({ flows }: { flows: readonly FlowSummary[] }) {
  const { t } = useTranslation("flows");
  const form = useTimeForm();
  if (flows.length === 0) return <EmptyState icon={Workflow} title={t("none")} />;
  return (
    <ul className={styles.list}>
      {flows.map(({ flowId, name, published, draft }) => (
        <li key={flowId} className={styles.row}>
          <Link className={styles.name} to={`/flows/${flowId}`}>
            {name}
          </Link>
          <span className={styles.state}>
            {published === null ? t("unpublished") : t("published", { number: published.number })}
          </span>
          <span className={styles.state}>
            {draft !== null && t("draft", { when: formatDateTime(Date.parse(draft.savedAt), form) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
