import { type AuditEntry, resources } from "@cordboard/api";
import { Button, EmptyState, formatDateTime, Icon, Select } from "@cordboard/ui";
import { DateField, dayAfter, instantOf } from "@cordboard/ui/pages";
import { Download, ScrollText, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { ListLayout, useListAddress } from "../listing/index.ts";
import styles from "./audit.module.css";
import { changedMembers } from "./changed-members.ts";
import { useAudit } from "./queries.ts";
import { useWrittenValue } from "./use-written-value.ts";

/** What can be changed by hand, so what the log may tell of. */
const logged = resources.filter((resource) => !["desk", "audit"].includes(resource));

/** The audit log: every administrative change, who made it, when, and what became of what. */
export function Page() {
  const { t } = useTranslation("audit");
  const { get, set } = useListAddress();
  const { timeZone, language } = useTimeForm();
  const users = useApiQuery("users.list", {});
  const resource = logged.find((each) => each === get("resource"));
  const user = (users.data?.items ?? []).find(({ userId }) => userId === get("user"))?.userId;
  const from = instantOf(get("from"), "00:00", timeZone);
  const until = instantOf(get("to"), "00:00", timeZone) && instantOf(dayAfter(get("to"), 1), "00:00", timeZone);
  const filter = {
    ...(resource !== undefined && { resource }),
    ...(user !== undefined && { userId: user }),
    ...(from !== null && { from }),
    ...(until !== null && { until }),
  };
  const entries = useAudit(filter);
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <ListLayout
      header={
        <PageHeader
          title={t("title")}
          words={t("words")}
          actions={
            <a
              className={styles.download}
              href={`/api/audit/export?${new URLSearchParams({ ...filter, language })}`}
              download
            >
              <Icon as={Download} /> {t("export")}
            </a>
          }
        />
      }
      tools={
        <>
          <Select
            label={t("what")}
            options={[
              { value: "", label: t("all") },
              ...logged.map((value) => ({ value, label: t(`resource.${value}`) })),
            ]}
            value={resource ?? ""}
            onChange={(chosen) => set({ resource: chosen })}
          />
          <Select
            label={t("who")}
            options={[
              { value: "", label: t("everybody") },
              ...(users.data?.items ?? []).map(({ userId, name }) => ({ value: userId, label: name })),
            ]}
            value={user ?? ""}
            onChange={(chosen) => set({ user: chosen })}
          />
          <DateField label={t("fromDay")} value={get("from") || null} onChange={(day) => set({ from: day })} />
          <DateField label={t("toDay")} value={get("to") || null} onChange={(day) => set({ to: day })} />
        </>
      }
    >
      <QueryView query={entries}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return isNarrowed ? (
              <EmptyState
                icon={SearchX}
                title={t("notFound")}
                action={
                  <Button onClick={() => set({ resource: "", user: "", from: "", to: "" })}>{t("showAll")}</Button>
                }
              />
            ) : (
              <EmptyState icon={ScrollText} title={t("none")}>
                {t("noneWords")}
              </EmptyState>
            );
          }
          return (
            <ol aria-label={t("title")}>
              {items.map((entry) => (
                <Entry key={entry.auditId} entry={entry} />
              ))}
            </ol>
          );
        }}
      </QueryView>
      {entries.hasNextPage && (
        <Button kind="quiet" wide busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </ListLayout>
  );
}

/** One change: who, when, what; and on request member by member. */
function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  const form = useTimeForm();
  const changes = changedMembers(entry, useWrittenValue(entry));
  const target = entry.numberTexts[entry.targetName ?? ""] ?? entry.names[entry.targetName ?? ""] ?? entry.targetName;
  const kind = entry.before === null ? "created" : entry.after === null ? "deleted" : "changed";
  return (
    <li className={styles.entry}>
      <time className={styles.time} dateTime={entry.at}>
        {formatDateTime(Date.parse(entry.at), form)}
      </time>
      <div className={styles.what}>
        <p>
          <strong>{entry.by.name ?? t(`by.${entry.by.kind}`)}</strong>
          {(entry.by.kind === "apiKey" || entry.by.kind === "identityProvider") &&
            entry.by.name !== null &&
            ` (${t(`by.${entry.by.kind}`)})`}{" "}
          · {t(`resource.${entry.resource}`)}
          {target !== null && ` ${t("target", { name: target })}`} · {t(kind)}
        </p>
        <p className={styles.route}>
          <code>{entry.action}</code>
          {entry.address !== null && ` · ${entry.address}`}
        </p>
        {changes.length > 0 && (
          <details>
            <summary className={styles.more}>{t("members", { count: changes.length })}</summary>
            <dl className={styles.members}>
              {changes.map(({ name, before, after }) => (
                <div key={name} className={styles.member}>
                  <dt>{name}</dt>
                  <dd>
                    {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}
