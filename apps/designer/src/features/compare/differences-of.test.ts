import type { FlowDocument } from "@cordboard/flow-schema";
import { expect, test } from "vitest";
import { smallFlow } from "../editor/testing.ts";
import { differencesOf } from "./differences-of.ts";

const withNode = (flow: FlowDocument, id: string, changes: Partial<FlowDocument["nodes"][number]>): FlowDocument => ({
  ...flow,
  nodes: flow.nodes.map((node) => (node.id === id ? { ...node, ...changes } : node)),
});

test("a moved box is no difference", () => {
  expect(differencesOf(smallFlow(), { ...smallFlow(), layout: { hello: [9, 9], menu: [1, 1] } })).toEqual([]);
});

test("places come in the order of the drawing, the flow's own settings first", () => {
  const flow = smallFlow();
  const after = withNode(withNode({ ...flow, name: "Other" }, "end", { name: "Bye" }), "hello", { name: "Hi" });
  expect(differencesOf(flow, after).map(({ node }) => node)).toEqual([null, "hello", "end"]);
});

test("a prompt whose words changed is told at the node that says it; one that nobody says, with the flow", () => {
  const flow = smallFlow();
  const prompts = { ...flow.prompts, pMenu: { ...flow.prompts.pMenu, texts: { "fr-FR": "Tapez 1." } } };
  const [menu, ...others] = differencesOf(flow, { ...flow, prompts });
  expect(menu).toMatchObject({ node: "menu", tone: "changed", prompts: [{ id: "pMenu" }] });
  expect(others).toEqual([]);
  const unused = { ...flow.prompts, pOld: { texts: { "fr-FR": "Rien." } } };
  expect(differencesOf(flow, { ...flow, prompts: unused })).toMatchObject([{ node: null, prompts: [{ id: "pOld" }] }]);
});

test("what came and what went, and where outputs lead; of what is gone nothing else is told", () => {
  const flow = smallFlow();
  const after = {
    ...flow,
    nodes: [...flow.nodes.filter(({ id }) => id !== "menu"), { ...flow.nodes[2], id: "bye" } as never],
    edges: [{ from: "hello", output: "done", to: "bye" }],
  };
  const found = differencesOf(flow, after);
  expect(found.find(({ node }) => node === "menu")).toMatchObject({ tone: "removed", leads: [], values: [] });
  expect(found.find(({ node }) => node === "bye")).toMatchObject({ tone: "added" });
  expect(found.find(({ node }) => node === "hello")).toMatchObject({
    tone: "changed",
    leads: [{ output: "done", before: "menu", after: "bye" }],
  });
});
