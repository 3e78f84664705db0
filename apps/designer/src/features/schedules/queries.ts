import type { Schedule, ScheduleFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

/** The schedules: what the page reads and changes. Read again every minute: what holds now changes by itself. */
export function useSchedules(): Resource<Schedule, ScheduleFields> {
  const list = useApiQuery("schedules.list", {}, { everyMs: 60_000 });
  const create = useApiChange("schedules.create", { refreshes });
  const change = useApiChange("schedules.change", { refreshes });
  const remove = useApiChange("schedules.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.scheduleId,
    fieldsOf,
    create: (fields) => create.run({ body: fields }),
    change: (item, fields) =>
      change.run({ params: { scheduleId: item.scheduleId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { scheduleId: item.scheduleId } }),
    bringBack: (item) => create.run({ body: fieldsOf(item) }),
  };
}

/** Forces a schedule open or closed, or gives it back to its timetable: holds at once. */
export function useForce() {
  return useApiChange("schedules.force", { refreshes });
}

const refreshes = ["schedules.list"] as const;

function fieldsOf({ name, timeZone, week, holidays }: Schedule): ScheduleFields {
  return { name, timeZone, week, holidays };
}
