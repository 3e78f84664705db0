import { expect, test } from "vitest";
import { changedMembers } from "./changed-members.ts";

test("only what differs is told, as it was and as it is", () => {
  const before = { name: "Ventes", offerMs: 20_000, order: "fixed" };
  expect(changedMembers({ before, after: { name: "Ventes", offerMs: 30_000, script: null } })).toEqual([
    { name: "offerMs", before: "20000", after: "30000" },
    { name: "order", before: "fixed", after: null },
    { name: "script", before: null, after: "–" },
  ]);
});

test("of what was created there is only what it is, of what was deleted only what it was", () => {
  expect(changedMembers({ before: null, after: { name: "A" } })).toEqual([{ name: "name", before: null, after: "A" }]);
  expect(changedMembers({ before: { name: "A" }, after: null })).toEqual([{ name: "name", before: "A", after: null }]);
});
