import fc from "fast-check";
import { expect, test } from "vitest";
import { isWithinGoal } from "../figures/within-goal.ts";
import { addTally } from "./tally.ts";
import { addWait, percentiles, type Waits, within } from "./waits.ts";

const waited = fc.integer({ min: 0, max: 3 * 3_600_000 });
const goal = fc.integer({ min: 1_000, max: 3_600_000 });
const waitsOf = (all: readonly number[]) => {
  const waits: Waits = {};
  for (const ms of all) addWait(waits, ms);
  return waits;
};

test("counts who waited within any goal as each of them is judged, whatever was added up from which parts", () => {
  fc.assert(
    fc.property(fc.array(waited), fc.array(waited), goal, (some, others, goalMs) => {
      const waits = waitsOf(some);
      addTally(waits, waitsOf(others));
      expect(waits).toEqual(waitsOf([...some, ...others]));
      expect(within(waits, goalMs)).toBe([...some, ...others].filter((ms) => isWithinGoal(ms, goalMs)).length);
    }),
  );
});

test("gives percentiles by the nearest rank, rounded up to the second and never by more", () => {
  fc.assert(
    fc.property(fc.array(waited, { minLength: 1 }), fc.constantFrom(0.5, 0.9, 0.95), (all, share) => {
      const sorted = [...all].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(sorted.length * share - 1e-9) - 1)] ?? 0;
      const [found] = percentiles(waitsOf(all), [share]).map((ms) => ms ?? -1);
      if (found === undefined) throw new Error("no share");
      expect(percentiles(waitsOf(all), [0.1, share, 1])[1]).toBe(found);
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found - exact).toBeLessThan(1_000);
    }),
  );
  expect(percentiles({}, [0.5, 0.9])).toEqual([null, null]);
});

test("a wait of exactly the goal is within it, and one of a moment more is not", () => {
  const waits = waitsOf([20_000, 20_001]);
  expect(within(waits, 20_000)).toBe(1);
  expect([isWithinGoal(20_000, 20_000), isWithinGoal(20_001, 20_000)]).toEqual([true, false]);
});
