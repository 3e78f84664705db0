import { type FlowDocument, mergeFlows } from "@cordboard/flow-schema";
import { expect, test } from "vitest";
import type { ChangeReader } from "../../compare/say-change.ts";
import { smallFlow } from "../testing.ts";
import { sayConflict } from "./say-conflict.ts";

const reader: ChangeReader = {
  screen: "en",
  nameOf: () => null,
  t: (key, values = {}) => [key, ...Object.values(values)].join(" "),
};
const said = (mine: FlowDocument, theirs: FlowDocument) =>
  mergeFlows(smallFlow(), mine, theirs).conflicts.map((one) =>
    sayConflict(one, { mine, theirs }, reader, { removed: "removed", kept: "kept" }),
  );
const withMenu = (config: Record<string, unknown>): FlowDocument => ({
  ...smallFlow(),
  nodes: smallFlow().nodes.map((node) =>
    node.id === "menu" ? { ...node, config: { ...node.config, ...config } } : node,
  ),
});
const leadingTo = (to: string): FlowDocument => ({
  ...smallFlow(),
  edges: smallFlow().edges.map((edge) => (edge.from === "menu" ? { ...edge, to } : edge)),
});

test("a setting is named with its node, both values as its form writes them", () => {
  expect(said(withMenu({ patienceMs: 3_000 }), withMenu({ patienceMs: 9_000 }))).toEqual([
    { label: "Menu › Silence allowed after the question", mine: "3\u00a0s", theirs: "9\u00a0s" },
  ]);
});

test("where an output leads, by the names of the nodes", () => {
  expect(said(leadingTo("hello"), leadingTo("menu"))).toEqual([
    { label: "Menu › Sales →", mine: "Hello", theirs: "Menu" },
  ]);
});

test("what one removed and the other changed", () => {
  const flow = smallFlow();
  const gone = { ...flow, nodes: flow.nodes.filter(({ id }) => id !== "menu"), edges: [] };
  expect(said(gone, withMenu({ attempts: 5 }))[0]).toEqual({ label: "Menu", mine: "removed", theirs: "kept" });
});

test("the words of a prompt, in their language", () => {
  const saying = (text: string): FlowDocument => {
    const { prompts, ...flow } = smallFlow();
    return { ...flow, prompts: { ...prompts, pMenu: { name: "Menu", texts: { "fr-FR": text } } } };
  };
  expect(said(saying("Un."), saying("Deux."))).toEqual([
    { label: "prompt.of Menu · French", mine: "Un.", theirs: "Deux." },
  ]);
});
