import { keyScopes } from "@cordboard/api";
import { expect, test } from "vitest";
import auditEn from "../audit/texts.en.json" with { type: "json" };
import { scopeGroups } from "./scope-groups.ts";
import en from "./texts.en.json" with { type: "json" };

const granted = [...new Set(keyScopes.map((scope) => scope.split(":")[0] ?? ""))];

test("whatever a key can be granted stands in one group, and has a name", () => {
  const grouped: string[] = Object.values(scopeGroups).flat();
  expect([...grouped].sort()).toEqual([...granted].sort());
  expect(granted.filter((resource) => !Object.hasOwn(en, `scope.${resource}`))).toEqual([]);
});

test("what a key can change is named in the audit log", () => {
  const changed = keyScopes.flatMap((scope) => (scope.endsWith(":write") ? (scope.split(":")[0] ?? "") : []));
  expect(changed.filter((resource) => !Object.hasOwn(auditEn, `resource.${resource}`))).toEqual([]);
});
