import { expect, test } from "vitest";
import { behaviourText, canonicalText } from "./canonical-text.ts";
import { parseFlow } from "./parse-flow.ts";
import { toyFlow } from "./testing/toy-flow.ts";

const flow = toyFlow({ b: "say", a: "end" }, ["b.done>a"], {
  layout: { b: [1, 2], a: [3.5, -4] },
  variables: { z: { type: "number", initial: 1 }, y: { type: "string" } },
});

test("reads in a diff: the reference's order, nodes and names sorted, an edge and a position a line", () => {
  expect(canonicalText(flow)).toBe(`{
  "$schema": "./flow.schema.json",
  "formatVersion": 1,
  "id": "toy",
  "name": "Toy",
  "languages": [
    "fr-FR",
    "en-GB"
  ],
  "parameters": {},
  "variables": {
    "y": {
      "type": "string"
    },
    "z": {
      "initial": 1,
      "type": "number"
    }
  },
  "prompts": {},
  "entry": "b",
  "onError": null,
  "nodes": [
    {
      "id": "a",
      "name": "A",
      "type": "end",
      "typeVersion": 1,
      "config": {}
    },
    {
      "id": "b",
      "name": "B",
      "type": "say",
      "typeVersion": 1,
      "config": {}
    }
  ],
  "edges": [
    { "from": "b", "output": "done", "to": "a" }
  ],
  "layout": {
    "a": [3.5, -4],
    "b": [1, 2]
  }
}
`);
});

test("moving a node changes the text and not the behaviour", () => {
  const moved = { ...flow, layout: { ...flow.layout, b: [100, 200] } };
  expect(canonicalText(moved)).not.toBe(canonicalText(flow));
  expect(behaviourText(moved)).toBe(behaviourText(flow));
  const renamed = { ...flow, entry: "a" };
  expect(behaviourText(renamed)).not.toBe(behaviourText(flow));
});

test("settings with members of every name survive, in a fixed order", () => {
  const hostile = JSON.parse('{"__proto__":{"x":1},"b":[{"d":1,"c":2}],"10":1,"9":2}');
  const first = flow.nodes[0];
  if (!first) throw new Error("no node");
  const text = canonicalText({ ...flow, nodes: [{ ...first, config: hostile }] });
  const parsed = parseFlow(text);
  if (!parsed.ok) throw new Error("refused");
  expect(canonicalText(parsed.document)).toBe(text);
  expect(text).toContain('"__proto__"');
  expect(text.indexOf('"c"')).toBeLessThan(text.indexOf('"d"'));
});
