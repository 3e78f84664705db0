import { SegmentedControl } from "@cordboard/ui";
import { clockAt, DateField, dayAfter, instantOf, TimeInput } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../../../app/use-time-form.ts";
import styles from "./dialogs.module.css";

/** When what is published goes into service: now, or at a day and time by the company's clock. */
export interface PublishTime {
  readonly later: boolean;
  /** ISO 8601, UTC; null: now, or no day is chosen. */
  readonly at: string | null;
  readonly date: string | null;
  readonly time: string;
  set(change: Partial<Pick<PublishTime, "later" | "date" | "time">>): void;
}

/** Proposes the next morning. */
export function usePublishTime(): PublishTime {
  const { timeZone } = useTimeForm();
  const [later, setLater] = useState(false);
  const [date, setDate] = useState<string | null>(() => dayAfter(clockAt(Date.now(), timeZone).date, 1));
  const [time, setTime] = useState("08:00");
  return {
    ...{ later, date, time },
    at: later && date !== null ? instantOf(date, time, timeZone) : null,
    set(change) {
      if (change.later !== undefined) setLater(change.later);
      if (change.date !== undefined) setDate(change.date);
      if (change.time !== undefined) setTime(change.time);
    },
  };
}

export function PublishTimeChoice({ when, asked }: { when: PublishTime; asked: boolean }) {
  const { t } = useTranslation("editor");
  const { later, date, time, at, set } = when;
  const error = asked && at === null ? t("publish.dayMissing") : undefined;
  return (
    <div className={styles.when}>
      <SegmentedControl
        label={t("publish.when")}
        segments={[
          { value: "now", label: t("publish.now") },
          { value: "later", label: t("publish.later") },
        ]}
        value={later ? "later" : "now"}
        onChange={(chosen) => set({ later: chosen === "later" })}
      />
      {later && (
        <>
          <DateField label={t("publish.day")} value={date} onChange={(day) => set({ date: day })} error={error} />
          <TimeInput label={t("publish.time")} value={time} onChange={(chosen) => set({ time: chosen })} />
        </>
      )}
    </div>
  );
}
