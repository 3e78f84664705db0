import type { OperatorOutlook, QueueOutlook } from "@cordboard/api";
import { Card, formatTime, Icon, useUiLanguage } from "@cordboard/ui";
import { CircleCheck, TrendingDown, TrendingUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./outlook-card.module.css";

/** What the queues face in the coming hour, and what to do about it, each in a sentence. */
export function OutlookCard() {
  const { t } = useTranslation("live");
  const outlook = useApiQuery("live.congestion", {}, { everyMs: 60_000 });
  return (
    <Card title={t("outlook")}>
      <QueryView query={outlook}>
        {({ queues, operators }) => (
          <>
            <ul className={styles.list}>
              {queues.map((queue) => (
                <Row key={queue.queueId} queue={queue} />
              ))}
            </ul>
            {operators.length > 0 && <Operators operators={operators} />}
          </>
        )}
      </QueryView>
      <p className={styles.words}>{t("outlookWords")}</p>
    </Card>
  );
}

const hours = [
  ["lastHour", "outlookHour"],
  ["usual", "outlookUsually"],
  ["coming", "outlookComing"],
] as const;

/** Who is signed in: the last hour beside that of past weeks, and what comes. */
function Operators({ operators }: { operators: readonly OperatorOutlook[] }) {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const figure = (hour: OperatorOutlook["usual"]) =>
    hour === null
      ? t("outlookNothing")
      : t("outlookFigure", {
          count: Math.round(hour.calls),
          busy: hour.busy === null ? t("outlookNothing") : percent.format(hour.busy),
        });
  return (
    <>
      <table className={styles.operators} aria-label={t("outlookOperators")}>
        <thead>
          <tr>
            <th scope="col">{t("outlookOperator")}</th>
            {hours.map(([hour, word]) => (
              <th key={hour} scope="col">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {operators.map((operator) => (
            <tr key={operator.operatorId}>
              <th scope="row">{operator.name}</th>
              {hours.map(([hour, word]) => (
                <td key={hour} data-label={t(word)}>
                  {figure(operator[hour])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.words}>{t("outlookOperatorWords")}</p>
    </>
  );
}

const signs = { more: TrendingUp, fewer: TrendingDown, enough: CircleCheck, noHistory: CircleCheck } as const;

function Row({ queue }: { queue: QueueOutlook }) {
  const { t } = useTranslation("live");
  const form = useTimeForm();
  const { name, advice, lastHour, slots, signedIn } = queue;
  const time = (at: string) => formatTime(Date.parse(at), form);
  const whole = (count: number) => Math.round(count);
  return (
    <li className={styles.row} data-kind={advice.kind}>
      <Icon as={signs[advice.kind]} />
      <div>
        <p>
          {t(`advice.${advice.kind}`, {
            queue: name,
            count: advice.count,
            from: advice.from === null ? "" : time(advice.from),
          })}
        </p>
        <p className={styles.words}>
          {lastHour.usual === null
            ? t("lastHour", { count: lastHour.calls })
            : t("lastHourUsual", { count: lastHour.calls, usual: whole(lastHour.usual) })}
          {" · "}
          {t("signedInNow", { count: signedIn })}
        </p>
        {advice.kind !== "noHistory" && (
          <dl className={styles.slots}>
            {slots.map(({ from, calls, needed }) => (
              <div key={from}>
                <dt>{time(from)}</dt>
                <dd>{t("slot", { calls: whole(calls), count: needed })}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}
