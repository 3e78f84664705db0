import type { TriedScenario } from "@cordboard/simulator/scenario";
import { expect, test } from "vitest";
import { smallFlow } from "../editor/testing.ts";
import { coverageOf } from "./coverage.ts";

const tried = (...moves: readonly (readonly [string, string, string])[]): TriedScenario => ({
  name: "one",
  failure: null,
  moves: moves.map(([from, output, to]) => ({ from, output, to })),
});

test("ways and nodes tell how many scenarios went there, and which were missed", () => {
  const again: readonly [string, string, string] = ["hello", "done", "menu"];
  const { marks, walked, all } = coverageOf(smallFlow(), [tried(again, again), tried(again)]);
  expect([walked, all]).toEqual([1, 2]);
  expect(marks.cords.get("hello/done")).toEqual({ tone: "walked", text: "2×" });
  expect(marks.cords.get("menu/sales")).toEqual({ tone: "missed" });
  expect(marks.nodes.get("hello")).toEqual({ tone: "walked", text: "2×" });
  expect(marks.nodes.get("end")).toEqual({ tone: "missed" });
});

test("what runs inside a node is that node's, and without scenarios all is missed", () => {
  const { marks } = coverageOf(smallFlow(), [tried(["menu/x", "done", "menu/y"])]);
  expect(marks.nodes.get("menu")).toEqual({ tone: "missed" });
  expect(coverageOf(smallFlow(), []).walked).toBe(0);
});
