import { parseAbsolute, parseDateTime, toZoned } from "@internationalized/date";

/**
 * The instant (ISO 8601, UTC) at which a clock in a zone shows a day and a time of day, `2026-11-24` and `18:00`; `24:00` is the next
 * day's beginning. Where the clocks skip that time it is the one after, and where it comes twice the first. Null for what is no day.
 */
export function instantOf(date: string, time: string, timeZone: string): string | null {
  try {
    const nextDay = time === "24:00";
    const local = parseDateTime(`${date}T${nextDay ? "00:00" : time}`);
    return toZoned(nextDay ? local.add({ days: 1 }) : local, timeZone, "compatible").toAbsoluteString();
  } catch {
    return null;
  }
}

/** Day and time of day that a clock in a zone shows at an instant (ISO 8601, or milliseconds since 1970). */
export function clockAt(instant: string | number, timeZone: string): { readonly date: string; readonly time: string } {
  const shown = parseAbsolute(new Date(instant).toISOString(), timeZone).toString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/** The day so many days after another one, `2026-11-24`. */
export function dayAfter(date: string, days: number): string {
  return parseDateTime(`${date}T00:00`).add({ days }).toString().slice(0, 10);
}
