import { diffFlows, type FlowDocument } from "@cordboard/flow-schema";
import { expect, test } from "vitest";
import { smallFlow } from "../editor/testing.ts";
import { type ChangeReader, sayFlowChange, sayNodeChange, sayPromptChange } from "./say-change.ts";

const reader: ChangeReader = {
  screen: "en",
  nameOf: (kind, id) => (kind === "queue" && id === "q1" ? "Sales" : null),
  t: (key, values = {}) => [key, ...Object.values(values)].join(" "),
};
const withMenu = (flow: FlowDocument, config: Record<string, unknown>): FlowDocument => ({
  ...flow,
  nodes: flow.nodes.map((node) => (node.id === "menu" ? { ...node, config: { ...node.config, ...config } } : node)),
});
const said = (before: FlowDocument, after: FlowDocument) => {
  const node = (document: FlowDocument) => document.nodes.find(({ id }) => id === "menu") ?? null;
  const sides = [before, after].map((document) => ({ document, node: node(document) }));
  const [was, is] = sides;
  if (!was || !is) throw new Error("two sides");
  return (diffFlows(before, after).nodes[0]?.values ?? []).map((value) => sayNodeChange(value, was, is, reader));
};

test("a setting is called as its form calls it, also inside a list; durations are read as such", () => {
  const flow = smallFlow();
  const choices = [
    { id: "sales", digit: "3", label: "Sales" },
    { id: "help", digit: "2", label: "" },
  ];
  expect(said(flow, withMenu(flow, { choices, patienceMs: 8_000 }))).toEqual([
    { label: "Choices › Sales › Key", before: "1", after: "3" },
    { label: "Silence allowed after the question", before: "6\u00a0s", after: "8\u00a0s" },
  ]);
});

test("what came into a list is told whole, by its members' names", () => {
  const flow = smallFlow();
  const choices = [...((flow.nodes[1]?.config.choices ?? []) as object[]), { id: "boss", digit: "9", label: "Boss" }];
  expect(said(flow, withMenu(flow, { choices }))).toEqual([
    { label: "Choices › Boss", before: null, after: "member Key 9; member Name Boss" },
  ]);
});

test("a mark is told by the setting and by the name that it has for supervisors", () => {
  const flow = smallFlow();
  const marked = (everyday: object): FlowDocument => ({
    ...flow,
    nodes: flow.nodes.map((node) => (node.id === "menu" ? { ...node, ...everyday } : node)),
  });
  const patience = marked({ everyday: { patienceMs: { label: "Patience" } } });
  expect(said(flow, patience)).toEqual([{ label: "everyday", before: null, after: "Patience" }]);
  expect(said(patience, marked({ everyday: { patienceMs: { label: "Wait", maximum: 9_000 } } }))).toEqual([
    { label: "everyday › Silence allowed after the question › everyday.label", before: "Patience", after: "Wait" },
    { label: "everyday › Silence allowed after the question › everyday.maximum", before: null, after: "9000" },
  ]);
});

test("a prompt is told by its name, and its texts by language", () => {
  const flow = smallFlow();
  expect(said(flow, withMenu(flow, { prompt: "pHello" }))).toEqual([
    { label: "Question", before: "Menu", after: "Hello" },
  ]);
  const before = { name: "Hello", texts: { "fr-FR": "Bonjour." }, audio: { "fr-FR": `sha256:${"a".repeat(64)}` } };
  const after = { name: "Hello", texts: { "fr-FR": "Bonsoir.", "en-GB": "Hello." } };
  expect(sayPromptChange({ id: "p", before, after }, reader)).toEqual([
    { label: "prompt.text Hello English", before: null, after: "Hello." },
    { label: "prompt.text Hello French", before: "Bonjour.", after: "Bonsoir." },
    { label: "prompt.recording Hello French", before: "recorded", after: null },
  ]);
});

test("the flow's own: languages by their names, nodes by theirs", () => {
  const before = smallFlow();
  const after = { ...before, languages: ["fr-FR"], entry: "menu" };
  const told = diffFlows(before, after).document.map((value) => sayFlowChange(value, { before, after }, reader));
  expect(told).toEqual([
    { label: "flow.entry ", before: "Hello", after: "Menu" },
    { label: "flow.languages ", before: "French, English", after: "French" },
  ]);
});
