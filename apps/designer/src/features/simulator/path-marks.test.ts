import type { SimStep } from "@cordboard/simulator/scenario";
import { expect, test } from "vitest";
import { pathMarks } from "./path-marks.ts";

const step = (
  index: number,
  path: readonly string[],
  ...moves: readonly (readonly [string, string, string])[]
): SimStep => ({
  ...{ index, at: index, action: 0, event: null, answer: null, keyed: null, heard: [], language: "en-GB" },
  ...{ variables: {}, open: null, queueId: null, notes: [], asked: null, over: false },
  path,
  moves: moves.map(([from, output, to]) => ({ from, output, to })),
});

const steps = [
  step(0, ["hello"]),
  step(1, ["menu"], ["hello", "done", "hours"], ["hours", "open", "menu"]),
  step(2, ["menu"], ["menu", "again", "menu"]),
  step(3, ["inside", "say"], ["menu", "again", "menu"], ["menu", "one", "inside"]),
  step(4, ["bye"], ["inside/say", "done", "inside/back"], ["inside", "done", "bye"]),
];

test("the way lights up: nodes gone through at once too, ways that were gone more than once with their count", () => {
  const marks = pathMarks(steps, null);
  expect(Object.fromEntries([...marks.nodes].map(([id, { tone }]) => [id, tone]))).toEqual({
    ...{ hello: "walked", hours: "walked", menu: "walked", inside: "walked", bye: "here" },
  });
  expect(Object.fromEntries([...marks.cords].map(([id, { text }]) => [id, text]))).toEqual({
    ...{ "hello/done": undefined, "hours/open": undefined, "menu/again": "×2", "menu/one": undefined },
    "inside/done": undefined,
  });
});

test("up to the step that is looked at; a sub-flow's call is in the node that runs it", () => {
  expect([...pathMarks(steps, 1).nodes.keys()].sort()).toEqual(["hello", "hours", "menu"]);
  expect(pathMarks(steps, 3).nodes.get("inside")).toEqual({ tone: "here" });
  expect(pathMarks([], null).nodes.size).toBe(0);
});
