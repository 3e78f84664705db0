import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DayHours, Schedule, Week } from "./schedule.ts";
import { endOfDay, scheduleState } from "./schedule-state.ts";

const office: DayHours = [
  ["08:30", "12:00"],
  ["14:00", "18:00"],
];
const never: Week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const week: Week = { ...never, mon: office, tue: office, wed: office, thu: office, fri: office };
const always: Week = Object.fromEntries(
  Object.keys(never).map((day) => [day, [["00:00", "24:00"]]]),
) as unknown as Week;
const plain: Schedule = { timeZone: null, week, holidays: [], forced: null };

const at = (iso: string) => Date.parse(iso);
const stand = (schedule: Schedule, iso: string, zone = "Europe/Paris") => {
  const { state, until } = scheduleState(schedule, zone, at(iso));
  return [state, until === null ? null : new Date(until).toISOString()];
};

test("a day ends at midnight where the schedule is, also one of 23 or 25 hours", () => {
  const ends = (now: string, timeZone: string | null = null) =>
    new Date(endOfDay({ timeZone }, "Europe/Paris", at(now))).toISOString();
  expect(ends("2026-11-24T22:59:59Z")).toBe("2026-11-24T23:00:00.000Z");
  expect(ends("2026-11-24T23:00:00Z")).toBe("2026-11-25T23:00:00.000Z");
  expect(ends("2026-11-24T12:00:00Z", "America/Montreal")).toBe("2026-11-25T05:00:00.000Z");
  expect(ends("2026-03-29T00:30:00Z")).toBe("2026-03-29T22:00:00.000Z");
});

describe("a weekly timetable", () => {
  test.each([
    ["2026-11-24T08:30:00+01:00", "open", "2026-11-24T11:00:00.000Z"],
    ["2026-11-24T08:29:59+01:00", "closed", "2026-11-24T07:30:00.000Z"],
    ["2026-11-24T12:00:00+01:00", "closed", "2026-11-24T13:00:00.000Z"],
    ["2026-11-24T17:59:59+01:00", "open", "2026-11-24T17:00:00.000Z"],
    // Friday evening: closed until Monday.
    ["2026-11-27T18:00:00+01:00", "closed", "2026-11-30T07:30:00.000Z"],
  ])("at %s is %s until %s", (now, state, until) => expect(stand(plain, now)).toEqual([state, until]));

  test("is on its own clock, when it has one", () => {
    expect(stand(plain, "2026-11-24T08:00:00Z", "Europe/London")[0]).toBe("closed");
    expect(stand({ ...plain, timeZone: "Europe/Paris" }, "2026-11-24T08:00:00Z", "Europe/London")[0]).toBe("open");
  });

  test("that is never open, or always, has no end", () => {
    expect(stand({ ...plain, week: never }, "2026-11-24T08:00:00Z")).toEqual(["closed", null]);
    expect(stand({ ...plain, week: always }, "2026-11-24T08:00:00Z")).toEqual(["open", null]);
  });

  test("that goes on over midnight is open without a break", () => {
    const night = { ...never, tue: [["20:00", "24:00"]], wed: [["00:00", "06:00"]] } as const;
    expect(stand({ ...plain, week: night }, "2026-11-24T23:59:59+01:00")).toEqual(["open", "2026-11-25T05:00:00.000Z"]);
  });

  test("of a zone that nobody knows is an error, not a guess", () => {
    expect(() => scheduleState({ ...plain, timeZone: "Europe/Atlantis" }, "Europe/Paris", 0)).toThrow(RangeError);
  });
});

describe("a holiday", () => {
  const holidays = [
    { date: "2026-12-24", name: "Christmas Eve", hours: [["08:30", "12:00"]] },
    { date: "2026-12-25", name: "Christmas" },
  ] as const;
  test.each([
    ["2026-12-24T10:00:00+01:00", "open", "2026-12-24T11:00:00.000Z"],
    ["2026-12-24T15:00:00+01:00", "closed", "2026-12-24T23:00:00.000Z"],
    ["2026-12-25T00:00:00+01:00", "holiday", "2026-12-25T23:00:00.000Z"],
    ["2026-12-25T23:59:59+01:00", "holiday", "2026-12-25T23:00:00.000Z"],
    ["2026-12-26T00:00:00+01:00", "closed", "2026-12-28T07:30:00.000Z"],
  ])("at %s is %s until %s", (now, state, until) => expect(stand({ ...plain, holidays }, now)).toEqual([state, until]));

  test("is that day where the schedule is, not where the server is", () => {
    const schedule = { ...plain, timeZone: "Pacific/Auckland", holidays };
    expect(stand(schedule, "2026-12-24T12:00:00Z")[0]).toBe("holiday");
    expect(stand(schedule, "2026-12-25T11:00:00Z")[0]).not.toBe("holiday");
  });
});

