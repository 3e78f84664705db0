import type { DayFigures } from "@cordboard/api";
import { Card, formatDuration, formatTime, IconButton, SegmentedControl, Select } from "@cordboard/ui";
import { clockAt, DateField, dayAfter } from "@cordboard/ui/pages";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useOwnQueues } from "../../app/use-own-queues.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useListAddress } from "../listing/index.ts";
import { DayChart } from "./day-chart.tsx";
import { DayTotals } from "./day-totals.tsx";
import styles from "./figures.module.css";
import { OperatorTable } from "./operator-table.tsx";
import { QueueTable } from "./queue-table.tsx";
import { SlotTable } from "./slot-table.tsx";

/** A day in numbers: in total, by queue, by operator, by quarter of an hour. */
export function Page() {
  const { t } = useTranslation("figures");
  const form = useTimeForm();
  const { get, set } = useListAddress();
  const queues = useOwnQueues();
  const today = clockAt(Date.now(), form.timeZone).date;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(get("day")) ? get("day") : today;
  const slot = get("slot") === "hour" ? "hour" : "quarter";
  const queue = queues.find(({ queueId }) => queueId === get("queue"))?.queueId;
  const figures = useApiQuery(
    "figures.day",
    { query: { date, slot, ...(queue !== undefined && { queueId: queue }) } },
    { everyMs: 60_000 },
  );
  const go = (day: string | null) => set({ day: day === today ? null : day });
  return (
    <div className={styles.page}>
      <PageHeader title={t("title")} words={t("words")} />
      <div className={styles.tools}>
        <IconButton icon={ChevronLeft} label={t("dayBefore")} onClick={() => go(dayAfter(date, -1))} />
        <DateField label={t("day")} value={date} onChange={go} />
        <IconButton
          icon={ChevronRight}
          label={t("dayAfter")}
          disabled={date >= today}
          onClick={() => go(dayAfter(date, 1))}
        />
        <Select
          label={t("queue")}
          options={[
            { value: "", label: t("allQueues") },
            ...queues.map(({ queueId, name }) => ({ value: queueId, label: name })),
          ]}
          value={queue ?? ""}
          onChange={(chosen) => set({ queue: chosen })}
        />
        <SegmentedControl
          label={t("slot")}
          segments={[
            { value: "quarter", label: t("slot.quarter") },
            { value: "hour", label: t("slot.hour") },
          ]}
          value={slot}
          onChange={(chosen) => set({ slot: chosen === "quarter" ? null : chosen })}
        />
      </div>
      <QueryView query={figures}>{(day) => <Day day={day} />}</QueryView>
    </div>
  );
}

function Day({ day }: { day: DayFigures }) {
  const { t } = useTranslation("figures");
  const form = { ...useTimeForm(), timeZone: day.timeZone };
  // A whole day of noughts says less than a sentence.
  const quiet = day.calls.total === 0 && day.total.offered === 0;
  return (
    <>
      <Card title={t("total")}>
        <DayTotals day={day} />
      </Card>
      <Card title={t("overTheDay")}>
        {quiet ? <p className={styles.note}>{t("noCalls")}</p> : <DayChart day={day} form={form} />}
      </Card>
      <Card flush title={t("byQueue")}>
        <QueueTable day={day} />
      </Card>
      <Card flush title={t("byOperator")}>
        <OperatorTable day={day} />
      </Card>
      {!quiet && (
        <Card flush title={t("bySlot")}>
          <SlotTable day={day} form={form} />
        </Card>
      )}
      <p className={styles.note}>
        {t(day.serviceLevelMs === null ? "definitionsOfEach" : "definitions", {
          time: formatTime(Date.parse(day.computedAt), form),
          level: formatDuration(day.serviceLevelMs ?? 0, form.language),
          short: day.shortMs / 1000,
        })}
      </p>
    </>
  );
}
