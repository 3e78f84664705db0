import { readFileSync } from "node:fs";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { CompanionAddress, CompanionAnswer, CompanionCommand, CompanionEvent, CompanionState } from "./companion.ts";

const page = readFileSync(new URL("../../../docs/companion.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/```jsonc? (\w+)\n([\s\S]*?)```/g)].map(([, title = "", text = ""]) => ({
  title,
  value: JSON.parse(text) as unknown,
}));
const schemas = { CompanionAddress, CompanionAnswer, CompanionCommand, CompanionEvent, CompanionState };

test("every example of the page is what the contract says, and each schema has one", () => {
  expect([...new Set(examples.map(({ title }) => title))].sort()).toEqual(Object.keys(schemas).sort());
  for (const { title, value } of examples) {
    const schema = schemas[title as keyof typeof schemas];
    expect([title, [...Value.Errors(schema, value)]]).toEqual([title, []]);
  }
});

test("what nobody has agreed on is refused", () => {
  expect(Value.Check(CompanionCommand, { v: 1, do: "format" })).toBe(false);
  expect(Value.Check(CompanionCommand, { v: 1, do: "dial", number: "0612345678" })).toBe(false);
  expect(Value.Check(CompanionAddress, { v: 1, url: "http://192.168.0.9:47010", token: "t".repeat(40) })).toBe(false);
});