describe("what somebody forces", () => {
  test("holds over holidays and hours, until its moment, and then the timetable again", () => {
    const until = at("2026-11-24T16:00:00+01:00");
    const closed: Schedule = { ...plain, forced: { state: "closed", until } };
    expect(stand(closed, "2026-11-24T15:00:00+01:00")).toEqual(["closed", "2026-11-24T15:00:00.000Z"]);
    expect(stand(closed, "2026-11-24T16:00:00+01:00")[0]).toBe("open");
    const open: Schedule = { ...plain, forced: { state: "open", until: null } };
    expect(stand(open, "2026-11-29T03:00:00+01:00")).toEqual(["open", null]);
  });
});

describe("a change of clocks", () => {
  const sunday = (hours: DayHours): Schedule => ({ ...plain, week: { ...never, sun: hours } });

  test("makes a day of 23 hours, and office hours stay where the clock shows them", () => {
    // 29 March 2026, Paris: 02:00 is followed by 03:00.
    const { state, until } = scheduleState(
      sunday([["00:00", "24:00"]]),
      "Europe/Paris",
      at("2026-03-29T00:00:00+01:00"),
    );
    expect([state, until]).toEqual(["open", at("2026-03-29T00:00:00+01:00") + 23 * 3_600_000]);
    expect(stand(sunday([["08:30", "12:00"]]), "2026-03-29T08:30:00+02:00")[0]).toBe("open");
    expect(stand(sunday([["08:30", "12:00"]]), "2026-03-29T08:29:59+02:00")[0]).toBe("closed");
  });

  test("a time that the clock leaps over is the moment of the leap", () => {
    expect(stand(sunday([["02:30", "04:00"]]), "2026-03-29T01:30:00+01:00")).toEqual([
      "closed",
      "2026-03-29T01:00:00.000Z",
    ]);
    expect(stand(sunday([["01:00", "02:30"]]), "2026-03-29T01:30:00+01:00")).toEqual([
      "open",
      "2026-03-29T01:00:00.000Z",
    ]);
  });

  test("makes a day of 25 hours, and the hour that comes twice is open twice", () => {
    // 25 October 2026, Paris: 03:00 is followed by 02:00.
    const { until } = scheduleState(sunday([["00:00", "24:00"]]), "Europe/Paris", at("2026-10-25T00:00:00+02:00"));
    expect(until).toBe(at("2026-10-25T00:00:00+02:00") + 25 * 3_600_000);
    const night = sunday([["02:15", "02:45"]]);
    expect(stand(night, "2026-10-25T02:15:00+02:00")).toEqual(["open", "2026-10-25T01:45:00.000Z"]);
    expect(stand(night, "2026-10-25T02:30:00+01:00")[0]).toBe("open");
    expect(stand(night, "2026-10-25T02:45:00+01:00")[0]).toBe("closed");
  });
});

test("until its end a state stays what it is, and then it is another, in any zone at any time", () => {
  const minutes = fc.integer({ min: 0, max: 24 * 60 });
  const written = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const hours = fc.uniqueArray(minutes, { maxLength: 6 }).map((places) => {
    const sorted = [...places].sort((a, b) => a - b);
    const pairs: [string, string][] = [];
    for (let n = 0; n + 1 < sorted.length; n += 2) pairs.push([written(sorted[n] ?? 0), written(sorted[n + 1] ?? 0)]);
    return pairs;
  });
  const schedule = fc.record({
    timeZone: fc.constantFrom("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"),
    week: fc.record({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }),
    holidays: fc.constant([{ date: "2026-03-29", name: "Clocks" }]),
    forced: fc.constant(null),
  });
  const moment = fc.integer({ min: at("2026-03-01T00:00:00Z"), max: at("2026-12-01T00:00:00Z") });
  fc.assert(
    fc.property(schedule, moment, fc.double({ min: 0, max: 1, noNaN: true }), (given, now, share) => {
      const { state, until } = scheduleState(given, "UTC", now);
      if (until === null) return;
      expect(until).toBeGreaterThan(now);
      const between = Math.min(until - 1, now + Math.floor((until - now) * share));
      expect(scheduleState(given, "UTC", between)).toEqual({ state, until });
      expect(scheduleState(given, "UTC", until).state).not.toBe(state);
    }),
  );
});
