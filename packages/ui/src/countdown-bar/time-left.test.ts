import fc from "fast-check";
import { expect, test } from "vitest";
import { timeLeft } from "./time-left.ts";

test("half of the time is half of the bar", () => {
  expect(timeLeft(10_000, 30_000, 20_000)).toEqual({ leftMs: 10_000, share: 0.5 });
});

test("a clock that runs behind shows a full bar, one that runs ahead an empty one", () => {
  expect(timeLeft(10_000, 30_000, 0)).toEqual({ leftMs: 20_000, share: 1 });
  expect(timeLeft(10_000, 30_000, 90_000)).toEqual({ leftMs: 0, share: 0 });
});

test("a deadline that is not after the start is over", () => {
  expect(timeLeft(10_000, 10_000, 0)).toEqual({ leftMs: 0, share: 0 });
});

test("as time goes by the bar never grows and never leaves its track", () => {
  const time = fc.integer({ min: 0, max: 1e13 });
  fc.assert(
    fc.property(time, time, time, fc.nat(), (start, deadline, now, later) => {
      const [before, after] = [timeLeft(start, deadline, now), timeLeft(start, deadline, now + later)];
      expect(after.share).toBeLessThanOrEqual(before.share);
      expect(before.share).toBeGreaterThanOrEqual(0);
      expect(before.share).toBeLessThanOrEqual(1);
    }),
  );
});
