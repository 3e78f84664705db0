import { expect, test } from "vitest";
import { clockAt, dayAfter, instantOf } from "./zoned-time.ts";

const paris = "Europe/Paris";

test("a clock's time is an instant, in winter and in summer", () => {
  expect(instantOf("2026-11-24", "18:00", paris)).toBe("2026-11-24T17:00:00.000Z");
  expect(instantOf("2026-07-14", "18:00", paris)).toBe("2026-07-14T16:00:00.000Z");
  expect(instantOf("2026-11-24", "24:00", paris)).toBe("2026-11-24T23:00:00.000Z");
});

test("days of 23 and 25 hours have no gap and no double", () => {
  // 29 March 2026: 02:30 is skipped. 25 October 2026: 02:30 comes twice.
  expect(instantOf("2026-03-29", "02:30", paris)).toBe("2026-03-29T01:30:00.000Z");
  expect(instantOf("2026-10-25", "02:30", paris)).toBe("2026-10-25T00:30:00.000Z");
  expect(clockAt("2026-10-25T01:30:00.000Z", paris)).toEqual({ date: "2026-10-25", time: "02:30" });
});

test("what is no day is none", () => {
  expect(instantOf("2026-02-30", "08:00", paris)).toBeNull();
  expect(instantOf("", "08:00", paris)).toBeNull();
});

test("the day after the last one of a month", () => {
  expect(dayAfter("2026-02-28", 1)).toBe("2026-03-01");
  expect(dayAfter("2026-01-01", -1)).toBe("2025-12-31");
});
