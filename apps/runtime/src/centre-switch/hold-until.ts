import type { CentreHold } from "@cordboard/node-kit";
import { endOfDay, type Schedule, scheduleState } from "@cordboard/schedule";

/** Until when a centre stays as it was switched at `now` (UTC ms); null: until it is taken back. */
export function holdUntil(hold: CentreHold, schedule: Schedule, companyZone: string, now: number): number | null {
  switch (hold) {
    case "takenBack":
      return null;
    case "nextChange":
      return scheduleState({ ...schedule, forced: null }, companyZone, now).until;
    case "endOfDay":
      return endOfDay(schedule, companyZone, now);
  }
}
