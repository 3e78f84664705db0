import { expect, test } from "vitest";
import { addressFor } from "./address-for.ts";

const file = "https://crm.example/contact/{{contact.id}}";
const list = "https://crm.example/find?ids={{contacts.ids}}";
const fresh = "https://crm.example/new?number={{caller}}";
const all = { url: file, urlSeveral: list, urlUnknown: fresh };

test("the current file, a list of files, or a new one", () => {
  expect(addressFor(all, "known")).toBe(file);
  expect(addressFor(all, "several")).toBe(list);
  expect(addressFor(all, "unknown")).toBe(fresh);
});

test("a file is not opened without a contact, nor one begun for a hidden number", () => {
  const only = { url: file, urlSeveral: null, urlUnknown: null };
  expect(addressFor(only, "several")).toBeNull();
  expect(addressFor(only, "unknown")).toBeNull();
  expect(addressFor(only, "hidden")).toBeNull();
  expect(addressFor(all, "hidden")).toBeNull();
});

test("an address that names no contact opens for everybody, as it always did", () => {
  const plain = { url: "https://crm.example/?n={{caller}}", urlSeveral: null, urlUnknown: null };
  for (const caller of ["known", "several", "unknown", "hidden"] as const)
    expect(addressFor(plain, caller)).toBe(plain.url);
});
