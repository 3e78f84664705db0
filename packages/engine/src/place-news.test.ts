import type { PlaceRules, PlaceStands } from "@cordboard/node-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeNews } from "./place-news.ts";

const minute = 60_000;
const rules: PlaceRules = {
  ...{ say: "both", firstMs: 15_000, everyMs: 60_000, upToPosition: 20, upToWaitMs: 30 * minute },
};
const stands = (more: Partial<PlaceStands> = {}): PlaceStands => ({
  ...{ position: 3, expectedWaitMs: 4 * minute, waitedMs: 30_000, rules, ...more },
});
const saying = (say: PlaceRules["say"], more: Partial<PlaceRules> = {}) => ({ rules: { ...rules, say, ...more } });

describe("what is told first", () => {
  test.each([
    ["both", { position: 3, minutes: 4 }],
    ["position", { position: 3, minutes: null }],
    ["wait", { position: null, minutes: 4 }],
  ] as const)("where the queue says %s", (say, told) => {
    expect(placeNews(stands(saying(say)), null)).toEqual({ told, nextMs: 60_000 });
  });

  test("nothing, ever, where the queue says never", () => {
    expect(placeNews(stands(saying("never")), null)).toEqual({ told: null, nextMs: null });
  });

  test("nothing before the first time has come, and then at that time", () => {
    expect(placeNews(stands({ waitedMs: 5_000 }), null)).toEqual({ told: null, nextMs: 10_000 });
  });

  test("nothing of a place far back, of a wait that is too long, unknown, or none", () => {
    expect(placeNews(stands({ position: 21 }), null).told).toEqual({ position: null, minutes: 4 });
    expect(placeNews(stands({ expectedWaitMs: 31 * minute }), null).told).toEqual({ position: 3, minutes: null });
    expect(placeNews(stands({ expectedWaitMs: null }), null).told).toEqual({ position: 3, minutes: null });
    expect(placeNews(stands({ expectedWaitMs: 0 }), null).told).toEqual({ position: 3, minutes: null });
    expect(placeNews(stands({ expectedWaitMs: null, position: null }), null).told).toBeNull();
  });

  test.each([
    [1_000, 1],
    [4 * minute + 1, 5],
    [10 * minute, 10],
    [10 * minute + 1, 15],
    [22 * minute, 25],
  ])("a wait of %i ms is told as %i minutes", (expectedWaitMs, minutes) => {
    expect(placeNews(stands({ expectedWaitMs }), null).told?.minutes).toBe(minutes);
  });
});

describe("what is told again", () => {
  const before = { position: 3, minutes: 4 };
  test("only what is better", () => {
    expect(placeNews(stands({ position: 2 }), before).told).toEqual({ position: 2, minutes: null });
    expect(placeNews(stands({ expectedWaitMs: 3 * minute }), before).told).toEqual({ position: null, minutes: 3 });
    expect(placeNews(stands({ position: 2, expectedWaitMs: 9 * minute }), before).told).toEqual({
      ...{ position: 2, minutes: null },
    });
  });

  test("nothing that is the same or worse, and it is looked again", () => {
    expect(placeNews(stands(), before)).toEqual({ told: null, nextMs: 60_000 });
    expect(placeNews(stands({ position: 5, expectedWaitMs: 20 * minute }), before).told).toBeNull();
  });
});

test("whatever happens in the line, no announcement of a wait is worse than one before it", () => {
  const looks = fc.array(
    fc.record({
      position: fc.option(fc.integer({ min: 1, max: 40 })),
      expectedWaitMs: fc.option(fc.integer({ min: 0, max: 40 * minute })),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(looks, fc.constantFrom("never", "position", "wait", "both"), (seen, say) => {
      let before: { position: number | null; minutes: number | null } = { position: null, minutes: null };
      for (const look of seen) {
        const { told, nextMs } = placeNews(stands({ ...look, ...saying(say) }), before);
        expect(nextMs === null).toBe(say === "never");
        if (!told) continue;
        expect(told.position ?? 0).toBeLessThan(before.position ?? 41);
        expect(told.minutes ?? 0).toBeLessThan(before.minutes ?? 46);
        before = {
          position: told.position ?? before.position,
          minutes: told.minutes ?? before.minutes,
        };
      }
    }),
  );
});
