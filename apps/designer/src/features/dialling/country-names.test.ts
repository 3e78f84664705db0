import { expect, test } from "vitest";
import { countryNames } from "./country-names.ts";

test("countries have their names in the reader's language, each once, and nothing else is among them", () => {
  const french = countryNames("fr");
  expect(french).toContainEqual({ value: "DE", label: "Allemagne" });
  expect(countryNames("en")).toContainEqual({ value: "DE", label: "Germany" });
  expect(french.length).toBeGreaterThan(200);
  expect(new Set(french.map(({ label }) => label)).size).toBe(french.length);
  expect(french.filter(({ value }) => ["EU", "UN", "ZZ", "AA"].includes(value))).toEqual([]);
  const labels = french.map(({ label }) => label);
  expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, "fr")));
});
