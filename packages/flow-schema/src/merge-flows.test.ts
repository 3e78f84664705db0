import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalText } from "./canonical-text.ts";
import type { FlowDocument, FlowNode } from "./flow-document.ts";
import { mergeFlows } from "./merge-flows.ts";

const node = (id: string, config: FlowNode["config"] = {}): FlowNode => ({
  id,
  name: id,
  type: "x",
  typeVersion: 1,
  config,
});
const flow = (changes: Partial<FlowDocument> = {}): FlowDocument => ({
  formatVersion: 1,
  id: "one",
  name: "One",
  languages: ["fr-FR"],
  parameters: {},
  inputs: [],
  results: [],
  keys: {},
  variables: {},
  prompts: { hello: { texts: { "fr-FR": "Bonjour" } } },
  entry: "a",
  onError: null,
  nodes: [node("a", { prompt: "hello", times: 1 }), node("b"), node("c")],
  edges: [
    { from: "a", output: "done", to: "b" },
    { from: "b", output: "done", to: "c" },
  ],
  notes: {},
  groups: {},
  layout: { a: [0, 0], b: [100, 0] },
  ...changes,
});
const withConfig = (document: FlowDocument, id: string, config: FlowNode["config"]): FlowDocument => ({
  ...document,
  nodes: document.nodes.map((one) => (one.id === id ? { ...one, config: { ...one.config, ...config } } : one)),
});
const without = (document: FlowDocument, id: string): FlowDocument => ({
  ...document,
  nodes: document.nodes.filter((one) => one.id !== id),
  edges: document.edges.filter(({ from, to }) => from !== id && to !== id),
});
const textOf = (document: FlowDocument) => canonicalText(document);

describe("what nobody else touched", () => {
  test("two settings of one node, a renamed node and another's edge: all of it", () => {
    const base = flow();
    const mine = withConfig(base, "a", { times: 3 });
    const theirs = {
      ...withConfig(base, "a", { prompt: "bye" }),
      edges: [{ from: "a", output: "done", to: "c" }, ...base.edges.slice(1)],
    };
    const { document, conflicts } = mergeFlows(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document.nodes[0]?.config).toEqual({ prompt: "bye", times: 3 });
    expect(document.edges).toContainEqual({ from: "a", output: "done", to: "c" });
  });

  test("comments and groups: both authors' are there, each where it was put; a node that is gone is in no group", () => {
    const group = { title: "Greeting", colour: "blue" as const, nodes: ["a", "c"] };
    const base = flow({ groups: { g: group } });
    const mine = { ...base, notes: { m: { text: "Mine" } }, layout: { ...base.layout, m: [0, 0, 200, 80] } };
    const theirs = {
      ...without({ ...base, groups: { g: { ...group, nodes: ["a", "b"], folded: true } } }, "c"),
      notes: { t: { text: "Theirs" } },
      layout: { ...base.layout, t: [9, 9, 200, 80] },
    };
    const { document, conflicts } = mergeFlows(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document.notes).toEqual({ m: { text: "Mine" }, t: { text: "Theirs" } });
    expect([document.layout.m, document.layout.t]).toEqual([
      [0, 0, 200, 80],
      [9, 9, 200, 80],
    ]);
    expect(document.groups.g).toEqual({ ...group, nodes: ["a", "b"], folded: true });
  });

  test("choices of a menu by their ids, and in which order", () => {
    const choices = (...ids: string[]) => ids.map((id) => ({ id, digit: id }));
    const base = withConfig(flow(), "a", { choices: choices("1", "2") });
    const mine = withConfig(base, "a", { choices: choices("2", "1") });
    const theirs = withConfig(base, "a", { choices: choices("1", "3", "2") });
    const { document, conflicts } = mergeFlows(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document.nodes[0]?.config.choices).toEqual(choices("2", "1", "3"));
  });

  test("languages that both added, and a prompt that one removed while the other uses it anew", () => {
    const base = flow({ nodes: [node("a"), node("b"), node("c")] });
    const { document, conflicts } = mergeFlows(
      base,
      { ...base, prompts: {}, languages: ["fr-FR", "de-DE"] },
      { ...withConfig(base, "b", { prompt: "hello" }), languages: ["fr-FR", "en-GB"] },
    );
    expect(conflicts).toEqual([]);
    expect([...document.languages].sort()).toEqual(["de-DE", "en-GB", "fr-FR"]);
    expect(document.prompts).toEqual(base.prompts);
  });

  test("a box that both moved is no conflict", () => {
    const base = flow();
    const { document, conflicts } = mergeFlows(
      base,
      { ...base, layout: { a: [5, 5], b: [100, 0] } },
      { ...base, layout: { a: [9, 9], b: [200, 0] } },
    );
    expect(conflicts).toEqual([]);
    expect(document.layout).toEqual({ a: [5, 5], b: [200, 0] });
  });
});

