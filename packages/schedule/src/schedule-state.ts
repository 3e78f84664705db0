import { Temporal } from "temporal-polyfill";
import { type DayHours, type Schedule, WEEKDAYS } from "./schedule.ts";

/** How a schedule stands at a moment. A holiday with hours of its own is `open` or `closed`, not `holiday`. */
export interface ScheduleStand {
  readonly state: "open" | "closed" | "holiday";
  /** When it will be another state (UTC ms), as the schedule is now; null: not within a year, or only when somebody says so. */
  readonly until: number | null;
}

/** A stretch of time in one state, from (inclusive) … until (exclusive), UTC ms. */
interface Span {
  readonly state: ScheduleStand["state"];
  readonly from: number;
  readonly until: number;
}

const daysAhead = 366;

/**
 * The state of a schedule at `now` (UTC ms), and until when. Times are those of the clock on the wall: a day on which clocks change has 23
 * or 25 hours. A time that the clock leaps over is the moment of the leap; of an hour that comes twice, a stretch has both.
 * Throws a RangeError for a zone that does not exist.
 */
export function scheduleState(schedule: Schedule, companyZone: string, now: number): ScheduleStand {
  const { forced } = schedule;
  if (forced && (forced.until === null || now < forced.until)) return { state: forced.state, until: forced.until };
  const zone = schedule.timeZone ?? companyZone;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  let state: ScheduleStand["state"] | undefined;
  for (let day = 0; day <= daysAhead; day++) {
    for (const stretch of stretchesOf(schedule, today.add({ days: day }), zone)) {
      if (stretch.until <= now) continue;
      state ??= stretch.state;
      if (stretch.state !== state) return { state, until: stretch.from };
    }
  }
  return { state: state ?? "closed", until: null };
}

/** When the day of `now` is over where the schedule is, UTC ms. */
export function endOfDay({ timeZone }: Pick<Schedule, "timeZone">, companyZone: string, now: number): number {
  const zone = timeZone ?? companyZone;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  return today.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
}

/** One day, from its first moment to the next day's, without a gap. */
export function stretchesOf({ week, holidays }: Schedule, date: Temporal.PlainDate, zone: string): Span[] {
  const starts = date.toZonedDateTime(zone).epochMilliseconds;
  const ends = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const holiday = holidays.find((one) => one.date === date.toString());
  if (holiday && !holiday.hours) return [{ state: "holiday", from: starts, until: ends }];
  const weekday = WEEKDAYS[date.dayOfWeek - 1] ?? "mon";
  const hours: DayHours = holiday?.hours ?? week[weekday];
  const stretches: Span[] = [];
  let at = starts;
  for (const [opens, closes] of hours) {
    const from = momentOf(date, opens, zone, "earlier");
    const until = closes === "24:00" ? ends : momentOf(date, closes, zone, "later");
    if (until <= from) continue;
    if (from > at) stretches.push({ state: "closed", from: at, until: from });
    stretches.push({ state: "open", from: Math.max(at, from), until });
    at = until;
  }
  if (at < ends) stretches.push({ state: "closed", from: at, until: ends });
  return stretches;
}

/** When the clock on the wall shows a time of day, UTC ms; `which` of the two when it shows it twice. */
export function momentOf(date: Temporal.PlainDate, time: string, zone: string, which: "earlier" | "later"): number {
  const wall = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const found = wall.toZonedDateTime(zone, { disambiguation: which });
  if (found.toPlainDateTime().equals(wall)) return found.epochMilliseconds;
  // The clock never shows it: it leaps from before to after.
  const before = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  return before.getTimeZoneTransition("next")?.epochMilliseconds ?? found.epochMilliseconds;
}
