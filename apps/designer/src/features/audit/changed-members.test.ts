import { expect, test } from "vitest";
import { changedMembers, type WriteValue } from "./changed-members.ts";

const plain: WriteValue = (_, value) => String(value);

test("only what differs is told, as it was and as it is", () => {
  const before = { name: "Ventes", offerMs: 20_000, order: "fixed" };
  expect(changedMembers({ before, after: { name: "Ventes", offerMs: 30_000, script: null } }, plain)).toEqual([
    { name: "offerMs", before: "20000", after: "30000" },
    { name: "order", before: "fixed", after: null },
  ]);
});

test("of what was created there is only what it is, of what was deleted only what it was", () => {
  expect(changedMembers({ before: null, after: { name: "A" } }, plain)).toEqual([
    { name: "name", before: null, after: "A" },
  ]);
  expect(changedMembers({ before: { name: "A" }, after: null }, plain)).toEqual([
    { name: "name", before: "A", after: null },
  ]);
});

test("what holds others is told by what differs in it; lists in one line; each value as it is written for the reader", () => {
  const before = { target: { kind: "number", number: "+331" }, hours: [], open: false };
  const after = {
    target: { kind: "number", number: "+332" },
    hours: [{ from: 9, until: 12 }],
    open: true,
  };
  const write: WriteValue = (name, value) => `${name}=${value}`;
  expect(changedMembers({ before, after }, write)).toEqual([
    { name: "hours", before: "–", after: "(from from=9 · until until=12)" },
    { name: "open", before: "open=false", after: "open=true" },
    { name: "target · number", before: "number=+331", after: "number=+332" },
  ]);
});
