import fc from "fast-check";
import { expect, test } from "vitest";
import { logLogSlope, median, medianRatio, percentile } from "./statistics.ts";

const figures = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

test("the median is the middle, or the mean of the two in the middle, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test("percentiles lie between the least and the greatest, and rise", () => {
  expect(percentile([10, 20, 30, 40, 50], 95)).toBeCloseTo(48);
  fc.assert(
    fc.property(figures, fc.nat(100), fc.nat(100), (values, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      expect(percentile(values, low)).toBeLessThanOrEqual(percentile(values, high) + 1e-9);
      expect(percentile(values, 0)).toBe(Math.min(...values));
      expect(percentile(values, 100)).toBe(Math.max(...values));
    }),
  );
});

test("the slope finds the power by which something grows", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: 0.1, max: 100, noNaN: true }),
      (power, factor) => {
        const points = [10, 30, 100, 300, 2000].map((x) => ({ x, y: factor * x ** power }));
        expect(logLogSlope(points)).toBeCloseTo(power, 6);
      },
    ),
  );
});

test("one point off the line moves the slope towards it", () => {
  const flat = [10, 100, 1000].map((x) => ({ x, y: 5 }));
  expect(logLogSlope(flat)).toBeCloseTo(0);
  expect(logLogSlope([...flat, { x: 10_000, y: 8 }])).toBeGreaterThan(0.04);
});

test("the ratio is taken turn by turn: a turn in which everything was slow changes nothing", () => {
  expect(medianRatio([10, 100, 11], [5, 50, 5.5])).toBe(2);
});

test("nothing measured is no figure", () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => logLogSlope([{ x: 5, y: 1 }])).toThrow(RangeError);
  expect(() =>
    logLogSlope([
      { x: 0, y: 1 },
      { x: 2, y: 1 },
    ]),
  ).toThrow(RangeError);
  expect(() => medianRatio([1], [])).toThrow(RangeError);
});
