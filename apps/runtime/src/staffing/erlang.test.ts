import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { averageWaitMs, erlangB, erlangC, operatorsNeeded, serviceLevel } from "./erlang.ts";

describe("Erlang B", () => {
  // The traffic tables of the telephone administrations: the load that so many lines carry with that share of calls lost.
  test.each([
    [1, 0.0101, 0.01],
    [5, 1.361, 0.01],
    [10, 4.461, 0.01],
    [20, 12.03, 0.01],
    [50, 37.9, 0.01],
    [100, 84.06, 0.01],
    [10, 5.084, 0.02],
    [30, 21.93, 0.02],
    [10, 6.216, 0.05],
  ])("%i lines carry %f erlangs with %f lost", (lines, load, lost) => {
    expect(erlangB(lines, load)).toBeCloseTo(lost, 4);
  });
});

describe("Erlang C", () => {
  // Textbook values of M/M/c.
  test.each([
    [1, 0.5, 0.5],
    [2, 1, 0.3333],
    [5, 4, 0.5541],
    [10, 8, 0.4092],
    [14, 10, 0.1741],
  ])("with %i operators and %f erlangs the share that waits is %f", (operators, load, waits) => {
    expect(erlangC(operators, load)).toBeCloseTo(waits, 3);
  });

  test("with more than they can carry everybody waits", () => {
    expect(erlangC(10, 10)).toBe(1);
    expect(erlangC(3, 7.5)).toBe(1);
  });
});

describe("how many operators", () => {
  // The worked example of many handbooks: 100 calls of three minutes in half an hour, 80 % within 20 s.
  const half = { calls: 100, perMs: 1_800_000, handleMs: 180_000 };

  test("100 calls of 3 min in half an hour want 14 for 80 % within 20 s, who answer 88.8 % and have them wait 7.8 s", () => {
    expect(operatorsNeeded(half, { share: 0.8, withinMs: 20_000 })).toBe(14);
    expect(serviceLevel(14, half, 20_000)).toBeCloseTo(0.888, 3);
    expect(averageWaitMs(14, half) / 1_000).toBeCloseTo(7.8, 1);
    expect(serviceLevel(13, half, 20_000)).toBeLessThan(0.8);
  });

  test("no calls want nobody; a goal of all wants a number all the same", () => {
    expect(operatorsNeeded({ ...half, calls: 0 }, { share: 0.8, withinMs: 20_000 })).toBe(0);
    expect(operatorsNeeded(half, { share: 1, withinMs: 20_000 })).toBeLessThan(40);
  });

  test("the number is the fewest that reach the goal, and never less for more calls", () => {
    const drawn = {
      calls: fc.integer({ min: 1, max: 3_000 }),
      handleMs: fc.integer({ min: 10_000, max: 900_000 }),
      percent: fc.integer({ min: 50, max: 99 }),
      withinMs: fc.integer({ min: 1_000, max: 120_000 }),
    };
    fc.assert(
      fc.property(fc.record(drawn), ({ calls, handleMs, percent, withinMs }) => {
        const demand = { calls, handleMs, perMs: 3_600_000 };
        const goal = { share: percent / 100, withinMs };
        const needed = operatorsNeeded(demand, goal);
        expect(serviceLevel(needed, demand, withinMs)).toBeGreaterThanOrEqual(goal.share);
        expect(serviceLevel(needed - 1, demand, withinMs)).toBeLessThan(goal.share);
        expect(operatorsNeeded({ ...demand, calls: calls + 1 }, goal)).toBeGreaterThanOrEqual(needed);
      }),
    );
  });
});
