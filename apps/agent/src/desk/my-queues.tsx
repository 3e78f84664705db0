import type { AgentQueue } from "@cordboard/api";
import { Checkbox, Duration } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import styles from "./my-queues.module.css";

/** The queues that the operator may serve: which are ticked, how many callers wait there and how long the first one has. */
export function MyQueues({ queues, counts = true }: { queues: readonly AgentQueue[]; counts?: boolean }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const ticked = state.queuesWished ?? queues.filter((queue) => queue.ticked).map((queue) => queue.queueId);
  return (
    <section className={styles.queues} aria-labelledby="my-queues">
      <h2 id="my-queues" className={styles.title}>
        {t("queues.title")}
      </h2>
      {queues.length === 0 && <p className={styles.none}>{t("queues.none")}</p>}
      <ul>
        {queues.map((queue) => (
          <li key={queue.queueId} className={styles.queue}>
            <Checkbox
              label={queue.name}
              checked={ticked.includes(queue.queueId)}
              onChange={(event) => {
                const others = ticked.filter((id) => id !== queue.queueId);
                void desk.tickQueues(event.target.checked ? [...others, queue.queueId] : others);
              }}
              detail={counts ? <Waiting queue={queue} /> : undefined}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting({ queue }: { queue: AgentQueue }) {
  const { t } = useTranslation("desk");
  const now = useServerNow();
  const closed = queue.closed === true && `${t("queues.closed")} · `;
  if (queue.waiting === 0) {
    return (
      <>
        {closed}
        {t("queues.nobody")}
      </>
    );
  }
  return (
    <>
      {closed}
      {t("queues.waiting", { count: queue.waiting })}
      {queue.longestSince !== null && (
        <span className={styles.longest}>
          <Duration ms={now - Date.parse(queue.longestSince)} />
        </span>
      )}
    </>
  );
}
