import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingsPage } from "./findings-page.ts";
import rulesEn from "./rules/rules.en.json" with { type: "json" };
import rulesFr from "./rules/rules.fr.json" with { type: "json" };

test("docs/reference/findings.md is the catalogue, printed (npm run flow-schema)", () => {
  expect(readFileSync(new URL("../../../docs/reference/findings.md", import.meta.url), "utf8")).toBe(findingsPage());
});

test("every rule of behaviour says in both languages what it looks at, with its limits", () => {
  expect(Object.keys(rulesFr)).toEqual(Object.keys(rulesEn));
  expect(findingsPage()).toContain("More than 15 s in which");
  expect(findingsPage()).not.toMatch(/\{(silence|person|ring|queue|system)\}\s/);
});
