import { type FlowSummary, isAllowed } from "@cordboard/api";
import { Button, Card, EmptyState, formatDateTime, IconButton } from "@cordboard/ui";
import { type DataColumn, DataTable } from "@cordboard/ui/pages";
import { SearchX, Trash2, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSignedIn } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import { SearchField, useCsvExport, useListAddress } from "../listing/index.ts";
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
  const { t: common } = useTranslation("listing");
  const address = useListAddress();
  const toCsv = useCsvExport(t("title"));
  const columns = useColumns(onDelete);
  if (flows.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={Workflow} title={t("none")} action={begin}>
          {t("none.words")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <div className={styles.tools}>
        <SearchField value={address.search} onChange={address.setSearch} />
      </div>
      <Card flush>
        <DataTable
          label={t("title")}
          rows={flows}
          columns={columns}
          rowId={({ flowId }) => flowId}
          sort={address.sort}
          onSort={address.setSort}
          search={address.search}
          page={address.page}
          onPage={address.setPage}
          onExport={toCsv}
          empty={
            <EmptyState
              icon={SearchX}
              title={common("notFound")}
              action={<Button onClick={() => address.setSearch("")}>{common("showAll")}</Button>}
            />
          }
        />
      </Card>
    </>
  );
}

function useColumns(onDelete: Props["onDelete"]): readonly DataColumn<FlowSummary>[] {
  const { t } = useTranslation("flows");
  const form = useTimeForm();
  const { role } = useSignedIn();
  const when = (at: string) => formatDateTime(Date.parse(at), form);
  const bin: DataColumn<FlowSummary> = {
    id: "actions",
    header: t("actions"),
    value: () => null,
    text: null,
    sortable: false,
    cell: (flow) => (
      <span className={styles.bin}>
        <IconButton icon={Trash2} label={t("delete", { name: flow.name })} onClick={() => onDelete(flow)} />
      </span>
    ),
  };
  return [
    {
      id: "name",
      header: t("name"),
      value: ({ name }) => name,
      cell: ({ flowId, name }) => (
        <Link className={styles.name} to={`/flows/${flowId}`}>
          {name}
        </Link>
      ),
    },
    {
      id: "published",
      header: t("inService"),
      value: ({ published }) => published?.publishedAt ?? null,
      text: ({ published }) =>
        published === null
          ? t("unpublished")
          : `${t("version", { number: published.number })} · ${when(published.publishedAt)}`,
      cell: ({ published }) =>
        published === null ? (
          <span className={styles.quiet}>{t("unpublished")}</span>
        ) : (
          <span>
            {t("version", { number: published.number })}
            <span className={styles.quiet}> · {when(published.publishedAt)}</span>
          </span>
        ),
    },
    {
      id: "calls",
      header: t("calls"),
      align: "end",
      value: ({ liveCalls }) => liveCalls,
      cell: ({ liveCalls }) => (
        <span>
          {liveCalls > 0 && <span className={styles.lamp} aria-hidden="true" />} {liveCalls}
        </span>
      ),
    },
    {
      id: "draft",
      header: t("draft"),
      // What waits to be published, the newest last.
      value: ({ draft }) => (draft?.ahead ? draft.savedAt : null),
      text: ({ draft }) =>
        draft?.ahead
          ? [t("ahead"), ...(draft.savedBy ? [draft.savedBy.name] : []), when(draft.savedAt)].join(" · ")
          : t("asPublished"),
      cell: ({ draft }) =>
        draft?.ahead ? (
          <span className={styles.ahead}>
            {t("ahead")}
            <span className={styles.quiet}>
              {" "}
              · {draft.savedBy && `${draft.savedBy.name}, `}
              {when(draft.savedAt)}
            </span>
          </span>
        ) : (
          <span className={styles.quiet}>{t("asPublished")}</span>
        ),
    },
    ...(isAllowed(role, "write", "flows") ? [bin] : []),
  ];
}
