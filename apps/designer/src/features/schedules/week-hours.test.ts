import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addStretch, type DayHours, isOpenAt, moveEnd, paint, removeStretch } from "./week-hours.ts";

const day: DayHours = [
  ["08:30", "12:00"],
  ["14:00", "18:00"],
];

describe("the hours of a day", () => {
  test("opening over the break makes one stretch of two", () => {
    expect(paint(day, 720, 840, true)).toEqual([["08:30", "18:00"]]);
  });

  test("closing cuts a stretch in two", () => {
    expect(paint(day, 600, 630, false)).toEqual([
      ["08:30", "10:00"],
      ["10:30", "12:00"],
      ["14:00", "18:00"],
    ]);
  });

  test("painted backwards is painted all the same", () => {
    expect(paint([], 1080, 480, true)).toEqual([["08:00", "18:00"]]);
  });

  test("an end that is moved into the next stretch joins it; one moved before its beginning takes it away", () => {
    expect(moveEnd(day, 0, 1, "15:00")).toEqual([["08:30", "18:00"]]);
    expect(moveEnd(day, 1, 1, "13:00")).toEqual([["08:30", "12:00"]]);
  });

  test("a stretch more comes an hour after the last, and late in the evening none is added", () => {
    expect(addStretch([])).toEqual([["08:30", "18:00"]]);
    expect(addStretch([["08:30", "12:00"]])).toEqual([
      ["08:30", "12:00"],
      ["13:00", "17:00"],
    ]);
    expect(addStretch([["08:30", "24:00"]])).toEqual([["08:30", "24:00"]]);
    expect(removeStretch(day, 0)).toEqual([["14:00", "18:00"]]);
  });
});

test("whatever is painted, the day is open where it was opened last, and its stretches stay apart and in order", () => {
  const minute = fc.integer({ min: 0, max: 1440 });
  fc.assert(
    fc.property(fc.array(fc.tuple(minute, minute, fc.boolean()), { maxLength: 8 }), minute, (strokes, asked) => {
      let hours: DayHours = [];
      let open = false;
      for (const [one, other, opens] of strokes) {
        hours = paint(hours, one, other, opens);
        if (Math.min(one, other) <= asked && asked < Math.max(one, other)) open = opens;
      }
      const ends = hours.flat();
      expect([...ends].sort()).toEqual(ends);
      expect(new Set(ends).size).toBe(ends.length);
      expect(isOpenAt(hours, asked)).toBe(open);
    }),
  );
});
