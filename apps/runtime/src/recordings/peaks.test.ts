import { expect, test } from "vitest";
import { peaksOf } from "./peaks.ts";

const samples = (...levels: number[]) => Buffer.from(Int16Array.from(levels).buffer);

test("is drawn from its beginning to its end, the loudest of each stretch, and never beyond full", () => {
  expect(peaksOf(samples(0, 0, -16_000, 10, 4_000, 3, 32_767, -32_768), 4)).toEqual([0, 100, 50, 100]);
  expect(peaksOf(Buffer.alloc(0))).toEqual([]);
  expect(peaksOf(samples(16_000, 0), 120)).toEqual([100, 0]);
  expect(peaksOf(Buffer.alloc(16_000 * 60))).toHaveLength(120);
});
