import { describe, expect, test } from "vitest";
import { outlookOf, type PastVisit } from "./outlook.ts";

const MINUTE = 60_000;
/** Ten to ten. */
const now = Date.UTC(2026, 10, 24, 9, 50);
const goal = { share: 0.8, withinMs: 20_000 };

/** So many calls, evenly between two moments (minutes from now). */
const calls = (count: number, from: number, until: number, handleMs = 180_000): PastVisit[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ joinedAt: now + (from + ((until - from) * at) / count) * MINUTE, answered: true, handleMs },
  }));

/** Every week alike: so many in the hour before, so many in the first and in the other quarters of the next. */
const week = (before: number, first: number, later: number) => [
  ...calls(before, -60, 0),
  ...calls(first, 10, 25),
  ...calls(later * 3, 25, 70),
];

describe("the coming hour", () => {
  test("wants what past weeks wanted, by the handbook: 50 calls of 3 min in a quarter are 14 operators", () => {
    const weeks = [week(40, 2, 50), week(40, 2, 50)];
    const { slots, advice, handleMs } = outlookOf({ now, lastHour: calls(40, -60, 0), weeks, goal, signedIn: 12 });
    expect(handleMs).toBe(180_000);
    expect(slots.map(({ from }) => (from - now) / MINUTE)).toEqual([10, 25, 40, 55]);
    expect(slots.map((slot) => slot.calls)).toEqual([2, 50, 50, 50]);
    expect(slots[1]?.needed).toBe(14);
    // Enough for the first quarter: two more from a quarter past ten on.
    expect(advice).toEqual({ kind: "more", count: 2, from: now + 25 * MINUTE });
  });

  test("follows the pace of the last hour, but no further than half or twice", () => {
    const weeks = [week(20, 10, 10)];
    const expected = (lastHour: number) =>
      outlookOf({ now, lastHour: calls(lastHour, -60, 0), weeks, goal, signedIn: 9 }).slots[0]?.calls;
    expect([expected(20), expected(30), expected(200), expected(0)]).toEqual([10, 15, 20, 5]);
  });

  test("of few calls takes no pace, and without past weeks gives no advice", () => {
    const few = outlookOf({ now, lastHour: calls(12, -60, 0), weeks: [week(3, 4, 4)], goal, signedIn: 5 });
    expect(few.slots[0]?.calls).toBe(4);
    const new_ = outlookOf({ now, lastHour: calls(12, -60, 0), weeks: [], goal, signedIn: 0 });
    expect(new_).toMatchObject({ lastHour: { calls: 12, usual: null }, advice: { kind: "noHistory" } });
  });

  test("says when there are enough, and when some could do something else", () => {
    const given = { now, lastHour: calls(40, -60, 0), weeks: [week(40, 50, 50)], goal };
    expect(outlookOf({ ...given, signedIn: 14 }).advice).toEqual({ kind: "enough", count: 0, from: null });
    expect(outlookOf({ ...given, signedIn: 15 }).advice.kind).toBe("enough");
    expect(outlookOf({ ...given, signedIn: 18 }).advice).toEqual({ kind: "fewer", count: 3, from: null });
    expect(outlookOf({ ...given, signedIn: 0 }).advice).toMatchObject({ kind: "more", count: 14 });
  });
});
