import { expect, test } from "vitest";
import { computeHolidays } from "../../../../../../scripts/compute-holidays.ts";
import computed from "./holidays.generated.json";
import { holidayRegions, offeredHolidays, regionOfZone } from "./offered-holidays.ts";

const dates = (region: string) => offeredHolidays(region, "2027-01-01", "en").map(({ date }) => date.slice(0));

test("what is offered is what the library says today", async () => {
  expect(computed).toEqual(await computeHolidays());
  expect(Object.keys(computed.regions).sort()).toEqual([...holidayRegions].sort());
});

test("Alsace-Moselle has Good Friday and the day after Christmas besides", () => {
  const more = dates("FR-AM").filter((date) => !dates("FR").includes(date));
  expect(more).toEqual(["2027-03-26", "2027-12-26", "2028-04-14", "2028-12-26"]);
});

test("overseas each has its day of the abolition of slavery", () => {
  const abolition = (region: string) =>
    offeredHolidays(region, "2027-01-01", "fr").find(({ name }) => name.startsWith("Abolition"))?.date;
  expect(["FR-GP", "FR-MQ", "FR-GF", "FR-RE", "FR-YT"].map(abolition)).toEqual([
    "2027-05-27",
    "2027-05-22",
    "2027-06-10",
    "2027-12-20",
    "2027-04-27",
  ]);
});

test("the parts of the United Kingdom differ, and Christmas on a Saturday moves", () => {
  const from = "2027-12-01";
  expect(offeredHolidays("GB-EAW", from, "en").slice(0, 5)).toEqual([
    { date: "2027-12-25", name: "Christmas Day" },
    { date: "2027-12-26", name: "Boxing Day" },
    { date: "2027-12-27", name: "Christmas Day (substitute day)" },
    { date: "2027-12-28", name: "Boxing Day (substitute day)" },
    { date: "2028-01-01", name: "New Year’s Day" },
  ]);
  expect(dates("GB-SCT")).toContain("2027-11-30");
  expect(dates("GB-SCT")).not.toContain("2027-03-29");
  expect(dates("GB-NIR")).toContain("2027-07-12");
});

test("a day on which two fall is one day", () => {
  const days = offeredHolidays("FR-GF", "2030-06-01", "fr").filter(({ date }) => date === "2030-06-10");
  expect(days).toEqual([{ date: "2030-06-10", name: "Abolition de l’esclavage, Lundi de Pentecôte" }]);
  for (const region of holidayRegions) {
    for (let year = 2026; year <= 2040; year += 2) {
      const dates = offeredHolidays(region, `${year}-01-01`, "en").map(({ date }) => date);
      expect(new Set(dates).size).toBe(dates.length);
    }
  }
});

test("a time zone proposes its region", () => {
  expect(["Europe/Paris", "Europe/London", "Indian/Reunion", "Asia/Tokyo"].map(regionOfZone)).toEqual([
    "FR",
    "GB-EAW",
    "FR-RE",
    "FR",
  ]);
});
