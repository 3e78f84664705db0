import { expect, test } from "vitest";
import { numberToRing } from "./number-to-ring.ts";

const inFrance = (written: string, own: string | null = null) => numberToRing({ written, country: "FR", own });

test.each([
  ["06 12 34 56 78", "+33612345678"],
  ["+33 6 12 34 56 78", "+33612345678"],
  ["0033612345678", "+33612345678"],
  ["0800 12 34 56", "+33800123456"],
  ["204", "204"],
])("%s is rung as %s", (written, number) => {
  expect(inFrance(written)).toBe(number);
});

test.each([
  "",
  "   ",
  "anonymous",
  "112",
  "911",
  "15",
  "17",
  "18",
  "3114",
  "116117",
  "*21",
  "#31#0612345678",
  "06 12 34 56",
  "+1",
])("“%s” is not rung: no number, an emergency number, or a service code", (written) => {
  expect(inFrance(written)).toBeNull();
  expect(inFrance(written, written)).toBeNull();
});

test("what is an emergency number depends on the country", () => {
  expect(numberToRing({ written: "101", country: "FR", own: null })).toBe("101");
  expect(numberToRing({ written: "101", country: "GB", own: null })).toBeNull();
});

test("premium numbers are not rung, not even for who calls from one", () => {
  expect(inFrance("0899 70 12 34")).toBeNull();
  expect(inFrance("0899 70 12 34", "0899701234")).toBeNull();
  expect(numberToRing({ written: "0899 70 12 34", country: "FR", own: "anywhere" })).toBeNull();
});

test("a number abroad is rung when it is the caller's own, or somebody of the company asks", () => {
  expect(inFrance("+44 20 7946 0018")).toBeNull();
  expect(inFrance("+44 20 7946 0018", "+12125550123")).toBeNull();
  expect(inFrance("+44 20 7946 0018", "442079460018")).toBeNull();
  expect(inFrance("0044 20 7946 0018", "+442079460018")).toBe("+442079460018");
  expect(numberToRing({ written: "+44 20 7946 0018", country: "FR", own: "anywhere" })).toBe("+442079460018");
});
