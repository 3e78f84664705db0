import { expect, test } from "vitest";
import { formatDate, formatDateTime, formatPreciseTime, formatTime } from "./date-time.ts";

const instant = Date.UTC(2026, 10, 23, 10, 7, 42, 318);
const paris = {
  fr: { language: "fr", timeZone: "Europe/Paris" },
  en: { language: "en", timeZone: "Europe/Paris" },
} as const;

test("the time of day is written as its readers write it", () => {
  expect(plain(formatTime(instant, paris.fr))).toBe("11 h 07");
  expect(formatTime(instant, paris.en)).toBe("11:07");
});

test("midnight is the hour 0, not 24", () => {
  expect(formatTime(Date.UTC(2026, 10, 22, 23, 0), paris.en)).toBe("00:00");
});

test("a trace shows milliseconds", () => {
  expect(formatPreciseTime(instant, paris.fr)).toBe("11:07:42,318");
  expect(formatPreciseTime(instant, paris.en)).toBe("11:07:42.318");
});

test("dates are written in full where there is room, short where there is not", () => {
  expect(plain(formatDate(instant, paris.fr))).toBe("lundi 23 novembre 2026");
  expect(plain(formatDate(instant, paris.en)).replace(",", "")).toBe("Monday 23 November 2026");
  expect(plain(formatDateTime(instant, paris.fr))).toBe("23 nov. 2026, 11 h 07");
  expect(plain(formatDateTime(instant, paris.en))).toBe("23 Nov 2026, 11:07");
});

test("the company's zone decides, on the day the clocks change too", () => {
  const beforeChange = Date.UTC(2026, 2, 29, 0, 59);
  expect(formatTime(beforeChange, paris.en)).toBe("01:59");
  expect(formatTime(beforeChange + 60_000, paris.en)).toBe("03:00");
  expect(formatTime(instant, { language: "en", timeZone: "America/Montreal" })).toBe("05:07");
});

function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ");
}
