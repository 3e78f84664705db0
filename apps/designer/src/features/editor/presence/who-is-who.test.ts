import { expect, test } from "vitest";
import { hueOf, initialsOf } from "./who-is-who.ts";

test("a name is told by its first and last word", () => {
  expect(["Léa Petit", "admin", "Jean de la Fontaine", "  Zoé  ", "王 小明", "𝒜lice", ""].map(initialsOf)).toEqual([
    "LP",
    "A",
    "JF",
    "Z",
    "王小",
    "𝒜",
    "",
  ]);
});

test("a page keeps its hue, and pages are told apart", () => {
  expect(hueOf("abc")).toBe(hueOf("abc"));
  expect(new Set(["a", "b", "c", "d"].map(hueOf)).size).toBe(3);
});
