import { expect, test } from "vitest";
import { compareFrom, comparisons, queryOf, readAsked, usualPeriod } from "./report-address.ts";

const read = (query: string) => {
  const params = new URLSearchParams(query);
  return readAsked((name) => params.get(name) ?? "", "2026-03-02");
};

test("an address without anything asks for the queues of the last seven days; nonsense is as if it were not there", () => {
  const usual = {
    report: "queues",
    from: "2026-02-24",
    to: "2026-03-02",
    step: "day",
    only: "",
    weekdays: "",
    compare: "",
    by: "",
  };
  expect(read("")).toEqual(usual);
  expect(read("report=moon&from=now&to=later&step=century&weekdays=9&compare=never")).toEqual(usual);
});

test("an address that was sent to a colleague asks for the same", () => {
  expect(read("report=operators&from=2026-01-01&to=2026-01-31&step=week&only=op_1")).toEqual({
    report: "operators",
    from: "2026-01-01",
    to: "2026-01-31",
    step: "week",
    ...{ only: "op_1", weekdays: "", compare: "", by: "" },
  });
  expect(read("step=quarterOfDay&weekdays=1,2,3,4,5&compare=year")).toMatchObject({
    ...{ step: "quarterOfDay", weekdays: "1,2,3,4,5", compare: "year" },
  });
});

test("only answers are counted apart by queue or operator", () => {
  expect(queryOf(read("report=answers&by=operator&only=queue_1"))).toMatchObject({ by: "operator", only: "queue_1" });
  expect(queryOf(read("report=queues&by=operator"))).not.toHaveProperty("by");
  expect(read("report=answers&by=moon").by).toBe("");
});

test("a period is compared with as many days that do not overlap it: those before it, or the same weekdays of weeks ago", () => {
  const week = { from: "2026-03-02", to: "2026-03-08" };
  expect(comparisons(week)).toEqual(["previous", "week", "fourWeeks", "year"]);
  expect(comparisons({ from: "2026-02-01", to: "2026-02-28" })).toEqual(["previous", "fourWeeks", "year"]);
  expect(compareFrom("previous", { from: "2026-03-02", to: "2026-03-03" })).toBe("2026-02-28");
  expect(compareFrom("week", week)).toBe("2026-02-23");
  expect(compareFrom("year", week)).toBe("2025-03-03");
  const asked = { ...read(""), ...week, compare: "week", weekdays: "1" } as const;
  expect(queryOf(asked)).toEqual({ ...week, step: "day", compare: "2026-02-23" });
  expect(queryOf({ ...asked, compare: "", step: "hourOfDay" })).toEqual({ ...week, step: "hourOfDay", weekdays: "1" });
});

test("usual periods go over the ends of months and years", () => {
  expect(usualPeriod("yesterday", "2026-03-01")).toEqual({ from: "2026-02-28", to: "2026-02-28", step: "hour" });
  expect(usualPeriod("lastMonth", "2026-01-15")).toEqual({ from: "2025-12-01", to: "2025-12-31", step: "day" });
  expect(usualPeriod("thisWeek", "2026-03-01")).toEqual({ from: "2026-02-23", to: "2026-03-01", step: "day" });
  expect(usualPeriod("thisWeek", "2026-03-02")).toMatchObject({ from: "2026-03-02", to: "2026-03-02" });
  expect(usualPeriod("month", "2026-03-02")).toMatchObject({ from: "2026-03-01", to: "2026-03-02" });
});
