import { expect, test } from "vitest";
import type { Schedule } from "./schedule.ts";
import { openSlots as each } from "./slots.ts";

const openSlots = (...asked: Parameters<typeof each>) => [...each(...asked)];
const HOUR = 3_600_000;
const zone = "Europe/Paris";
const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const office: Schedule = {
  timeZone: null,
  week: {
    ...none,
    mon: [
      ["09:00", "12:00"],
      ["14:00", "15:30"],
    ],
    tue: [["09:30", "11:30"]],
  },
  holidays: [],
  forced: null,
};
const always: Schedule = {
  ...office,
  week: Object.fromEntries(Object.keys(none).map((day) => [day, [["00:00", "24:00"]]])) as unknown as Schedule["week"],
};
const at = (iso: string) => Date.parse(iso);
const shown = (slots: readonly number[]) =>
  slots.map((slot) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(
      slot,
    ),
  );
// A Monday, 10:10 in Paris.
const monday = at("2026-11-30T09:10:00Z");

test("slots lie whole in the opening hours, begin after now, and go on with the next days", () => {
  expect(shown(openSlots(office, zone, monday, { lengthMs: HOUR, days: 2 }))).toEqual([
    "Mon 11:00",
    "Mon 14:00",
    "Tue 09:30",
    "Tue 10:30",
  ]);
  expect(openSlots(office, zone, monday, { lengthMs: HOUR, days: 1 })).toHaveLength(2);
});

test("a holiday has none, and hours of its own where it has some", () => {
  const holidays = [
    { date: "2026-11-30", name: "Saint-André" },
    { date: "2026-12-01", name: "Short", hours: [["10:00", "11:00"]] as const },
  ];
  expect(shown(openSlots({ ...office, holidays }, zone, monday, { lengthMs: HOUR, days: 2 }))).toEqual(["Tue 10:00"]);
});

test("while it is kept closed nothing is a slot: until a moment, or at all", () => {
  const closed = (until: number | null) => ({ ...office, forced: { state: "closed" as const, until } });
  const wish = { lengthMs: HOUR, days: 2 };
  expect(openSlots(closed(null), zone, monday, wish)).toEqual([]);
  expect(shown(openSlots(closed(at("2026-12-01T08:45:00Z")), zone, monday, wish))).toEqual(["Tue 10:30"]);
  expect(openSlots(closed(monday - 1), zone, monday, wish)).toEqual(openSlots(office, zone, monday, wish));
});

test("times are those of the clock on the wall on days of 23 and of 25 hours, and no two slots overlap", () => {
  const wish = { lengthMs: 2 * HOUR, days: 1 };
  for (const [midnight, hours] of [
    ["2026-03-28T23:00:00Z", 23],
    ["2026-10-24T22:00:00Z", 25],
    ["2026-11-29T23:00:00Z", 24],
  ] as const) {
    for (const schedule of [always, null]) {
      const slots = openSlots(schedule, zone, at(midnight) - 1, { ...wish, days: 2 }).filter(
        (one) => one < at(midnight) + hours * HOUR,
      );
      expect(slots.every((one, index) => index === 0 || one - (slots[index - 1] ?? 0) >= 2 * HOUR)).toBe(true);
      expect(shown(slots).at(-1)).toContain("22:00");
      expect(shown(slots)).toContain(`${hours === 23 ? "Sun 14:00" : hours === 25 ? "Sun 14:00" : "Mon 14:00"}`);
    }
  }
});

test("the times that callers are told in the nights of a change: an hour that comes twice once, and none that there is not", () => {
  const told = (now: string) =>
    openSlots(always, zone, at(now), { lengthMs: HOUR, days: 1 })
      .slice(0, 3)
      .map((slot) => new Date(slot).toISOString());
  // As in the scenarios of flows/one-queue.json.
  expect(told("2026-10-25T00:30:00+02:00")).toEqual([
    "2026-10-24T23:00:00.000Z",
    "2026-10-25T00:00:00.000Z",
    "2026-10-25T02:00:00.000Z",
  ]);
  expect(told("2026-03-29T00:30:00+01:00").slice(0, 2)).toEqual([
    "2026-03-29T00:00:00.000Z",
    "2026-03-29T01:00:00.000Z",
  ]);
});
