import { Temporal } from "temporal-polyfill";

/** One day of a time zone, in UTC milliseconds: it has 23, 24 or 25 hours, or yet another length where a zone is moved. */
export interface Day {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly from: number;
  /** The beginning of the next day. */
  readonly until: number;
}

/** The day of that date, or of `now` where none is given; null when there is no such day in the calendar. Pure. */
export function dayOf(date: string | undefined, timeZone: string, now: number): Day | null {
  const plain =
    date === undefined
      ? Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
      : plainDate(date);
  if (!plain) return null;
  const begins = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  return { date: plain.toString(), from: begins(plain), until: begins(plain.add({ days: 1 })) };
}

function plainDate(date: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(date, { overflow: "reject" });
  } catch {
    return null;
  }
}

/** Where the slots of a day begin: every `slotMs` of time that passes, so an hour that comes twice has its slots twice. */
export function slotsOf({ from, until }: Day, slotMs: number): readonly number[] {
  return Array.from({ length: Math.ceil((until - from) / slotMs) }, (_, at) => from + at * slotMs);
}
