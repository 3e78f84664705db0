import type { LiveBoard } from "@cordboard/api";
import { Dialog, EmptyState, Select } from "@cordboard/ui";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { ForceState } from "../schedules/index.ts";
import styles from "./dialogs.module.css";
import { OpenQueue } from "./open-queue.tsx";

/** Opens or closes now, a queue by hand or by the schedules that flows and queues ask: at once, for the next call, until the moment that is given. */
export function HoursDialog({ board, onClose }: { board: LiveBoard; onClose: () => void }) {
  const { t } = useTranslation("live");
  const [queueId, setQueueId] = useState(board.queues[0]?.queueId ?? null);
  const queue = board.queues.find((one) => one.queueId === queueId);
  const schedules = useApiQuery("schedules.list", {}, { everyMs: 30_000 });
  return (
    <Dialog title={t("hours")} onClose={onClose}>
      {board.queues.length > 0 && (
        <section className={styles.sections}>
          <h3>{t("opening.queues")}</h3>
          <Select
            label={t("queue")}
            options={board.queues.map(({ queueId: value, name }) => ({ value, label: name }))}
            value={queueId}
            onChange={setQueueId}
          />
          {queue && <OpenQueue key={queue.queueId} queue={queue} />}
        </section>
      )}
      <h3>{t("opening.schedules")}</h3>
      <QueryView query={schedules}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={CalendarClock} title={t("noHours")}>
              {t("noHoursWords")}
            </EmptyState>
          ) : (
            <ul className={styles.hours}>
              {items.map((schedule) => (
                <li key={schedule.scheduleId}>
                  <ForceState item={schedule} title={schedule.name} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Dialog>
  );
}
