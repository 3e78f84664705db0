import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { HoursConfig } from "./config.ts";

/** Asks how the schedule stands at this moment and goes where that leads; what the caller hears goes on meanwhile. */
export function hoursStates({ schedule }: HoursConfig, { askSchedule, leaveBy, scheduleIs }: Steps): NodeStates {
  return {
    entry: askSchedule(schedule),
    on: {
      "schedule.answered": [
        { guard: scheduleIs("open"), target: leaveBy("open") },
        { guard: scheduleIs("holiday"), target: leaveBy("holiday") },
        leaveBy("closed"),
      ],
    },
  };
}
