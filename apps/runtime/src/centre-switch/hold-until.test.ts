import type { Schedule, Week } from "@cordboard/schedule";
import { expect, test } from "vitest";
import { holdUntil } from "./hold-until.ts";

const none: Week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const tuesday: Schedule = { timeZone: null, week: { ...none, tue: [["08:30", "12:00"]] }, holidays: [], forced: null };
/** A Tuesday at ten, in Paris. */
const now = Date.parse("2026-11-24T10:00:00+01:00");
const until = (hold: Parameters<typeof holdUntil>[0], schedule: Schedule) => {
  const at = holdUntil(hold, schedule, "Europe/Paris", now);
  return at === null ? null : new Date(at).toISOString();
};

test("until the timetable's next change, whatever holds by hand now", () => {
  expect(until("nextChange", tuesday)).toBe("2026-11-24T11:00:00.000Z");
  expect(until("nextChange", { ...tuesday, forced: { state: "closed", until: null } })).toBe(
    "2026-11-24T11:00:00.000Z",
  );
  expect(until("nextChange", { ...tuesday, forced: { state: "open", until: now + 60_000 } })).toBe(
    "2026-11-24T11:00:00.000Z",
  );
});

test("a timetable that never changes holds until it is taken back", () => {
  expect(until("nextChange", { ...tuesday, week: none })).toBeNull();
});

test("until the day ends where the centre is, or until it is taken back", () => {
  expect(until("endOfDay", tuesday)).toBe("2026-11-24T23:00:00.000Z");
  expect(until("endOfDay", { ...tuesday, timeZone: "America/Montreal" })).toBe("2026-11-25T05:00:00.000Z");
  expect(until("takenBack", tuesday)).toBeNull();
});
