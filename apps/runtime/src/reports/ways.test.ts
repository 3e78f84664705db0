import { expect, test } from "vitest";
import { addWay, addWays, emptyWays, waysOf } from "./ways.ts";

const visit = (nodeId: string, ms: number | null, output: string | null = null) => ({ nodeId, ms, output });

test("calls add up to visits, ways, hang-ups and median times, over several days too", () => {
  const monday = emptyWays();
  addWay(monday, [visit("hello", 4_000, "done"), visit("menu", 9_000)], { exit: { nodeId: "menu" } });
  addWay(monday, [visit("hello", 4_000, "done"), visit("menu", 3_000, "sales"), visit("desk", null)], {});
  const tuesday = emptyWays();
  addWay(tuesday, [visit("hello", 16_000)], { exit: { nodeId: null } });
  addWays(monday, JSON.parse(JSON.stringify(tuesday)));
  expect(waysOf(monday)).toEqual({
    calls: 3,
    nodes: [
      { nodeId: "hello", visits: 3, hungUp: 1, medianMs: 4_000 },
      { nodeId: "menu", visits: 2, hungUp: 1, medianMs: 3_000 },
      { nodeId: "desk", visits: 1, hungUp: 0, medianMs: null },
    ],
    ways: [
      { from: "hello", output: "done", count: 2 },
      { from: "menu", output: "sales", count: 1 },
    ],
  });
});

test("a caller who hung up in the flow that an operator had passed them to did so in no node of this one", () => {
  const sums = emptyWays();
  addWay(sums, [visit("desk", 9_000)], { exit: { nodeId: "bye", flowId: "pass-on" } });
  expect(waysOf(sums).nodes).toEqual([{ nodeId: "desk", visits: 1, hungUp: 0, medianMs: 9_000 }]);
});

test("a median of many different times is right to an eighth of itself", () => {
  for (const times of [1, 7, 60].map((unit) => Array.from({ length: 999 }, (_, at) => (at + 1) * unit * 10))) {
    const sums = emptyWays();
    for (const ms of times) addWay(sums, [visit("menu", ms)], {});
    const median = times[499] ?? 0;
    expect(Math.abs((waysOf(sums).nodes[0]?.medianMs ?? 0) - median)).toBeLessThan(median / 8);
  }
});
