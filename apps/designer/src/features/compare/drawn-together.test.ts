import type { FlowDocument } from "@cordboard/flow-schema";
import { expect, test } from "vitest";
import { smallFlow } from "../editor/testing.ts";
import { differencesOf } from "./differences-of.ts";
import { differenceMarks, drawnTogether } from "./drawn-together.ts";

const without = (flow: FlowDocument, gone: string): FlowDocument => ({
  ...flow,
  nodes: flow.nodes.filter(({ id }) => id !== gone),
  edges: flow.edges.filter(({ from, to }) => from !== gone && to !== gone),
  layout: Object.fromEntries(Object.entries(flow.layout).filter(([id]) => id !== gone)),
});
const marksOf = (before: FlowDocument, after: FlowDocument) =>
  differenceMarks(before, after, differencesOf(before, after), (tone) => tone);

test("what is gone is drawn where it was, with the cords it had", () => {
  const before = smallFlow();
  const together = drawnTogether(before, without(before, "menu"));
  expect(together.layout.menu).toEqual([300, 0]);
  expect(together.edges).toEqual(expect.arrayContaining(before.edges));
  const { nodes, cords } = marksOf(before, without(before, "menu"));
  expect(nodes.get("menu")).toEqual({ tone: "removed", text: "removed" });
  // Its card says it for the cords.
  expect(cords.get("hello/done")).toEqual({ tone: "removed" });
});

test("what is gone steps aside when something else stands there now", () => {
  const before = smallFlow();
  const after = without(before, "menu");
  const { layout } = drawnTogether(before, { ...after, layout: { ...after.layout, hello: [300, 10] } });
  expect(layout.menu?.[0]).toBe(300);
  expect(layout.menu?.[1]).toBeGreaterThanOrEqual(110);
});

test("a cord that leads elsewhere is drawn once, where it leads now, with its word", () => {
  const before = smallFlow();
  const edges = before.edges.map((edge) => (edge.output === "done" ? { ...edge, to: "end" } : edge));
  const after = { ...before, edges };
  expect(drawnTogether(before, after).edges).toEqual(edges);
  expect(marksOf(before, after).cords.get("hello/done")).toEqual({ tone: "changed", text: "changed" });
});

test("two flows that are the same have no marks, and nothing fades", () => {
  expect(marksOf(smallFlow(), smallFlow())).toMatchObject({ fadesOthers: false });
});
