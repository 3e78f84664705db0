import { expect, test } from "vitest";
import { closedWhileOpen } from "./closed-while-open.ts";
import type { DayHours, Schedule } from "./schedule.ts";

const zone = "Europe/Paris";
/** Monday the 30th of November 2026, 10:00 in Paris. */
const now = Date.UTC(2026, 10, 30, 9);
const day = (opens: string, closes: string) => [[opens, closes] as const];
const schedule = (hours: DayHours, fields: Partial<Schedule> = {}): Schedule => ({
  ...{ timeZone: null, holidays: [], forced: null },
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: [], sun: [] },
  ...fields,
});

test("the first moment at which one is open and the other is not", () => {
  const [short, long] = [schedule(day("09:00", "17:00")), schedule(day("09:00", "18:00"))];
  expect(closedWhileOpen(long, short, zone, now)).toBe(Date.UTC(2026, 10, 30, 16));
  expect(closedWhileOpen(short, long, zone, now)).toBeNull();
  // What is always open is so in the evening too.
  expect(closedWhileOpen(null, long, zone, now)).toBe(Date.UTC(2026, 10, 30, 17));
  expect(closedWhileOpen(null, schedule([]), zone, now)).toBe(now);
  expect(closedWhileOpen(schedule([]), schedule([]), zone, now)).toBeNull();
});
