import { MongoError } from "../errors.ts";

/** A time zone as aggregation names it: IANA, `UTC`, or an offset such as `+02:00`. */
export interface TimeZone {
  /** What is added to UTC to get the time on the wall, in milliseconds, at this instant. */
  offsetAt(instantMs: number): number;
}

const OFFSET = /^([+-])(\d{2}):?(\d{2})?$/;
/** No zone has changed its offset at another time than a whole quarter of an hour since 1972. */
const QUARTER_MS = 15 * 60 * 1000;
const CACHED_QUARTERS = 50_000;
const zones = new Map<string, TimeZone>();

/** Throws MongoDB's 40485 for a zone that nobody knows. */
export function timeZone(name: string): TimeZone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const made = fixedOffset(name) ?? namedZone(name);
  zones.set(name, made);
  return made;
}

/** The instant at which the wall shows this time (given as if it were UTC). In a gap of summer time: the first instant after it. */
export function instantOf(zone: TimeZone, wallMs: number): number {
  const early = wallMs - zone.offsetAt(wallMs - 24 * 3_600_000);
  const late = wallMs - zone.offsetAt(wallMs + 24 * 3_600_000);
  const fits = [early, late].filter((instant) => instant + zone.offsetAt(instant) === wallMs);
  return fits.length > 0 ? Math.min(...fits) : Math.max(early, late);
}

function fixedOffset(name: string): TimeZone | undefined {
  if (name === "UTC" || name === "GMT" || name === "Z") return { offsetAt: () => 0 };
  const [, sign, hours, minutes = "0"] = OFFSET.exec(name) ?? [];
  if (sign === undefined) return undefined;
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { offsetAt: () => offset };
}

function namedZone(name: string): TimeZone {
  const format = formatFor(name);
  const offsets = new Map<number, number>();
  return {
    offsetAt: (instantMs) => {
      const quarter = Math.floor(instantMs / QUARTER_MS);
      const known = offsets.get(quarter);
      if (known !== undefined) return known;
      if (offsets.size > CACHED_QUARTERS) offsets.clear();
      const offset = wallOf(format, quarter * QUARTER_MS) - quarter * QUARTER_MS;
      offsets.set(quarter, offset);
      return offset;
    },
  };
}

function formatFor(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw new MongoError(40485, `unrecognized time zone identifier: "${name}"`);
  }
}

function wallOf(format: Intl.DateTimeFormat, instantMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
