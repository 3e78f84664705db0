import type { TraceEvent } from "@cordboard/api";
import { expect, test } from "vitest";
import { replayedPlace, stepIn } from "./replay-marks.ts";

const node = (id: string) => ({ id, name: "", type: "play", typeVersion: 1, config: {} });
const flow = { entry: "hello", nodes: ["hello", "menu", "sub", "desk"].map(node) };

type Line = readonly [kind: string, nodeId: string | null, details?: TraceEvent["details"]];
const trace = (...lines: readonly Line[]): TraceEvent[] =>
  lines.map(([kind, nodeId, details = {}], at) => ({
    seq: at + 1,
    at: "2026-11-30T10:00:00.000Z",
    kind,
    nodeId,
    details,
  }));

const events = trace(
  ["began", null],
  ["hears", "hello"],
  ["moved", "hello", { output: "done", to: "menu" }],
  ["asked", "menu"],
  ["moved", "menu", { output: "noInput", to: "menu" }],
  ["moved", "menu", { output: "noInput", to: "menu" }],
  ["moved", "menu", { output: "sales", to: "sub" }],
  ["moved", "sub/ask", { output: "yes", to: "sub/say" }],
  ["hears", "sub/say"],
  ["moved", "sub", { output: "done", to: "desk" }],
  ["passedOn", null, { kind: "flow", to: "other" }],
  ["hears", "desk"],
);
const at = (index: number) => replayedPlace(flow, events, index);

test("a call begins at the entry, and is where each step says", () => {
  expect([0, 1, 2, 3, 6, 8, 9].map((index) => at(index).here)).toEqual([
    ...["hello", "hello", "menu", "menu", "sub", "sub", "desk"],
  ]);
  expect(at(3).marks.nodes.get("hello")?.tone).toBe("walked");
  expect(at(3).marks.nodes.get("menu")?.tone).toBe("here");
  expect(at(1).marks.nodes.has("menu")).toBe(false);
});

test("cords that were taken are marked, with how often; ways inside a sub-flow are not drawn", () => {
  expect(at(2).marks.cords.get("hello/done")).toEqual({ tone: "walked" });
  expect(at(6).marks.cords.get("menu/noInput")?.text).toBe("×2");
  expect([...at(9).marks.cords.keys()]).toEqual(["hello/done", "menu/noInput", "menu/sales", "sub/done"]);
});

test("a call that was passed on has left the drawing, whatever its next flow calls its nodes", () => {
  expect(at(11)).toMatchObject({ here: null, left: true });
  expect(at(11).marks.nodes.get("desk")?.tone).toBe("walked");
});

test("a node leads to the next step in it, else to the first", () => {
  expect(stepIn(flow, events, 0, "menu")).toBe(2);
  expect(stepIn(flow, events, 9, "hello")).toBe(0);
  expect(stepIn(flow, events, 0, "nowhere")).toBeNull();
});
