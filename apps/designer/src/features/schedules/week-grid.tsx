import { Button, IconButton } from "@cordboard/ui";
import { TimeInput } from "@cordboard/ui/pages";
import { CopyPlus, Plus, X } from "lucide-react";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { DayBar } from "./day-bar.tsx";
import { ReadOnlySchedule } from "./read-only.ts";
import styles from "./week-grid.module.css";
import { addStretch, type DayHours, moveEnd, removeStretch, type Week, type WeekDay, weekDays } from "./week-hours.ts";

/** The weekly timetable: painted with the pointer, or written as times with the keyboard. */
export function WeekGrid({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const { t } = useTranslation("schedules");
  const readOnly = useContext(ReadOnlySchedule);
  const set = (day: WeekDay, hours: DayHours) => onChange({ ...week, [day]: hours });
  return (
    <section className={styles.week} aria-label={t("week")}>
      <div className={styles.head}>
        <h3>{t("week")}</h3>
        {week.mon.length > 0 && !readOnly && (
          <Button
            kind="quiet"
            icon={CopyPlus}
            onClick={() => onChange({ ...week, tue: week.mon, wed: week.mon, thu: week.mon, fri: week.mon })}
          >
            {t("untilFriday")}
          </Button>
        )}
      </div>
      <p className={styles.hint}>{t("weekHint")}</p>
      <div className={styles.scale} aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{t("hour", { hour })}</span>
        ))}
      </div>
      {weekDays.map((day) => (
        <DayRow key={day} name={t(`day.${day}`)} hours={week[day]} onChange={(hours) => set(day, hours)} />
      ))}
    </section>
  );
}

type RowProps = { name: string; hours: DayHours; onChange: (hours: DayHours) => void };

/** The hours of one day. */
export function DayRow({ name, hours, onChange }: RowProps) {
  const { t } = useTranslation("schedules");
  const readOnly = useContext(ReadOnlySchedule);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would lie inside the form's own
    <div className={styles.day} role="group" aria-label={name}>
      <span className={styles.name}>{name}</span>
      <DayBar hours={hours} onChange={onChange} readOnly={readOnly} />
      <div className={styles.times}>
        {hours.length === 0 && <span className={styles.closed}>{t("closed")}</span>}
        {hours.map(([from, until], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field keeps the focus while its time changes
          <span key={at} className={styles.stretch}>
            <TimeInput
              label={t("from", { day: name })}
              hideLabel
              value={from}
              onChange={(time) => onChange(moveEnd(hours, at, 0, time))}
            />
            –
            <TimeInput
              label={t("until", { day: name })}
              hideLabel
              value={until}
              onChange={(time) => onChange(moveEnd(hours, at, 1, time))}
            />
            <IconButton
              icon={X}
              label={t("removeHours", { day: name, from, until })}
              onClick={() => onChange(removeStretch(hours, at))}
            />
          </span>
        ))}
        <IconButton icon={Plus} label={t("addHours", { day: name })} onClick={() => onChange(addStretch(hours))} />
      </div>
    </div>
  );
}
