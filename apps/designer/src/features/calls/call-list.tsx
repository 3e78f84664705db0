import type { CallSummary } from "@cordboard/api";
import { Button, Duration, EmptyState, formatDateTime, PhoneNumber } from "@cordboard/ui";
import { type DataColumn, DataTable } from "@cordboard/ui/pages";
import { Phone, PhoneOutgoing } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import { ListLayout, useListAddress } from "../listing/index.ts";
import { callFilter } from "./call-filter.ts";
import styles from "./call-list.module.css";
import { Filters } from "./filters.tsx";
import { peopleOf, useCalls } from "./queries.ts";

/** The calls that were and that are, found by number, day, line, queue, operator and result. */
export function CallList() {
  const { t } = useTranslation("calls");
  const form = useTimeForm();
  const address = useListAddress();
  const calls = useCalls(callFilter(address.get, form.timeZone));
  const columns: readonly DataColumn<CallSummary>[] = [
    {
      id: "started",
      header: t("started"),
      sortable: false,
      value: (call) => call.startedAt,
      cell: (call) => (
        <Link to={`/calls/${call.callId}${address.query}`}>
          <time dateTime={call.startedAt}>{formatDateTime(Date.parse(call.startedAt), form)}</time>
        </Link>
      ),
    },
    {
      id: "from",
      header: t("from"),
      sortable: false,
      value: (call) => (call.direction === "inbound" ? call.fromText : call.toText),
      cell: (call) =>
        call.direction === "inbound" ? (
          <PhoneNumber text={call.fromText} />
        ) : (
          <span className={styles.placed} title={t("placedTo")}>
            <PhoneOutgoing size={14} role="img" aria-label={t("placedTo")} />
            <PhoneNumber text={call.toText} />
          </span>
        ),
    },
    {
      id: "line",
      header: t("line"),
      sortable: false,
      value: (call) => call.lineName ?? (call.direction === "inbound" ? call.toText : call.fromText),
    },
    {
      id: "result",
      header: t("result"),
      sortable: false,
      value: (call) => (call.result === null ? t("running") : t(`result.${call.result}`)),
    },
    { id: "people", header: t("people"), sortable: false, value: peopleOf, spare: true },
    {
      id: "wait",
      header: t("wait"),
      sortable: false,
      align: "end",
      value: (call) => call.waitMs,
      cell: (call) => <Duration ms={call.waitMs} />,
      spare: true,
    },
    {
      id: "talk",
      header: t("talk"),
      sortable: false,
      align: "end",
      value: (call) => call.talkMs,
      cell: (call) => <Duration ms={call.talkMs} />,
      spare: true,
    },
    {
      id: "duration",
      header: t("duration"),
      sortable: false,
      align: "end",
      value: (call) => call.durationMs,
      cell: (call) => <Duration ms={call.durationMs} />,
    },
  ];
  return (
    <ListLayout header={<PageHeader title={t("title")} words={t("words")} />} tools={<Filters address={address} />}>
      <QueryView query={calls}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          return (
            <DataTable
              label={t("title")}
              rows={rows}
              columns={columns}
              rowId={(call) => call.callId}
              sort={null}
              onSort={() => undefined}
              pageSize={Math.max(1, rows.length)}
              empty={
                <EmptyState icon={Phone} title={t("none")}>
                  {t("noneWords")}
                </EmptyState>
              }
            />
          );
        }}
      </QueryView>
      {calls.hasNextPage && (
        <Button kind="quiet" wide busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </ListLayout>
  );
}
