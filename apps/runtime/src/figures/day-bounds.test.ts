import { expect, test } from "vitest";
import { dayOf, slotsOf } from "./day-bounds.ts";

const hour = 3_600_000;
const day = (date: string, timeZone = "Europe/Paris") => {
  const found = dayOf(date, timeZone, 0);
  if (!found) throw new Error("no such day");
  return found;
};
const hoursOf = (date: string, timeZone?: string) => {
  const { from, until } = day(date, timeZone);
  return (until - from) / hour;
};

test("a day of the year's two changes of clocks has 23 and 25 hours", () => {
  expect(["2026-03-28", "2026-03-29", "2026-10-25", "2026-10-26"].map((date) => hoursOf(date))).toEqual([
    24, 23, 25, 24,
  ]);
  expect(hoursOf("2026-10-04", "Australia/Lord_Howe")).toBe(23.5);
  expect(slotsOf(day("2026-10-25"), hour / 4)).toHaveLength(100);
  expect(slotsOf(day("2026-03-29"), hour / 4)).toHaveLength(92);
  expect(slotsOf(day("2026-10-04", "Australia/Lord_Howe"), hour)).toHaveLength(24);
});

test("a day begins at midnight of the zone, and the next where it ends", () => {
  expect(day("2026-11-24").from).toBe(Date.UTC(2026, 10, 23, 23));
  expect(day("2026-07-14").from).toBe(Date.UTC(2026, 6, 13, 22));
  expect(day("2026-10-25").until).toBe(day("2026-10-26").from);
});

test("without a date it is the day that is there now", () => {
  expect(dayOf(undefined, "Europe/Paris", Date.UTC(2026, 10, 23, 23, 30))?.date).toBe("2026-11-24");
  expect(dayOf(undefined, "America/New_York", Date.UTC(2026, 10, 23, 23, 30))?.date).toBe("2026-11-23");
});

test("what is no day of the calendar is none", () => {
  expect(["2026-02-30", "2026-13-01", "0000-00-00"].map((date) => dayOf(date, "Europe/Paris", 0))).toEqual([
    null,
    null,
    null,
  ]);
});
