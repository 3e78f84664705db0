import { afterEach, expect, test, vi } from "vitest";
import { companyState } from "./company-state.ts";

afterEach(() => void vi.useRealTimers());

const queue = (queueId: string, operatorIds: readonly string[], queueIds: readonly string[] = []) => ({
  ...{ queueId, operatorIds, overflow: { queueIds } },
});
type Queues = NonNullable<Parameters<typeof companyState>[0]>;
type Hours = NonNullable<Parameters<typeof companyState>[1]>;

test("an author is told of queues that nobody serves, and of hours in which nobody is there", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 30, 9) });
  const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const never = { scheduleId: "never", timeZone: "Europe/Paris", week: closed, holidays: [], forced: null };
  const office = { ...never, scheduleId: "office", week: { ...closed, mon: [["08:00", "18:00"]] } };
  const state = companyState(
    [queue("queue_1", []), queue("queue_2", ["op_1"])] as unknown as Queues,
    [never, office] as unknown as Hours,
  );
  expect([...(state.unserved ?? [])]).toEqual(["queue_1"]);
  expect([...(state.neverOpen ?? [])]).toEqual(["never"]);
});

test("what could not be read yet is no problem: nothing is said of it", () => {
  expect(companyState(undefined, undefined)).toEqual({});
  expect(companyState([], undefined)).not.toHaveProperty("neverOpen");
  expect(companyState(undefined, [])).not.toHaveProperty("unserved");
});
