import type { ScheduleFields } from "@cordboard/api";
import { Button, Checkbox, Dialog, formatDate, Select, useUiLanguage } from "@cordboard/ui";
import { clockAt } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./holidays-dialog.module.css";
import { holidayRegions, offeredHolidays, regionOfZone } from "./offered-holidays.ts";

type Holidays = ScheduleFields["holidays"];

/** The public holidays of a region, this year's that are still to come and next year's: those that are ticked are added. */
export function HolidaysDialog({
  zone,
  taken,
  onAdd,
  onClose,
}: {
  zone: string;
  taken: Holidays;
  onAdd: (holidays: Holidays) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("schedules");
  const language = useUiLanguage();
  const [region, setRegion] = useState<string>(regionOfZone(zone));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const offered = offeredHolidays(region, clockAt(Date.now(), zone).date, language);
  const isTaken = (date: string) => taken.some((holiday) => holiday.date === date);
  const open = offered.filter(({ date }) => !isTaken(date));
  const chosen = open.filter(({ date }) => !left.has(date));
  const tick = (date: string, ticked: boolean) => {
    const next = new Set(left);
    if (ticked) next.delete(date);
    else next.add(date);
    setLeft(next);
  };
  const years = [...new Set(offered.map(({ date }) => date.slice(0, 4)))];
  return (
    <Dialog
      title={t("publicHolidays")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            kind="primary"
            disabled={chosen.length === 0}
            onClick={() => onAdd(chosen.map((one) => ({ ...one })))}
          >
            {t("addHolidays", { count: chosen.length })}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <Select
          label={t("region")}
          options={holidayRegions.map((value) => ({ value, label: t(`region.${value}`) }))}
          value={region}
          onChange={setRegion}
        />
        <div className={styles.years}>
          {years.map((year) => (
            <fieldset key={year} className={styles.year}>
              <legend>{year}</legend>
              {offered
                .filter(({ date }) => date.startsWith(year))
                .map(({ date, name }) => (
                  <Checkbox
                    key={date}
                    label={t("holidayOn", {
                      name,
                      day: formatDate(Date.parse(`${date}T12:00Z`), { language, timeZone: "UTC" }),
                    })}
                    hint={isTaken(date) ? t("takenAlready") : undefined}
                    disabled={isTaken(date)}
                    checked={isTaken(date) || !left.has(date)}
                    onChange={(event) => tick(date, event.target.checked)}
                  />
                ))}
            </fieldset>
          ))}
        </div>
        <p className={styles.tools}>
          <Button kind="quiet" onClick={() => setLeft(new Set())}>
            {t("tickAll")}
          </Button>
          <Button kind="quiet" onClick={() => setLeft(new Set(open.map(({ date }) => date)))}>
            {t("tickNone")}
          </Button>
        </p>
        <p className={styles.source}>
          {t("holidaySource")}{" "}
          <a href="https://github.com/commenthol/date-holidays" target="_blank" rel="noreferrer">
            date-holidays
          </a>
          , © commenthol,{" "}
          <a href="https://creativecommons.org/licenses/by-sa/3.0/" target="_blank" rel="license noreferrer">
            CC BY-SA 3.0
          </a>
          .
        </p>
      </div>
    </Dialog>
  );
}
