import { Temporal } from "temporal-polyfill";
import { type Schedule, type Stretch, WEEKDAYS } from "./schedule.ts";

/**
 * `unknownZone`: no such IANA zone. `unknownDate`: no such day. `unknownTime`: no such time of day. `endsBeforeStart`: a stretch is empty or
 * goes backwards (a night is written as two: to 24:00, and from 00:00 of the next day). `overlap`: two stretches of a day cover each other.
 * `holidayTwice`: two holidays on one day.
 */
export type ScheduleProblemCode =
  | "unknownZone"
  | "unknownDate"
  | "unknownTime"
  | "endsBeforeStart"
  | "overlap"
  | "holidayTwice";

export interface ScheduleProblem {
  readonly code: ScheduleProblemCode;
  /** JSON pointer into the schedule. */
  readonly pointer: string;
}

/** What is wrong with a schedule of the right shape; scheduleState answers every schedule of which nothing is said here. Pure. */
export function scheduleProblems(schedule: Schedule): readonly ScheduleProblem[] {
  const problems: ScheduleProblem[] = [];
  if (schedule.timeZone !== null && !isZone(schedule.timeZone))
    problems.push({ code: "unknownZone", pointer: "/timeZone" });
  for (const day of WEEKDAYS) problems.push(...ofDay(schedule.week[day], `/week/${day}`));
  schedule.holidays.forEach(({ date, hours }, index) => {
    const pointer = `/holidays/${index}`;
    if (!isDate(date)) problems.push({ code: "unknownDate", pointer: `${pointer}/date` });
    if (schedule.holidays.findIndex((one) => one.date === date) !== index) {
      problems.push({ code: "holidayTwice", pointer: `${pointer}/date` });
    }
    problems.push(...ofDay(hours ?? [], `${pointer}/hours`));
  });
  return problems;
}

function ofDay(stretches: readonly Stretch[], pointer: string): readonly ScheduleProblem[] {
  const problems: ScheduleProblem[] = [];
  stretches.forEach(([from, to], index) => {
    const here = `${pointer}/${index}`;
    const [start, end] = [minuteOf(from), minuteOf(to)];
    if (start === null || end === null) problems.push({ code: "unknownTime", pointer: here });
    else if (end <= start) problems.push({ code: "endsBeforeStart", pointer: here });
    else if (stretches.slice(0, index).some((other) => covers(other, start, end))) {
      problems.push({ code: "overlap", pointer: here });
    }
  });
  return problems;
}

function covers([from, to]: Stretch, start: number, end: number): boolean {
  const [otherStart, otherEnd] = [minuteOf(from), minuteOf(to)];
  return otherStart !== null && otherEnd !== null && otherStart < end && start < otherEnd;
}

/** Minutes since midnight, 1440 for `24:00`; null for what is no time of day. */
function minuteOf(time: string): number | null {
  const [, hour, minute] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour !== undefined && minutes <= 24 * 60 ? minutes : null;
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function isDate(date: string): boolean {
  try {
    return Temporal.PlainDate.from(date).toString() === date;
  } catch {
    return false;
  }
}