describe("what both changed", () => {
  test("the same setting: a conflict with all three values; what was chosen stands", () => {
    const base = flow();
    const [mine, theirs] = [withConfig(base, "a", { times: 2 }), withConfig(base, "a", { times: 3 })];
    const merged = mergeFlows(base, mine, theirs);
    expect(merged.conflicts).toEqual([{ pointer: "/nodes/a/config/times", base: 1, mine: 2, theirs: 3 }]);
    expect(merged.document.nodes[0]?.config.times).toBe(2);
    const chosen = mergeFlows(base, mine, theirs, new Map([["/nodes/a/config/times", "theirs"]]));
    expect(chosen.document.nodes[0]?.config.times).toBe(3);
  });

  test("removed here, changed there: it stays until it is decided", () => {
    const base = flow();
    const theirs = withConfig(base, "b", { times: 9 });
    const { document, conflicts } = mergeFlows(base, without(base, "b"), theirs);
    expect(conflicts.map(({ pointer }) => pointer)).toEqual(["/nodes/b"]);
    expect(document.nodes.map(({ id }) => id).sort()).toEqual(["a", "b", "c"]);
    expect(document.edges).toContainEqual({ from: "b", output: "done", to: "c" });
    const gone = mergeFlows(base, without(base, "b"), theirs, new Map([["/nodes/b", "mine"]]));
    expect(gone.document.nodes.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(gone.document.edges).toEqual([]);
  });

  test("removed here, led to there: it stays, and so does what leads to it", () => {
    const base = flow();
    const theirs = { ...base, edges: [...base.edges, { from: "c", output: "done", to: "b" }] };
    const { document, conflicts } = mergeFlows(base, without(base, "b"), theirs);
    expect(conflicts.map(({ pointer }) => pointer)).toEqual(["/nodes/b"]);
    expect(document.edges).toContainEqual({ from: "c", output: "done", to: "b" });
  });

  test("each removed what the other kept: a flow is left all the same", () => {
    const base = flow({ nodes: [node("a"), node("b")], edges: [] });
    const [mine, theirs] = [without(base, "b"), { ...without(base, "a"), entry: "b" }];
    const { document, conflicts } = mergeFlows(base, mine, theirs);
    expect(document.nodes).toHaveLength(1);
    expect(conflicts.length).toBeGreaterThan(0);
  });
});

/** Flows over few ids and values, so that sides meet. */
const anyFlow = fc
  .record({
    nodes: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }),
    settings: fc.array(
      fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom("s", "t"), fc.integer({ min: 0, max: 3 })),
    ),
    choices: fc.uniqueArray(fc.constantFrom("1", "2", "3")),
    edges: fc.array(fc.tuple(fc.nat(3), fc.constantFrom("done", "else"), fc.nat(3))),
    name: fc.constantFrom("One", "Two"),
    prompts: fc.dictionary(
      fc.constantFrom("p", "q"),
      fc.record({ texts: fc.record({ "fr-FR": fc.constantFrom("oui", "non") }) }),
    ),
    entry: fc.nat(3),
  })
  .map(({ nodes, settings, choices, edges, name, prompts, entry }): FlowDocument => {
    const at = (index: number) => nodes[index % nodes.length] ?? "a";
    const made = nodes.map((id) =>
      node(id, {
        ...Object.fromEntries(settings.filter(([of]) => of === id).map(([, setting, value]) => [setting, value])),
        choices: choices.map((choice) => ({ id: choice, digit: choice })),
      }),
    );
    const unique = new Map(
      edges.map(([from, output, to]) => [`${at(from)} ${output}`, { from: at(from), output, to: at(to) }]),
    );
    return flow({ nodes: made, edges: [...unique.values()], name, prompts, entry: at(entry), layout: {} });
  });

test("what one side alone did is what comes of it; what both did alike is no conflict", () => {
  fc.assert(
    fc.property(anyFlow, anyFlow, (base, changed) => {
      for (const [mine, theirs] of [
        [base, changed],
        [changed, base],
        [changed, structuredClone(changed)],
      ] as const) {
        const { document, conflicts } = mergeFlows(base, mine, theirs);
        expect(conflicts).toEqual([]);
        expect(textOf(document)).toBe(textOf(changed));
      }
    }),
  );
});

test("of any two sides nothing is lost: each setting that one of them gave stands in the document or in a conflict", () => {
  fc.assert(
    fc.property(anyFlow, anyFlow, anyFlow, (base, mine, theirs) => {
      const { document, conflicts } = mergeFlows(base, mine, theirs);
      const ids = new Set(document.nodes.map(({ id }) => id));
      for (const { from, to } of document.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
      expect(ids.has(document.entry)).toBe(true);
      const told = JSON.stringify(conflicts);
      const was = new Map(base.nodes.map((one) => [one.id, one]));
      for (const side of [mine, theirs]) {
        for (const one of side.nodes) {
          for (const [setting, value] of Object.entries(one.config)) {
            const isNew = JSON.stringify(was.get(one.id)?.config[setting]) !== JSON.stringify(value);
            if (!isNew || setting === "choices") continue;
            const kept = document.nodes.find(({ id }) => id === one.id)?.config[setting] === value;
            expect(kept || told.includes(`/nodes/${one.id}`)).toBe(true);
          }
        }
        for (const edge of side.edges) {
          const isNew = !base.edges.some((known) => JSON.stringify(known) === JSON.stringify(edge));
          const kept = document.edges.some((one) => JSON.stringify(one) === JSON.stringify(edge));
          const isTold =
            told.includes(`/edges/${edge.from} ${edge.output}`) ||
            told.includes(`/nodes/${edge.from}`) ||
            told.includes(`/nodes/${edge.to}`);
          expect(!isNew || kept || isTold).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("which side is mine changes who stands at a conflict, not what is one", () => {
  fc.assert(
    fc.property(anyFlow, anyFlow, anyFlow, (base, one, other) => {
      const places = (left: FlowDocument, right: FlowDocument) =>
        new Set(mergeFlows(base, left, right).conflicts.map(({ pointer }) => pointer.split("/").slice(0, 3).join("/")));
      fc.pre(base.nodes.some(({ id }) => one.nodes.some((a) => a.id === id) && other.nodes.some((b) => b.id === id)));
      expect([...places(one, other)].sort()).toEqual([...places(other, one)].sort());
    }),
  );
});
