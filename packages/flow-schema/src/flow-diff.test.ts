import fc from "fast-check";
import { expect, test } from "vitest";
import { apply } from "./edit-command.ts";
import { diffFlows, isSameBehaviour } from "./flow-diff.ts";
import type { FlowDocument } from "./flow-document.ts";

const flow: FlowDocument = {
  ...{
    formatVersion: 1 as const,
    id: "one",
    name: "One",
    languages: ["fr-FR"],
    parameters: {},
    inputs: [],
    results: [],
    keys: {},
    variables: {},
  },
  prompts: { hello: { texts: { "fr-FR": "Bonjour" } } },
  entry: "menu",
  onError: null,
  nodes: [
    {
      id: "menu",
      name: "Menu",
      type: "menu",
      typeVersion: 1,
      config: {
        prompt: "hello",
        choices: [
          { id: "sales", digit: "1", label: "Sales" },
          { id: "help", digit: "2", label: "Help" },
        ],
      },
    },
    { id: "end", name: "End", type: "hangup", typeVersion: 1, config: { prompt: null } },
  ],
  edges: [{ from: "menu", output: "sales", to: "end" }],
  notes: {},
  groups: {},
  layout: { menu: [0, 0] },
};

const withChoices = (choices: unknown): FlowDocument => ({
  ...flow,
  nodes: flow.nodes.map((node) => (node.id === "menu" ? { ...node, config: { prompt: "hello", choices } } : node)),
});

test("a box that was moved is no difference", () => {
  expect(isSameBehaviour(diffFlows(flow, { ...flow, layout: { menu: [500, 20], end: [0, 0] } }))).toBe(true);
});

test("what a comment says and which nodes are in a group is told; where it stands and whether it is folded is not; callers notice none of it", () => {
  const before: FlowDocument = {
    ...flow,
    notes: { c1: { text: "Ask Ines" } },
    groups: { g1: { title: "Greeting", colour: "blue", nodes: ["menu", "end"] } },
    layout: { ...flow.layout, c1: [0, 0, 200, 100] },
  };
  const after: FlowDocument = {
    ...before,
    notes: { c1: { text: "Ask Paul" } },
    groups: { g1: { title: "Greeting", colour: "blue", nodes: ["end", "menu"], folded: true } },
    layout: { ...flow.layout, c1: [50, 0, 200, 300] },
  };
  const diff = diffFlows(before, after);
  expect(diff.notes.map(({ values }) => values)).toEqual([
    [{ pointer: "/text", before: "Ask Ines", after: "Ask Paul" }],
  ]);
  expect(diff.groups).toEqual([]);
  expect(isSameBehaviour(diff)).toBe(true);
});

test("a changed key is named by the choice's id, a new order is told apart from it", () => {
  const changed = withChoices([
    { id: "help", digit: "2", label: "Help" },
    { id: "sales", digit: "3", label: "Sales" },
  ]);
  expect(diffFlows(flow, changed).nodes[0]?.values).toEqual([
    { pointer: "/config/choices", before: ["sales", "help"], after: ["help", "sales"] },
    { pointer: "/config/choices/sales/digit", before: "1", after: "3" },
  ]);
});

test("a choice that came or went is one change", () => {
  const values = diffFlows(flow, withChoices([{ id: "sales", digit: "1", label: "Sales" }])).nodes[0]?.values;
  expect(values).toEqual([
    { pointer: "/config/choices/help", before: { id: "help", digit: "2", label: "Help" }, after: undefined },
  ]);
});

test("nodes, edges, prompts and the document itself", () => {
  const removed = apply(flow, { type: "removeNode", id: "end" });
  if (!removed.ok) throw new Error(removed.reason);
  const after = { ...removed.document, name: "Two", prompts: { hello: { texts: { "fr-FR": "Bonsoir" } } } };
  expect(diffFlows(flow, after)).toMatchObject({
    document: [{ pointer: "/name", before: "One", after: "Two" }],
    nodes: [{ id: "end", after: null, values: [] }],
    edges: [{ from: "menu", output: "sales", before: "end", after: null }],
    prompts: [{ id: "hello", values: [{ pointer: "/texts/fr-FR", before: "Bonjour", after: "Bonsoir" }] }],
    variables: [],
  });
});

test("a flow differs from itself in nothing, and there and back are the same places", () => {
  const settings = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
  fc.assert(
    fc.property(settings, settings, (one, other) => {
      const document = (config: Record<string, unknown>): FlowDocument => ({
        ...flow,
        nodes: [{ id: "menu", name: "Menu", type: "x", typeVersion: 1, config }],
      });
      const [left, right] = [document(one), document(other)];
      expect(isSameBehaviour(diffFlows(left, structuredClone(left)))).toBe(true);
      const places = (from: FlowDocument, to: FlowDocument) =>
        diffFlows(from, to).nodes.flatMap(({ values }) => values.map(({ pointer }) => pointer));
      expect(places(left, right)).toEqual(places(right, left));
    }),
  );
});
