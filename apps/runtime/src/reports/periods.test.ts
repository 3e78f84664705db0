import { describe, expect, test } from "vitest";
import { daysAfter, daysBetween, momentAfter, periodOf, slotAt } from "./periods.ts";

const HOUR = 3_600_000;
const lengths = (from: string, to: string, step: Parameters<typeof periodOf>[2]) =>
  periodOf(from, to, step, "Europe/Paris").slots.map((slot) => (slot.until - slot.from) / HOUR);

describe("a period", () => {
  test("has days of 23 and of 25 hours where clocks change", () => {
    expect(lengths("2026-03-28", "2026-03-30", "day")).toEqual([24, 23, 24]);
    expect(lengths("2026-10-24", "2026-10-26", "day")).toEqual([24, 25, 24]);
    expect(lengths("2026-03-29", "2026-03-29", "hour")).toHaveLength(23);
    expect(lengths("2026-10-25", "2026-10-25", "quarter")).toHaveLength(100);
  });

  test("has weeks from Monday and months from the first, cut where it begins and ends", () => {
    expect(lengths("2026-11-25", "2026-12-08", "week").map((hours) => hours / 24)).toEqual([5, 7, 2]);
    expect(lengths("2026-02-27", "2026-04-02", "month")).toEqual([48, 31 * 24 - 1, 48]);
  });

  test.each(["quarter", "hour", "day", "week", "month"] as const)(
    "has no gap and no overlap in steps of a %s",
    (step) => {
      const { from, until, slots } = periodOf("2026-10-23", "2026-10-28", step, "Europe/Paris");
      expect([slots[0]?.from, slots.at(-1)?.until]).toEqual([from, until]);
      for (const [at, slot] of slots.entries()) {
        if (at > 0) expect(slot.from).toBe(slots[at - 1]?.until);
        expect([slotAt(slots, slot.from), slotAt(slots, slot.until - 1)]).toEqual([at, at]);
      }
      expect([slotAt(slots, from - 1), slotAt(slots, until)]).toEqual([-1, -1]);
    },
  );

  test("of a zone that is half an hour off has its own days", () => {
    const { from, slots } = periodOf("2026-11-23", "2026-11-23", "hour", "Asia/Kolkata");
    expect(new Date(from).toISOString()).toBe("2026-11-22T18:30:00.000Z");
    expect(slots).toHaveLength(24);
  });

  test("makes a typical day of the weekdays that are asked for and over, by the clock on the wall", () => {
    const over = Date.UTC(2026, 9, 26, 12);
    const { slots, slotOf } = periodOf("2026-10-23", "2026-10-26", "hourOfDay", "Europe/Paris", {
      weekdays: [5, 7, 1],
      over,
    });
    expect(slots).toHaveLength(24);
    const at = (day: number, hour: number) => slotOf(Date.UTC(2026, 9, day, hour));
    // A Friday in summer time; Saturday was not asked for, and Monday is not over.
    expect([at(23, 6), at(23, 21), at(24, 6), at(26, 6)]).toEqual([8, 23, -1, -1]);
    // On the Sunday two o'clock comes twice.
    expect([at(24, 23), at(25, 0), at(25, 1), at(25, 2), at(25, 22)]).toEqual([1, 2, 2, 3, 23]);
    const quarters = periodOf("2026-03-29", "2026-03-30", "quarterOfDay", "Europe/Paris", { weekdays: [], over });
    expect(quarters.slots).toHaveLength(96);
    // And in spring not at all.
    expect([quarters.slotOf(Date.UTC(2026, 2, 29, 0, 45)), quarters.slotOf(Date.UTC(2026, 2, 29, 1))]).toEqual([7, 12]);
    expect(new Date(quarters.slots[32]?.from ?? 0).toISOString()).toBe("2026-03-30T06:00:00.000Z");
  });

  test("has another of as many days elsewhere, at the same time of the clock", () => {
    expect([daysAfter("2026-03-01", -7), daysBetween("2026-03-01", "2026-02-22")]).toEqual(["2026-02-22", -7]);
    const noon = Date.UTC(2026, 2, 30, 10);
    expect(new Date(momentAfter(noon, -7, "Europe/Paris")).toISOString()).toBe("2026-03-23T11:00:00.000Z");
  });

  test("that ends before it begins, or is too long for its steps, is refused with the reason", () => {
    expect(() => periodOf("2026-11-23", "2026-11-22", "day", "Europe/Paris")).toThrow("requestInvalid");
    expect(() => periodOf("2026-01-01", "2026-02-01", "hour", "Europe/Paris")).toThrow("requestInvalid");
    expect(() => periodOf("2025-01-01", "2025-12-31", "day", "Europe/Paris")).not.toThrow();
  });
});
