import { expect, test } from "vitest";
import { ringPattern } from "./ring-pattern.ts";

test("it rings from the first moment until the offer ends, with rests, and no note begins after", () => {
  const notes = ringPattern(20);
  expect(notes[0]?.at).toBe(0);
  expect(notes.every((note) => note.at < 20 && note.seconds > 0 && note.hertz > 200 && note.hertz < 4_000)).toBe(true);
  expect(notes.some((note) => note.at > 18)).toBe(true);
  const gaps = notes.slice(1).map((note, index) => note.at - (notes[index]?.at ?? 0));
  expect(Math.max(...gaps)).toBeGreaterThan(1);
  expect(Math.max(...gaps)).toBeLessThan(2);
});

test("an offer without time left rings not at all", () => {
  expect(ringPattern(0)).toEqual([]);
});
