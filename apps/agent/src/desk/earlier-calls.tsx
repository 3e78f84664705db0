import type { EarlierCall } from "@cordboard/api";
import { Duration, Icon } from "@cordboard/ui";
import { History } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import styles from "./earlier-calls.module.css";
import { useTimeForm } from "./use-time-form.ts";
import { formatWhen } from "./when.ts";

type Props = { callId: string; most: number };

/** The caller's last calls: when, for what, with whom, and what became of them. Says nothing while it does not know, or when it cannot. */
export function EarlierCalls({ callId, most }: Props) {
  const { desk } = useDesk();
  const { t } = useTranslation("desk");
  const ask = useCallback(() => desk.ask("desk.earlierCalls", { params: { callId } }), [desk, callId]);
  const { value } = useAnswer(ask, callId);
  if (value === null) return null;
  const { items } = value;
  if (items.length === 0) return <p className={styles.none}>{t("earlier.none")}</p>;
  const more = items.length - most;
  return (
    <section className={styles.earlier} aria-label={t("earlier.title")}>
      <h3 className={styles.title}>
        <Icon as={History} />
        {t("earlier.title")}
      </h3>
      <ul>
        {items.slice(0, most).map((call) => (
          <li key={call.startedAt} className={styles.call}>
            <EarlierLine call={call} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.none}>{t("earlier.more", { count: more })}</p>}
    </section>
  );
}

function EarlierLine({ call }: { call: EarlierCall }) {
  const { t } = useTranslation("desk");
  const form = useTimeForm();
  const now = useServerNow(60_000);
  const place = call.queueName ?? call.lineName;
  const about = [
    call.direction === "outbound" ? t("earlier.outbound") : null,
    place,
    call.operatorName,
    call.result === "answered" ? null : t(`earlier.result.${call.result}`),
  ].filter((part) => part !== null);
  return (
    <>
      <time dateTime={call.startedAt}>{formatWhen(Date.parse(call.startedAt), now, form)}</time>
      {about.map((part) => `\u00a0· ${part}`)}
      {call.talkMs > 0 && (
        <>
          {"\u00a0· "}
          <Duration ms={call.talkMs} />
        </>
      )}
    </>
  );
}
