import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDuration, isoDuration } from "./duration.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe("as people say it", () => {
  test.each([
    [0, "0 s", "0 s"],
    [42 * second, "42 s", "42 s"],
    [minute + 42 * second, "1 min 42", "1 min 42 s"],
    [2 * minute, "2 min 00", "2 min 00 s"],
    [hour + 5 * minute + 59 * second, "1 h 05", "1 h 05 min"],
    [26 * hour, "26 h 00", "26 h 00 min"],
  ])("%i ms", (ms, french, english) => {
    expect(plain(formatDuration(ms, "fr"))).toBe(french);
    expect(plain(formatDuration(ms, "en"))).toBe(english);
  });
});

test("what has passed is rounded down, what is left is rounded up", () => {
  expect(plain(formatDuration(59_999, "fr"))).toBe("59 s");
  expect(plain(formatDuration(59_001, "fr", { rounding: "up" }))).toBe("1 min 00");
});

test("aloud, the units are whole words, and what is zero is not said", () => {
  expect(plain(formatDuration(minute + 42 * second, "fr", { words: "long" }))).toBe("1 minute 42 secondes");
  expect(plain(formatDuration(2 * hour + minute + second, "en", { words: "long" }))).toBe("2 hours 1 minute");
  expect(plain(formatDuration(2 * minute, "en", { words: "long" }))).toBe("2 minutes");
  expect(plain(formatDuration(0, "fr", { words: "long" }))).toBe("0 seconde");
});

test("a clock that runs behind shows nothing strange", () => {
  for (const ms of [-1, -hour, Number.NaN, Number.POSITIVE_INFINITY])
    expect(plain(formatDuration(ms, "fr"))).toBe("0 s");
});

test("no duration breaks over two lines", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100 * hour }),
      fc.constantFrom("fr" as const, "en" as const),
      (ms, language) => {
        expect(formatDuration(ms, language)).not.toMatch(/ /);
      },
    ),
  );
});

test("what machines read is the same time", () => {
  expect(isoDuration(hour + 2 * minute + 3 * second)).toBe("PT1H2M3S");
  expect(isoDuration(0)).toBe("PT0S");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 * hour }), (ms) => {
      const [, h = 0, m = 0, s = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(isoDuration(ms)) ?? [];
      expect(Number(h) * hour + Number(m) * minute + Number(s) * second).toBe(Math.floor(ms / second) * second);
    }),
  );
});

function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}
