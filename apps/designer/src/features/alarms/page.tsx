import { type Alarm, isAllowed } from "@cordboard/api";
import { Button, Card, EmptyState, formatDateTime, formatDuration, Icon, useNow, useUiLanguage } from "@cordboard/ui";
import { ToastRegion } from "@cordboard/ui/pages";
import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApi, useSignedIn } from "../../app/session-context.tsx";
import { demand } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { AlarmCallLog } from "./alarm-call-log.tsx";
import { AlarmSettingsCard } from "./alarm-settings.tsx";
import styles from "./alarms.module.css";

/** The technical alarms: what goes on, what was, and whom they reach. */
export function Page() {
  const { t } = useTranslation("alarms");
  const { role } = useSignedIn();
  const api = useApi();
  const alarms = useInfiniteQuery({
    queryKey: ["alarms.list"],
    initialPageParam: null,
    refetchInterval: 10_000,
    queryFn: async ({ pageParam }: { pageParam: string | null }) =>
      demand(await api.call("alarms.list", { query: pageParam === null ? {} : { before: pageParam } })),
    getNextPageParam: (page) => page.next,
  });
  return (
    <div className={styles.page}>
      <PageHeader title={t("title")} words={t("words")} />
      <Card flush title={t("list")}>
        <QueryView query={alarms}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            return items.length === 0 ? (
              <EmptyState icon={CircleCheck} title={t("none")}>
                {t("noneWords")}
              </EmptyState>
            ) : (
              <ul aria-label={t("list")}>
                {items.map((alarm) => (
                  <Row key={alarm.alarmId} alarm={alarm} />
                ))}
              </ul>
            );
          }}
        </QueryView>
        {alarms.hasNextPage && (
          <Button kind="quiet" wide busy={alarms.isFetchingNextPage} onClick={() => void alarms.fetchNextPage()}>
            {t("older")}
          </Button>
        )}
      </Card>
      {isAllowed(role, "write", "alarms") && <AlarmSettingsCard />}
      <AlarmCallLog />
      <ToastRegion />
    </div>
  );
}

function Row({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation("alarms");
  const language = useUiLanguage();
  const form = useTimeForm();
  const now = useNow(30_000);
  const { kind, about, since, endedAt, confirmed } = alarm;
  const begun = Date.parse(since);
  const lasted = formatDuration((endedAt === null ? now : Date.parse(endedAt)) - begun, language);
  return (
    <li className={styles.row} data-open={endedAt === null || undefined}>
      <span className={styles.sign}>
        <Icon as={endedAt === null ? TriangleAlert : CircleCheck} />
        {t(endedAt === null ? "open" : "over")}
      </span>
      <span className={styles.what}>
        <strong>{t(`kind.${kind}`, { about })}</strong>
        <span className={styles.words}>{t(`remedy.${kind}`)}</span>
        {confirmed && (
          <span className={styles.words}>
            {t("confirmedBy", { who: confirmed.name, at: formatDateTime(Date.parse(confirmed.at), form) })}
          </span>
        )}
      </span>
      <span className={styles.when}>
        <time dateTime={since}>{formatDateTime(begun, form)}</time>
        <span className={styles.words}>{t(endedAt === null ? "goesOn" : "lasted", { duration: lasted })}</span>
      </span>
    </li>
  );
}
