import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonDepth } from "./json-depth.ts";

/** The same question asked of the value itself. */
const depthOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

test("counts brackets, but not those inside strings", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(jsonDepth(Buffer.from(JSON.stringify(value)), 100)).toBe(depthOf(value));
    }),
  );
  expect(jsonDepth(Buffer.from('{"a":"[[[\\"]]"}'), 100)).toBe(1);
});

test("stops counting where it is too deep anyway", () => {
  expect(jsonDepth(Buffer.from("[".repeat(1_000_000)), 70)).toBe(71);
});
