import type { CardContact } from "@cordboard/api";
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

test("a contact is called by name; several are nobody in particular; who keyed a customer number is known behind a hidden number", () => {
  const ana: CardContact = {
    ...{ contactId: "contact_1", name: "Ana Lima", company: "", customerNumber: "", language: "fr-FR" },
    ...{ vip: false, blocked: false, notes: "", url: null },
  };
  const known = { ...aCard, contacts: [ana] };
  expect(callerWords(known)).toEqual({ headline: "Ana Lima", number: "06 12 34 56 78" });
  expect(callerWords({ ...known, contacts: [ana, ana] }).headline).toBe("06 12 34 56 78");
  expect(callerWords({ ...known, hidden: true })).toEqual({ headline: "Ana Lima", number: null });
});
