import { expect, test } from "vitest";
import { addressParts, parametersOf, sampleValue } from "./sample-address.ts";

const url = "https://crm.example/contact/{{id}}?number={{ caller }}&again={{id}}";

test("the parameters are named once, in order", () => {
  expect(parametersOf(url)).toEqual(["id", "caller"]);
  expect(parametersOf("https://crm.example/{{")).toEqual([]);
});

test("values are put in, encoded; what nobody gave is nothing", () => {
  const parts = addressParts(url, { id: "a/b" });
  expect(parts.map((part) => part.text).join("")).toBe("https://crm.example/contact/a%2Fb?number=&again=a%2Fb");
  expect(parts.filter((part) => part.parameter !== null).map((part) => part.parameter)).toEqual(["id", "caller", "id"]);
});

test("a number looks like a number, and a name that says nothing has no sample", () => {
  expect(sampleValue("callerNumber")).toBe("+33612345678");
  expect(sampleValue("contact.company")).toBe("Fontaine & fils");
  expect(sampleValue("contacts.ids")).toContain(",");
  expect(sampleValue("zzz")).toBe("");
});
