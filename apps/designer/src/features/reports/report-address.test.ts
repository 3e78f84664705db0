import { expect, test } from "vitest";
import { readAsked, usualPeriod } from "./report-address.ts";

const read = (query: string) => {
  const params = new URLSearchParams(query);
  return readAsked((name) => params.get(name) ?? "", "2026-03-02");
};

test("an address without anything asks for the queues of the last seven days; nonsense is as if it were not there", () => {
  const usual = { report: "queues", from: "2026-02-24", to: "2026-03-02", step: "day", only: "" };
  expect(read("")).toEqual(usual);
  expect(read("report=moon&from=now&to=later&step=century")).toEqual(usual);
});

test("an address that was sent to a colleague asks for the same", () => {
  expect(read("report=operators&from=2026-01-01&to=2026-01-31&step=week&only=op_1")).toEqual({
    report: "operators",
    from: "2026-01-01",
    to: "2026-01-31",
    step: "week",
    only: "op_1",
  });
});

test("usual periods go over the ends of months and years", () => {
  expect(usualPeriod("yesterday", "2026-03-01")).toEqual({ from: "2026-02-28", to: "2026-02-28", step: "hour" });
  expect(usualPeriod("lastMonth", "2026-01-15")).toEqual({ from: "2025-12-01", to: "2025-12-31", step: "day" });
  expect(usualPeriod("month", "2026-03-02")).toMatchObject({ from: "2026-03-01", to: "2026-03-02" });
});
