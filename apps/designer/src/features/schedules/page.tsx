import type { ScheduleFields } from "@cordboard/api";
import { CalendarClock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ResourcePage } from "../listing/index.ts";
import { useSchedules } from "./queries.ts";
import { ScheduleFieldsForm } from "./schedule-fields.tsx";
import { StateNow } from "./state-now.tsx";

/** The schedules: when something is open, what holds now, and what was forced by hand. */
export function Page() {
  const { t } = useTranslation("schedules");
  return (
    <ResourcePage
      path="schedules"
      resourceName="schedules"
      usedKind="schedule"
      resource={useSchedules()}
      icon={CalendarClock}
      blank={blank}
      Fields={ScheduleFieldsForm}
      wide
      columns={[
        { id: "name", header: t("name"), value: (schedule) => schedule.name },
        {
          id: "now",
          header: t("now"),
          value: (schedule) => t(`state.${schedule.current.state}`),
          cell: (schedule) => <StateNow schedule={schedule} />,
        },
        {
          id: "holidays",
          header: t("holidays"),
          align: "end",
          value: (schedule) => schedule.holidays.length,
          spare: true,
        },
      ]}
    />
  );
}

const usual: ScheduleFields["week"]["mon"] = [
  ["08:30", "12:00"],
  ["14:00", "18:00"],
];
const blank: ScheduleFields = {
  name: "",
  timeZone: null,
  week: { mon: usual, tue: usual, wed: usual, thu: usual, fri: usual, sat: [], sun: [] },
  holidays: [],
};
