import { expect, test } from "vitest";
import { aCard } from "../testing/a-view.ts";
import { callerWords } from "./caller.ts";

test("a number in the form of the country, or as it came where there is none", () => {
  expect(callerWords(aCard)).toEqual({ headline: "06 12 34 56 78", number: null });
  expect(callerWords({ ...aCard, fromText: null })).toEqual({ headline: "+33612345678", number: null });
});

test("a name stands above its number", () => {
  const card = { ...aCard, callerName: "Claire Fontaine" };
  expect(callerWords(card)).toEqual({ headline: "Claire Fontaine", number: "06 12 34 56 78" });
  expect(callerWords({ ...aCard, callerName: " " }).headline).toBe("06 12 34 56 78");
});

test("of a hidden caller nothing is shown, even if a name or a number came along", () => {
  expect(callerWords({ ...aCard, hidden: true, callerName: "Claire" })).toEqual({ headline: null, number: null });
});
