import { expect, test } from "vitest";
import { SHORT_MS } from "../call-records/short-ms.ts";
import type { ClosedVisit } from "./centre-store.ts";
import { DayVisits } from "./day-visits.ts";

const minute = 60_000;
const midnight = Date.UTC(2026, 11, 1);
const now = midnight + 10 * 60 * minute;
let made = 0;

/** A visit to the sales queue that ended `agoMs` before now. */
const visit = (leftReason: ClosedVisit["leftReason"], waitedMs: number, agoMs = minute): ClosedVisit => {
  made += 1;
  const closedAt = now - agoMs;
  return { _id: `visit_${made}`, queueIds: ["sales"], joinedAt: closedAt - waitedMs, closedAt, leftReason };
};
const counted = (...visits: readonly ClosedVisit[]) => {
  const day = new DayVisits();
  for (const one of visits) day.add(one);
  return day;
};
const none = { answered: 0, abandoned: 0, left: 0, inTime: 0 };

test("visits are told apart by how they ended; in time is who was answered within what the queue aims at", () => {
  const visits = counted(
    visit("answered", 20_000),
    visit("answered", 20_001),
    visit("hungUp", SHORT_MS),
    visit("hungUp", SHORT_MS - 1),
    visit("movedOn", minute),
  );
  const counts = { answered: 2, abandoned: 1, left: 1, inTime: 1 };
  expect(visits.count("sales", midnight, now, 20_000)).toEqual({
    day: { ...counts, shortAbandoned: 1 },
    halfHour: counts,
  });
});

test("whoever is asked first, while their caller is with an operator, has not waited", () => {
  const visits = counted({ ...visit("answered", minute), consult: true });
  expect(visits.count("sales", midnight, now, 20_000).day).toEqual({ ...none, shortAbandoned: 0 });
});

test("one that is told twice counts once, and one that goes on counts not yet", () => {
  const told = visit("answered", minute);
  const visits = counted(told, told, { ...visit("hungUp", minute), closedAt: null });
  expect(visits.count("sales", midnight, now, minute).day).toMatchObject({ answered: 1, abandoned: 0 });
});

test("a visit is of the day in which it began, and of the half-hour in which it ended", () => {
  const visits = counted(visit("answered", minute, 31 * minute), visit("answered", 11 * 60 * minute, minute));
  const { day, halfHour } = visits.count("sales", midnight, now, minute);
  expect([day.answered, halfHour.answered]).toEqual([1, 1]);
  expect(halfHour.inTime).toBe(0);
  expect(day.inTime).toBe(1);
});

test("a visit counts for the queue in which it ended, which stands first", () => {
  const visits = counted({ ...visit("answered", minute), queueIds: ["support", "sales"] });
  expect(visits.count("sales", midnight, now, minute).halfHour).toEqual(none);
  expect(visits.count("support", midnight, now, minute).halfHour.answered).toBe(1);
});

test("yesterday is forgotten, but for what ended in the last half-hour", () => {
  const visits = counted(
    visit("answered", 11 * 60 * minute, 31 * minute),
    visit("answered", 11 * 60 * minute, 29 * minute),
    visit("answered", minute, 31 * minute),
  );
  visits.forget(midnight, now);
  expect(visits.count("sales", 0, now, minute).day.answered).toBe(2);
  expect(visits.count("sales", 0, now, minute).halfHour.answered).toBe(1);
});
