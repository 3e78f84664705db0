import { type LiveBoard, type LiveQueue, queueAlarms } from "@cordboard/api";
import { EmptyState, formatDuration, Icon, useUiLanguage } from "@cordboard/ui";
import { DoorClosed, TriangleAlert, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAlarmWords } from "./alarm-words.ts";
import { useOpeningWords } from "./opening-words.ts";
import styles from "./tables.module.css";

/** Every queue with its figures of now and of the day. What rings is tinted and says why, at a place kept for it. */
export function QueueTable({
  board,
  now,
  onCallers,
}: {
  board: LiveBoard;
  now: number;
  onCallers: (queueId: string) => void;
}) {
  const { t } = useTranslation("live");
  if (board.queues.length === 0)
    return (
      <EmptyState icon={Users} title={t("noQueue")}>
        {t("noQueueWords")}
      </EmptyState>
    );
  return (
    <table className={styles.table} aria-label={t("queues")}>
      <thead>
        <tr>
          <th scope="col" className={styles.wide}>
            {t("queue")}
          </th>
          {columnNames.map((name) => (
            <th key={name} scope="col" className={styles.figure}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {board.queues.map((queue) => (
          <Row key={queue.queueId} queue={queue} now={now} onCallers={() => onCallers(queue.queueId)} />
        ))}
      </tbody>
    </table>
  );
}

const columnNames = [
  ...(["waiting", "longest", "expected", "staffed", "halfHour", "day", "answered", "abandoned", "callbacks"] as const),
];

function Row({ queue, now, onCallers }: { queue: LiveQueue; now: number; onCallers: () => void }) {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  const say = useAlarmWords();
  const alarms = queueAlarms(queue, now);
  const standing = useOpeningWords()(queue);
  const { name, goal, waiting, longestSince, signedIn, available, day, halfHour } = queue;
  const longest = longestSince === null ? "–" : formatDuration(now - Date.parse(longestSince), language);
  const { expectedWaitMs } = queue;
  const expected = expectedWaitMs === null ? "–" : formatDuration(expectedWaitMs, language);
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const share = (level: number | null) => (level === null ? "–" : percent.format(level));
  const figures = [
    ["waiting", waiting, alarms.includes("waiting") || alarms.includes("nobodySignedIn")],
    ["longest", longest, alarms.includes("longest")],
    ["expected", expected, false],
    ["staffed", t("staffedOf", { available, signedIn }), alarms.includes("nobodySignedIn")],
    ["halfHour", share(halfHour.serviceLevel), alarms.includes("serviceLevel")],
    ["day", share(day.serviceLevel), false],
    ["answered", day.answered, false],
    ["abandoned", day.abandoned, false],
    ["callbacks", queue.callbacks, false],
  ] as const;
  return (
    <tr data-alarm={alarms.length > 0 || undefined}>
      <th scope="row" className={styles.wide}>
        <button type="button" className={styles.open} onClick={onCallers}>
          {name}
        </button>
        {queue.opening?.open === false && (
          <span className={styles.closed}>
            <Icon as={DoorClosed} />
            {t("opening.closedMark")}
          </span>
        )}
        <span
          className={styles.words}
          title={[...alarms.map((alarm) => say(queue, alarm)), standing ?? ""].join(" ").trim()}
        >
          {alarms.length > 0 ? (
            <>
              <Icon as={TriangleAlert} />
              <span className={styles.said}>{alarms.map((alarm) => say(queue, alarm)).join(" ")}</span>
            </>
          ) : (
            <span className={styles.goal}>
              {standing ?? t("goal", { percent: goal.percent, within: formatDuration(goal.withinMs, language) })}
            </span>
          )}
        </span>
      </th>
      {figures.map(([label, value, rings]) => (
        <td key={label} className={styles.figure} data-label={t(label)} data-rings={rings || undefined}>
          {value}
        </td>
      ))}
    </tr>
  );
}
