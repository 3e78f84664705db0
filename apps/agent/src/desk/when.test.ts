import { expect, test } from "vitest";
import { formatWhen } from "./when.ts";

const timeZone = "Europe/Paris";
const now = Date.parse("2026-11-24T09:00:00.000Z");
const when = (iso: string, language: "fr" | "en") =>
  formatWhen(Date.parse(iso), now, { language, timeZone }).replaceAll("\u00a0", " ");

test.each([
  ["2026-11-24T08:07:00Z", "à 09 h 07", "at 09:07"],
  ["2026-11-24T15:10:00Z", "à 16 h 10", "at 16:10"],
  // Midnight is that of the zone.
  ["2026-11-23T23:30:00Z", "à 00 h 30", "at 00:30"],
  ["2026-11-23T22:30:00Z", "hier à 23 h 30", "yesterday at 23:30"],
  ["2026-11-25T08:00:00Z", "demain à 09 h 00", "tomorrow at 09:00"],
  ["2026-11-03T08:30:00Z", "le 3 nov. à 09 h 30", "on 3 Nov at 09:30"],
  ["2025-11-24T08:30:00Z", "le 24 nov. 2025 à 09 h 30", "on 24 Nov 2025 at 09:30"],
])("%s is %s, %s", (iso, french, english) => {
  expect(when(iso, "fr")).toBe(french);
  expect(when(iso, "en")).toBe(english);
});

test("yesterday is the day before, also where that has 25 hours", () => {
  const after = Date.parse("2026-10-26T00:30:00+01:00");
  expect(formatWhen(Date.parse("2026-10-25T00:30:00+02:00"), after, { language: "en", timeZone })).toBe(
    "yesterday at 00:30",
  );
});
