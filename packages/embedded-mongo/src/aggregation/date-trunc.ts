import { MongoError } from "../errors.ts";
import { instantOf, type TimeZone } from "./time-zone.ts";

const FIXED_MS: Readonly<Record<string, number>> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const DAY_MS = 86_400_000;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
/** MongoDB counts its bins from here, on the zone's wall. */
const REFERENCE_WALL = Date.UTC(2000, 0, 1);

/**
 * `$dateTrunc`: the start of the bin in which an instant lies. Hours and less are counted in elapsed time, days and more on the wall of
 * the zone, so a day of 23 or 25 hours is one bin.
 */
export function truncateDate(
  instantMs: number,
  unit: string,
  binSize: number,
  zone: TimeZone,
  startOfWeek: string,
): number {
  const fixed = FIXED_MS[unit];
  if (fixed !== undefined) {
    const reference = instantOf(zone, REFERENCE_WALL);
    return floorTo(instantMs - reference, fixed * binSize) + reference;
  }
  const wall = instantMs + zone.offsetAt(instantMs);
  return instantOf(zone, truncateWall(wall, unit, binSize, startOfWeek));
}

function truncateWall(wall: number, unit: string, binSize: number, startOfWeek: string): number {
  const months = MONTHS[unit];
  if (months !== undefined) {
    const date = new Date(wall);
    const since = (date.getUTCFullYear() - 2000) * 12 + date.getUTCMonth();
    return Date.UTC(2000, floorTo(since, months * binSize), 1);
  }
  if (unit === "day") return floorTo(wall - REFERENCE_WALL, DAY_MS * binSize) + REFERENCE_WALL;
  if (unit === "week") {
    if (binSize !== 1) throw new MongoError(2, "$dateTrunc by several weeks is not carried by the embedded store");
    const first = weekdayNumber(startOfWeek);
    const days = (new Date(wall).getUTCDay() - first + 7) % 7;
    return floorTo(wall, DAY_MS) - days * DAY_MS;
  }
  throw new MongoError(9, `unknown time unit value: ${unit}`);
}

function weekdayNumber(name: string): number {
  const lower = name.toLowerCase();
  const number = WEEKDAYS.findIndex(
    (weekday) => weekday === lower || (lower.length === 3 && weekday.startsWith(lower)),
  );
  if (number < 0) throw new MongoError(9, `unknown day of week value: ${name}`);
  return number;
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step;
}
