import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { truncateDate } from "./date-trunc.ts";
import { instantOf, timeZone } from "./time-zone.ts";

const truncated = (at: string, unit: string, zone = "UTC", bins = 1, week = "sunday") =>
  new Date(truncateDate(Date.parse(at), unit, bins, timeZone(zone), week)).toISOString();

describe("$dateTrunc", () => {
  test.each<[string, string, string, string]>([
    ["2026-05-14T13:47:12.345Z", "second", "UTC", "2026-05-14T13:47:12.000Z"],
    ["2026-05-14T13:47:12.345Z", "hour", "Europe/Paris", "2026-05-14T13:00:00.000Z"],
    ["2026-05-14T13:47:12.345Z", "hour", "Asia/Kolkata", "2026-05-14T13:30:00.000Z"],
    ["2026-05-14T22:30:00.000Z", "day", "Europe/Paris", "2026-05-14T22:00:00.000Z"],
    ["2026-05-14T21:30:00.000Z", "day", "Europe/Paris", "2026-05-13T22:00:00.000Z"],
    ["2026-05-14T13:47:12.345Z", "month", "Europe/Paris", "2026-04-30T22:00:00.000Z"],
    ["2026-05-14T13:47:12.345Z", "quarter", "UTC", "2026-04-01T00:00:00.000Z"],
    ["1999-12-31T23:59:59.999Z", "year", "UTC", "1999-01-01T00:00:00.000Z"],
    ["2026-05-14T13:47:12.345Z", "day", "+02:00", "2026-05-13T22:00:00.000Z"],
  ])("%s to the %s in %s", (at, unit, zone, expected) => {
    expect(truncated(at, unit, zone)).toBe(expected);
  });

  test("weeks begin on the day that is asked for", () => {
    expect(truncated("2026-05-14T12:00:00Z", "week")).toBe("2026-05-10T00:00:00.000Z");
    expect(truncated("2026-05-14T12:00:00Z", "week", "UTC", 1, "Monday")).toBe("2026-05-11T00:00:00.000Z");
    expect(truncated("2026-05-14T12:00:00Z", "week", "UTC", 1, "thu")).toBe("2026-05-14T00:00:00.000Z");
  });

  test("bins of several units", () => {
    expect(truncated("2026-05-14T13:47:12Z", "minute", "Europe/Paris", 15)).toBe("2026-05-14T13:45:00.000Z");
    expect(truncated("2026-05-14T13:47:12Z", "hour", "Europe/Paris", 6)).toBe("2026-05-14T11:00:00.000Z");
    expect(() => truncated("2026-05-14T13:47:12Z", "week", "UTC", 2)).toThrow("several weeks");
  });

  test("the days of 23 and of 25 hours are one bin each", () => {
    const paris = timeZone("Europe/Paris");
    for (const [day, hours] of [
      ["2026-03-28T23:00:00Z", 23],
      ["2026-10-24T22:00:00Z", 25],
    ] as const) {
      const start = Date.parse(day);
      for (let hour = 0; hour < hours; hour += 1)
        expect(truncateDate(start + hour * 3_600_000, "day", 1, paris, "sunday")).toBe(start);
      expect(truncateDate(start + hours * 3_600_000, "day", 1, paris, "sunday")).toBe(start + hours * 3_600_000);
    }
  });

  test("what is truncated is never later, and truncating again changes nothing", () => {
    const zones = fc.constantFrom(
      "UTC",
      "Europe/Paris",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "-03:30",
    );
    const units = fc.constantFrom("millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year");
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }),
        units,
        zones,
        (at, unit, zone) => {
          const once = truncateDate(at.getTime(), unit, 1, timeZone(zone), "monday");
          expect(once).toBeLessThanOrEqual(at.getTime());
          expect(truncateDate(once, unit, 1, timeZone(zone), "monday")).toBe(once);
        },
      ),
    );
  });

  test("an unknown zone, unit or weekday is refused", () => {
    expect(() => timeZone("Europe/Nowhere")).toThrow(expect.objectContaining({ code: 40485 }));
    expect(() => truncated("2026-05-14T13:47:12Z", "fortnight")).toThrow("unknown time unit value: fortnight");
    expect(() => truncated("2026-05-14T13:47:12Z", "week", "UTC", 1, "someday")).toThrow("unknown day of week");
  });
});

describe("the instant of a time on the wall", () => {
  test("exists twice when clocks go back: the first; never when they go forward: just after the gap", () => {
    const paris = timeZone("Europe/Paris");
    expect(new Date(instantOf(paris, Date.UTC(2026, 9, 25, 2, 30))).toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(new Date(instantOf(paris, Date.UTC(2026, 2, 29, 2, 30))).toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });
});
