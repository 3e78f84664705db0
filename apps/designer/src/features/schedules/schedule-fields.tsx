import type { Schedule, ScheduleFields } from "@cordboard/api";
import { TextField } from "@cordboard/ui";
import { ComboBox } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useMay } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import { type FieldsProps, timeZones } from "../listing/index.ts";
import { ForceState } from "./force-state.tsx";
import { HolidayList } from "./holiday-list.tsx";
import { ReadOnlySchedule } from "./read-only.ts";
import { WeekGrid } from "./week-grid.tsx";

/** A schedule: what holds now, its week, and the days that are unlike the others. */
export function ScheduleFieldsForm({ fields, set, item }: FieldsProps<Schedule, ScheduleFields>) {
  const { t } = useTranslation("schedules");
  const may = useMay();
  const company = useTimeForm();
  return (
    <ReadOnlySchedule value={!may("write", "schedules")}>
      {item !== null && <ForceState key={JSON.stringify(item.forced)} item={item} />}
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <WeekGrid week={fields.week} onChange={(week) => set({ week })} />
      <HolidayList
        holidays={fields.holidays}
        zone={fields.timeZone ?? company.timeZone}
        onChange={(holidays) => set({ holidays })}
      />
      <ComboBox
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        placeholder={t("companyZone", { zone: company.timeZone })}
        options={timeZones().map((zone) => ({ value: zone, label: zone }))}
        value={fields.timeZone}
        onChange={(timeZone) => set({ timeZone })}
      />
    </ReadOnlySchedule>
  );
}
