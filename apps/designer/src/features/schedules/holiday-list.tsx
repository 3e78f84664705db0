import type { ScheduleFields } from "@cordboard/api";
import { Button, Checkbox, IconButton, TextField } from "@cordboard/ui";
import { DateField } from "@cordboard/ui/pages";
import { CalendarPlus, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./holiday-list.module.css";
import { ReadOnlySchedule } from "./read-only.ts";
import { DayRow } from "./week-grid.tsx";

/** With the days of fifteen years, which the page does not need. */
const HolidaysDialog = lazy(() =>
  import("./public-holidays/holidays-dialog.tsx").then((one) => ({ default: one.HolidaysDialog })),
);

type Holidays = ScheduleFields["holidays"];

/** Days that are unlike their weekday: closed all day as a holiday, or with hours of their own. */
export function HolidayList({
  holidays,
  zone,
  onChange,
}: {
  holidays: Holidays;
  /** The schedule's. */
  zone: string;
  onChange: (holidays: Holidays) => void;
}) {
  const { t } = useTranslation("schedules");
  const isReadOnly = useContext(ReadOnlySchedule);
  const [offering, setOffering] = useState(false);
  const set = (at: number, holiday: Holidays[number]) =>
    onChange(holidays.map((each, index) => (index === at ? holiday : each)));
  return (
    <section className={styles.list} aria-label={t("holidays")}>
      <h3>{t("holidays")}</h3>
      <p className={styles.hint}>{t("holidaysHint")}</p>
      {holidays.map((holiday, at) => {
        const { hours, ...rest } = holiday;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its fields while its date and name are written
          <div key={at} className={styles.holiday}>
            <div className={styles.line}>
              <DateField
                label={t("date")}
                value={holiday.date === "" ? null : holiday.date}
                onChange={(date) => set(at, { ...holiday, date: date ?? "" })}
              />
              <TextField
                label={t("holidayName")}
                value={holiday.name}
                onChange={(event) => set(at, { ...holiday, name: event.target.value })}
                required
              />
              <IconButton
                icon={Trash2}
                label={t("removeHoliday", { name: holiday.name })}
                onClick={() => onChange(holidays.filter((_, index) => index !== at))}
              />
            </div>
            <Checkbox
              label={t("ownHours")}
              checked={hours !== undefined}
              onChange={(event) => set(at, event.target.checked ? { ...rest, hours: [["08:30", "12:00"]] } : rest)}
            />
            {hours !== undefined && (
              <DayRow
                name={holiday.name || t("thatDay")}
                hours={hours}
                onChange={(changed) => set(at, { ...rest, hours: changed })}
              />
            )}
          </div>
        );
      })}
      <p className={styles.line}>
        <Button icon={Plus} onClick={() => onChange([...holidays, { date: "", name: "" }])}>
          {t("addHoliday")}
        </Button>
        {!isReadOnly && (
          <Button icon={CalendarPlus} onClick={() => setOffering(true)}>
            {t("offerHolidays")}
          </Button>
        )}
      </p>
      {offering && (
        <Suspense fallback={null}>
          <HolidaysDialog
            zone={zone}
            taken={holidays}
            onAdd={(added) => {
              onChange([...holidays, ...added].sort((a, b) => a.date.localeCompare(b.date)));
              setOffering(false);
            }}
            onClose={() => setOffering(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
