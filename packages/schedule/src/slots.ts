import { Temporal } from "temporal-polyfill";
import type { Schedule } from "./schedule.ts";
import { momentOf, stretchesOf } from "./schedule-state.ts";

export interface SlotWish {
  /** How long a slot is, milliseconds: a whole number of minutes. */
  readonly lengthMs: number;
  /** As far ahead as the end of this many days: 1 is today. */
  readonly days: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/**
 * When slots begin (UTC ms, in order) that lie whole in what is open and begin after `now`. They are told off by the clock on the wall, from
 * where a stretch opens: 14:00 stays 14:00 on the days on which clocks change. An hour that comes twice begins one slot, one that is leapt over
 * none. Without a schedule every hour is open. While somebody keeps it closed until a moment, nothing before that is a slot; without a moment, nothing is.
 * Worked out one by one: who needs the next few asks for no more.
 */
export function* openSlots(
  schedule: Schedule | null,
  companyZone: string,
  now: number,
  { lengthMs, days }: SlotWish,
): Generator<number, void> {
  const earliest = notBefore(schedule, now);
  if (earliest === null) return;
  const zone = schedule?.timeZone ?? companyZone;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const step = Math.max(1, Math.round(lengthMs / MINUTE_MS));
  let last = Number.NEGATIVE_INFINITY;
  for (let day = 0; day < days; day++) {
    const date = today.add({ days: day });
    for (const { from, until } of openOn(schedule, date, zone)) {
      for (let minute = minuteOfDay(from, zone); minute < DAY_MINUTES; minute += step) {
        const at = momentOf(date, wall(minute), zone, "earlier");
        // What is leapt over falls on the moment of the leap, where a slot may begin already.
        if (at < from || at <= now || at < earliest || at < last + lengthMs) continue;
        if (at + lengthMs > until) break;
        last = at;
        yield at;
      }
    }
  }
}

function notBefore(schedule: Schedule | null, now: number): number | null {
  const forced = schedule?.forced;
  if (!forced || forced.state === "open" || (forced.until !== null && forced.until <= now)) return now;
  return forced.until;
}

/** The open stretches of a day; two that touch are one. */
function openOn(schedule: Schedule | null, date: Temporal.PlainDate, zone: string) {
  if (schedule === null) {
    const from = date.toZonedDateTime(zone).epochMilliseconds;
    return [{ from, until: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds }];
  }
  return stretchesOf(schedule, date, zone).filter(({ state }) => state === "open");
}

function minuteOfDay(at: number, zone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return hour * 60 + minute;
}

function wall(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
