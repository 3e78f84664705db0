import type { BinItem } from "@cordboard/api";
import { Button, Dialog, EmptyState, formatDateTime, IconButton } from "@cordboard/ui";
import { DataTable, showToast } from "@cordboard/ui/pages";
import { SearchX, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { ListLayout, SearchField, useCsvExport, useListAddress } from "../listing/index.ts";
import styles from "./bin.module.css";

/** The pages on which what comes out of the bin is found again. */
const places = {
  flows: "/flows",
  queues: "/queues",
  lines: "/lines",
  schedules: "/schedules",
  scripts: "/scripts",
  prompts: "/prompts",
} as const;
type Kind = keyof typeof places;
const isKind = (resource: string): resource is Kind => Object.hasOwn(places, resource);

/** What was deleted in the last 30 days: what, by whom, when; put back, or deleted for good. */
export function Page() {
  const { t } = useTranslation("bin");
  const { t: common } = useTranslation("listing");
  const form = useTimeForm();
  const navigate = useNavigate();
  const address = useListAddress();
  const toCsv = useCsvExport(t("title"));
  const items = useApiQuery("bin.list", {});
  const refreshes = ["bin.list", ...(["flows.list", "queues.list", "lines.list"] as const)] as const;
  const restore = useApiChange("bin.restore", {
    refreshes: [...refreshes, "schedules.list", "scripts.list", "prompts.list"],
  });
  const remove = useApiChange("bin.delete", { refreshes: ["bin.list"] });
  const [leaving, setLeaving] = useState<BinItem | null>(null);
  const kindOf = ({ resource }: Pick<BinItem, "resource">) => (isKind(resource) ? t(`kind.${resource}`) : resource);
  const when = (at: string) => formatDateTime(Date.parse(at), form);
  const putBack = async ({ binId }: BinItem) => {
    remove.forget();
    const answer = await restore.run({ params: { binId } });
    if (!answer.ok) return;
    const { resource, targetId, name } = answer.value;
    const show = isKind(resource) && {
      action: {
        label: t("show"),
        onSelect: () => void navigate(`${places[resource]}/${encodeURIComponent(targetId)}`),
      },
    };
    showToast(t("restored", { name }), show || {});
  };
  return (
    <>
      <ListLayout
        header={<PageHeader title={t("title")} words={t("words")} />}
        tools={<SearchField value={address.search} onChange={address.setSearch} />}
      >
        <ProblemNotice problem={restore.problem} onDismiss={restore.forget} />
        <ProblemNotice problem={remove.problem} onDismiss={remove.forget} />
        <QueryView query={items}>
          {({ items: rows }) => (
            <DataTable
              label={t("title")}
              rows={rows}
              rowId={({ binId }) => binId}
              sort={address.sort}
              onSort={address.setSort}
              search={address.search}
              page={address.page}
              onPage={address.setPage}
              onExport={toCsv}
              columns={[
                { id: "name", header: t("name"), value: ({ name }) => name },
                { id: "kind", header: t("kind"), value: kindOf },
                {
                  id: "deletedAt",
                  header: t("deletedAt"),
                  value: ({ deletedAt }) => deletedAt,
                  text: ({ deletedAt }) => when(deletedAt),
                  cell: ({ deletedAt }) => when(deletedAt),
                },
                { id: "deletedBy", header: t("deletedBy"), value: ({ deletedBy }) => deletedBy ?? t("nobody") },
                {
                  id: "expiresAt",
                  header: t("expiresAt"),
                  value: ({ expiresAt }) => expiresAt,
                  text: ({ expiresAt }) => when(expiresAt),
                  cell: ({ expiresAt }) => when(expiresAt),
                },
                {
                  id: "actions",
                  header: t("actions"),
                  value: () => "",
                  text: null,
                  sortable: false,
                  cell: (item) => (
                    <span className={styles.actions}>
                      <Button icon={Undo2} disabled={restore.busy} onClick={() => void putBack(item)}>
                        {t("restore")}
                        <span className={styles.unseen}> {item.name}</span>
                      </Button>
                      <IconButton
                        icon={Trash2}
                        label={t("delete", { name: item.name })}
                        onClick={() => setLeaving(item)}
                      />
                    </span>
                  ),
                },
              ]}
              empty={
                address.search === "" ? (
                  <EmptyState icon={Trash2} title={t("none")}>
                    {t("noneWords")}
                  </EmptyState>
                ) : (
                  <EmptyState
                    icon={SearchX}
                    title={common("notFound")}
                    action={<Button onClick={() => address.setSearch("")}>{common("showAll")}</Button>}
                  />
                )
              }
            />
          )}
        </QueryView>
      </ListLayout>
      {leaving && (
        <Dialog
          title={t("delete", { name: leaving.name })}
          size="small"
          onClose={() => setLeaving(null)}
          actions={
            <>
              <Button onClick={() => setLeaving(null)}>{t("keep")}</Button>
              <Button
                kind="danger"
                onClick={async () => {
                  const { binId } = leaving;
                  setLeaving(null);
                  restore.forget();
                  await remove.run({ params: { binId } });
                }}
              >
                {t("deleteNow")}
              </Button>
            </>
          }
        >
          <p>{t("delete.words")}</p>
        </Dialog>
      )}
    </>
  );
}
