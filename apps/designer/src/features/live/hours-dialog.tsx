import { Dialog, EmptyState } from "@cordboard/ui";
import { CalendarClock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { ForceState } from "../schedules/index.ts";
import styles from "./dialogs.module.css";

/** Opens or closes now, by the schedules that flows and queues ask: at once, for the next call, until the moment that is given. */
export function HoursDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("live");
  const schedules = useApiQuery("schedules.list", {}, { everyMs: 30_000 });
  return (
    <Dialog title={t("hours")} onClose={onClose}>
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
