import type { EverydaySetting } from "@cordboard/api";
import { expect, test } from "vitest";
import { draftOf, savedOf, schemaOf } from "./value-form.ts";

const setting = (kind: EverydaySetting["kind"], canBeNone = false): EverydaySetting => ({
  ...{ nodeId: "n1", setting: "s", label: "S", help: "", kind, canBeNone, minimum: 1, maximum: 3 },
  ...{ drawn: null, value: null, changedAt: null, changedBy: null },
});
const said = (text: string) => ({ texts: { "en-GB": text } });

test.each([
  ["prompt", said("Closed.")],
  ["prompts", [said("One."), said("Two.")]],
  ["queue", "queue_1"],
  ["duration", 5_000],
  ["yesNo", true],
] as const)("a value of kind %s comes out of the form as it went in", (kind, value) => {
  expect(savedOf(setting(kind), draftOf({ kind, value }))).toEqual({ kind, value });
});

test("nothing is a value only where the flow can do without", () => {
  const nothing = { value: null, prompts: {} };
  for (const kind of ["prompt", "queue", "number"] as const) {
    expect(savedOf(setting(kind), nothing)).toBeNull();
    expect(savedOf(setting(kind, true), nothing)).toEqual({ kind, value: null });
  }
});

test("the form keeps the limits that the author drew", () => {
  expect(schemaOf(setting("duration"))).toEqual({ type: "integer", format: "duration", minimum: 1, maximum: 3 });
  expect(schemaOf(setting("prompts"))).toMatchObject({ minItems: 1, maxItems: 3, items: { format: "prompt" } });
  expect(schemaOf(setting("schedule", true)).anyOf).toHaveLength(2);
});
