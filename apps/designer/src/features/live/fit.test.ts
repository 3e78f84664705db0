import { expect, test } from "vitest";
import { columnsFor } from "./fit.ts";

const wide = 16 / 9;
const upright = 9 / 16;

test("tiles are as large as the screen allows: beside each other on a wide one, below each other on an upright one", () => {
  expect([1, 2, 3, 4, 6, 9, 12].map((tiles) => columnsFor(tiles, wide))).toEqual([1, 2, 2, 2, 3, 3, 4]);
  expect([1, 2, 3, 4, 8].map((tiles) => columnsFor(tiles, upright))).toEqual([1, 1, 1, 1, 2]);
});

test("an empty screen has a column too", () => {
  expect(columnsFor(0, wide)).toBe(1);
});
