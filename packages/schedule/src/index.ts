export { closedWhileOpen } from "./closed-while-open.ts";
export { type DayHours, type Schedule, type Stretch, WEEKDAYS, type Week } from "./schedule.ts";
export { type ScheduleProblem, type ScheduleProblemCode, scheduleProblems } from "./schedule-problems.ts";
export { endOfDay, type ScheduleStand, scheduleState } from "./schedule-state.ts";
export { openSlots, type SlotWish } from "./slots.ts";
