import { expect, test } from "vitest";
import type { TraceEvent } from "../calls/model.ts";
import { cameBy } from "./node-search.ts";
import { readWay, wayOfCall, wayText } from "./way-of-call.ts";

const start = Date.UTC(2026, 10, 23, 9);
const call = {
  ...{ flowId: "reception", direction: "inbound" as const, firstNode: "hello" },
  ...{ startedAt: start, answeredAt: start, endedAt: start + 60_000 },
};

type Line = readonly [seconds: number, kind: string, from: string | null, output?: string, to?: string | null];
const trace = (...lines: readonly Line[]): TraceEvent[] =>
  lines.map(([seconds, kind, nodeId, output, to], at) => ({
    ...{ seq: at + 1, at: start + seconds * 1000, kind, nodeId },
    details: output === undefined ? {} : { output, to: to ?? null },
  }));
const told = (lines: readonly Line[], fields: Partial<Parameters<typeof wayOfCall>[0]> = {}) =>
  wayOfCall({ ...call, ...fields }, trace(...lines)).map(({ nodeId, ms, output }) => [
    nodeId,
    ms === null ? null : ms / 1000,
    output,
  ]);

test("a call is told node by node, with how long it was in each and how it left", () => {
  const lines: readonly Line[] = [
    [4, "moved", "hello", "done", "menu"],
    [9, "moved", "menu", "sales", "desk"],
  ];
  expect(told(lines)).toEqual([
    ["hello", 4, "done"],
    ["menu", 5, "sales"],
    ["desk", 51, null],
  ]);
  expect(told(lines, { endedAt: null }).at(-1)).toEqual(["desk", null, null]);
  expect(told([])).toEqual([["hello", 60, null]]);
});

test("a node that leads back to itself is visited again", () => {
  expect(told([[5, "moved", "hello", "again", "hello"]])).toEqual([
    ["hello", 5, "again"],
    ["hello", 55, null],
  ]);
});

test("what runs inside a sub-flow is one visit of the node that runs it", () => {
  const lines: readonly Line[] = [
    [2, "moved", "hello", "done", "sub"],
    [5, "moved", "sub/ask", "yes", "sub/say"],
    [8, "moved", "sub", "done", "desk"],
  ];
  expect(told(lines)).toEqual([
    ["hello", 2, "done"],
    ["sub", 6, "done"],
    ["desk", 52, null],
  ]);
  expect(
    told([
      [2, "moved", "hello", "done", "sub"],
      [9, "moved", "sub/bye", "done", null],
    ]).at(-1),
  ).toEqual(["sub", 7, null]);
});

test("the error path begins where the call goes on from", () => {
  const lines: readonly Line[] = [
    [3, "flow.failed", "hello"],
    [10, "moved", "sorry", "done", "bye"],
  ];
  expect(told(lines)).toEqual([
    ["hello", 3, null],
    ["sorry", 7, "done"],
    ["bye", 50, null],
  ]);
});

test("a call that was passed on has left the flow", () => {
  const lines: readonly Line[] = [
    [3, "moved", "hello", "done", "desk"],
    [30, "passedOn", null],
    [31, "moved", "nPassOn", "done", "other"],
  ];
  expect(told(lines)).toEqual([
    ["hello", 3, "done"],
    ["desk", 27, null],
  ]);
});

test("a call that we place is in its flow from when somebody picks up; in none, when nobody does", () => {
  const placed = { direction: "outbound" as const, answeredAt: start + 20_000 };
  expect(told([[25, "moved", "hello", "done", "desk"]], placed)[0]).toEqual(["hello", 5, "done"]);
  const { firstNode: _, ...unreached } = { ...call, ...placed };
  expect(wayOfCall(unreached, [])).toEqual([]);
});

test("a kept way says what a call came by, and where its caller hung up", () => {
  const way = wayText(wayOfCall(call, trace([4, "moved", "hello", "done", "menu"])));
  expect(readWay(way)).toHaveLength(2);
  expect(cameBy({ way }, { nodeId: "menu" })).toBe(true);
  expect(cameBy({ way }, { nodeId: "desk" })).toBe(false);
  expect(cameBy({ way }, { hungUpIn: "menu" })).toBe(false);
  const exit = { nodeId: "menu" };
  expect(cameBy({ way, exit }, { hungUpIn: "menu" })).toBe(true);
  expect(cameBy({ way, exit }, { hungUpIn: "hello" })).toBe(false);
});
