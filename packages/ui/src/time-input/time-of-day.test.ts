import fc from "fast-check";
import { expect, test } from "vitest";
import { minutesToTime, readTimeOfDay, timeToMinutes } from "./time-of-day.ts";

test.each([
  ["8", "08:00"],
  ["8h30", "08:30"],
  ["8 h 05", "08:05"],
  ["17 h", "17:00"],
  ["8:30", "08:30"],
  ["8.30", "08:30"],
  ["0830", "08:30"],
  ["830", "08:30"],
  ["24:00", "24:00"],
  ["0", "00:00"],
])("%s is %s", (written, time) => {
  expect(readTimeOfDay(written)).toBe(time);
});

test.each(["", "midi", "25:00", "24:01", "8:60", "8:3:0", "-1", "12345"])("%s is no time of day", (written) => {
  expect(readTimeOfDay(written)).toBeNull();
});

test("every minute of a day is written and read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1440 }), (minutes) => {
      const time = minutesToTime(minutes);
      return time !== null && timeToMinutes(time) === minutes && readTimeOfDay(time) === time;
    }),
  );
});
