import type { AlarmCall } from "@cordboard/api";
import { Button, Card, EmptyState, formatDateTime, Icon, PhoneNumber, useUiLanguage } from "@cordboard/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck, Phone, PhoneCall, PhoneMissed } from "lucide-react";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../app/query-view.tsx";
import { useApi } from "../../app/session-context.tsx";
import { demand } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./alarms.module.css";

/** Whom alarms have called, and what came of it. */
export function AlarmCallLog() {
  const { t } = useTranslation("alarms");
  const api = useApi();
  const calls = useInfiniteQuery({
    queryKey: ["alarms.calls"],
    initialPageParam: null,
    refetchInterval: 5_000,
    queryFn: async ({ pageParam }: { pageParam: string | null }) =>
      demand(await api.call("alarms.calls", { query: pageParam === null ? {} : { before: pageParam } })),
    getNextPageParam: (page) => page.next,
  });
  return (
    <Card flush title={t("callLog")}>
      <QueryView query={calls}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <EmptyState icon={Phone} title={t("noCalls")}>
              {t("noCallsWords")}
            </EmptyState>
          ) : (
            <ul aria-label={t("callLog")}>
              {items.map((call) => (
                <Row key={call.callId} call={call} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {calls.hasNextPage && (
        <Button kind="quiet" wide busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </Card>
  );
}

function Row({ call }: { call: AlarmCall }) {
  const { t } = useTranslation("alarms");
  const language = useUiLanguage();
  const form = useTimeForm();
  const { at, name, numberText, trial, alarms, result } = call;
  const about = trial
    ? t("isTrial")
    : new Intl.ListFormat(language).format([...new Set(alarms.map(({ kind }) => t(`short.${kind}`)))]);
  const sign = result === null ? PhoneCall : result === "confirmed" ? CircleCheck : PhoneMissed;
  return (
    <li className={styles.called}>
      <span className={styles.sign}>
        <Icon as={sign} />
        {t(result === null ? "result.going" : `result.${result}`)}
      </span>
      <span className={styles.what}>
        <strong>{name}</strong>
        <span className={styles.words}>
          <PhoneNumber text={numberText} /> · {about}
        </span>
      </span>
      <span className={styles.when}>
        <time dateTime={at}>{formatDateTime(Date.parse(at), form)}</time>
      </span>
    </li>
  );
}
