import { expect, test } from "vitest";
import { hoursFacts, unservedQueues } from "./facts-of-company.ts";

const open = [["09:00", "12:00"]];
const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const working = { ...never, mon: open, tue: open, wed: open, thu: open, fri: open };
/** A Monday. */
const now = Date.UTC(2026, 8, 7, 8);
const plain = { holidays: [], forced: null };

test("a schedule without hours on any day is never open; one with a day of its own, or opened by hand, is", () => {
  const { neverOpen } = hoursFacts(
    [
      { id: "never", week: never, ...plain },
      { id: "working", week: working, ...plain },
      { id: "market", week: never, holidays: [{ date: "2026-10-01", hours: open }], forced: null },
      { id: "past", week: never, holidays: [{ date: "2025-10-01", hours: open }], forced: null },
      { id: "holiday", week: never, holidays: [{ date: "2026-12-25" }], forced: null },
      { id: "by hand", week: never, holidays: [], forced: { state: "open" } },
    ],
    now,
  );
  expect([...neverOpen]).toEqual(["never", "past", "holiday"]);
});

test("a day on which a schedule is closed is the next such day of its week, and no holiday", () => {
  const { closedAt } = hoursFacts(
    [
      { id: "working", week: working, ...plain },
      { id: "always", week: { ...working, sat: open, sun: open }, ...plain },
      { id: "market", week: working, holidays: [{ date: "2026-09-12", hours: open }], forced: null },
    ],
    now,
  );
  expect([...closedAt]).toEqual([
    ["working", "2026-09-12T10:00:00Z"],
    ["market", "2026-09-13T10:00:00Z"],
  ]);
});

test("a queue without operators that overflows to one with some is served", () => {
  const queue = (queueId: string, operatorIds: readonly string[], to?: string) => ({
    ...{ queueId, operatorIds, overflow: to === undefined ? null : { queueIds: [to] } },
  });
  const queues = [queue("empty", []), queue("full", ["ines"]), queue("passes", [], "full"), queue("lost", [], "empty")];
  expect([...unservedQueues(queues)]).toEqual(["empty", "lost"]);
});
