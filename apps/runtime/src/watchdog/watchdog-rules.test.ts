import { expect, test } from "vitest";
import { createStallWatch } from "./stall.ts";

test("rule 11: a loop that stands still for longer than it may is told apart from one that is slow", () => {
  const stalled = createStallWatch(6_000);
  expect(stalled(1, 0)).toBe(false);
  expect(stalled(1, 6_000)).toBe(false);
  expect(stalled(2, 6_001)).toBe(false);
  expect(stalled(2, 12_001)).toBe(false);
  expect(stalled(2, 12_002)).toBe(true);
});
