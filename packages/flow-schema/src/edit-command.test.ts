import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText } from "./canonical-text.ts";
import { apply, type EditCommand } from "./edit-command.ts";
import { insertOnEdge } from "./insert-on-edge.ts";
import { toyFlow } from "./testing/toy-flow.ts";

const start = toyFlow({ a: "say", b: "ask", c: "end" }, ["a.done>b", "b.yes>c"], {
  layout: { a: [0, 0], b: [10, 20] },
});

const id = fc.constantFrom("a", "b", "c", "d", "e");
const output = fc.constantFrom("done", "yes", "no");
const position = fc.option(fc.tuple(fc.integer(), fc.integer()), { nil: null });
const edge = fc.record({ from: id, output, to: id });
const prompt = fc.constantFrom(null, { texts: { "fr-FR": "Bonjour" } }, { texts: { "en-GB": "Hello" } });
const variable = fc.constantFrom(null, { type: "string" as const }, { type: "number" as const, initial: 1 });
const name = fc.constantFrom("one", "two", "__proto__");
const single: fc.Arbitrary<EditCommand> = fc.oneof(
  fc.record({
    type: fc.constant("addNode" as const),
    node: fc.record({
      id,
      name: fc.string(),
      type: fc.constant("say"),
      typeVersion: fc.constant(1),
      config: fc.constant({}),
    }),
    edges: fc.uniqueArray(edge, { maxLength: 2, selector: (one) => `${one.from}.${one.output}` }),
    position,
  }),
  fc.record({ type: fc.constant("removeNode" as const), id }),
  fc.record({ type: fc.constant("connect" as const), from: id, output, to: id }),
  fc.record({ type: fc.constant("disconnect" as const), from: id, output }),
  fc.record({ type: fc.constant("moveNode" as const), id, position }),
  fc.record({ type: fc.constant("setConfig" as const), id, config: fc.constantFrom({}, { prompt: "p" }) }),
  fc.record({ type: fc.constant("renameNode" as const), id, name: fc.string() }),
  fc.record({ type: fc.constant("setFlowName" as const), name: fc.string() }),
  fc.record({
    type: fc.constant("setLanguages" as const),
    languages: fc.array(fc.constantFrom("fr-FR", "en-GB", "de-DE"), { maxLength: 4 }),
  }),
  fc.record({ type: fc.constant("setEntry" as const), id }),
  fc.record({ type: fc.constant("setOnError" as const), id: fc.option(id, { nil: null }) }),
  fc.record({ type: fc.constant("setKey" as const), key: fc.constantFrom("0", "*"), to: fc.option(id, { nil: null }) }),
  fc.record({ type: fc.constant("setPrompt" as const), id: name, prompt }),
  fc.record({ type: fc.constant("setVariable" as const), name, variable }),
  fc.record({
    type: fc.constant("setInterface" as const),
    inputs: fc.constantFrom([], ["one"]),
    results: fc.constant([]),
  }),
  fc.record({
    type: fc.constant("setNote" as const),
    id: fc.constantFrom("a", "note"),
    note: fc.option(fc.record({ text: fc.string() }), { nil: null }),
    place: fc.option(fc.tuple(fc.integer(), fc.integer(), fc.nat(), fc.nat()), { nil: null }),
  }),
  fc.record({
    type: fc.constant("setGroup" as const),
    id: fc.constantFrom("first", "second"),
    group: fc.option(
      fc.record({
        title: fc.string(),
        colour: fc.constantFrom("blue" as const, "green" as const),
        nodes: fc.uniqueArray(id, { maxLength: 3 }),
        folded: fc.boolean(),
      }),
      { nil: null },
    ),
  }),
  fc.constant({ type: "replace" as const, document: toyFlow({ a: "ask", d: "end" }, ["a.yes>d"]) }),
);
const command: fc.Arbitrary<EditCommand> = fc.oneof(
  { weight: 4, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("several" as const), commands: fc.array(single, { maxLength: 4 }) }),
  },
);

test("undoing commands, last first, gives the bytes of before each, and no command changes the document it is given", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      let document = start;
      const undo: { readonly inverse: EditCommand; readonly before: string }[] = [];
      for (const one of commands) {
        const before = canonicalText(document);
        const result = apply(document, one);
        expect(canonicalText(document)).toBe(before);
        if (!result.ok) continue;
        undo.push({ inverse: result.inverse, before });
        document = result.document;
      }
      for (const { inverse, before } of undo.reverse()) {
        const result = apply(document, inverse);
        if (!result.ok) throw new Error(`${inverse.type} was refused: ${result.reason}`);
        expect(canonicalText(result.document)).toBe(before);
        document = result.document;
      }
    }),
    { numRuns: 300 },
  );
});

test("after any commands every edge leads between nodes that exist, and each output has one", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const document = commands.reduce((now, one) => {
        const result = apply(now, one);
        return result.ok ? result.document : now;
      }, start);
      const ids = new Set(document.nodes.map((node) => node.id));
      expect(ids.size).toBe(document.nodes.length);
      const outputs = document.edges.map((one) => `${one.from}.${one.output}`);
      expect(new Set(outputs).size).toBe(outputs.length);
      for (const { from, to } of document.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("what cannot be done is refused with the reason", () => {
  const reason = (one: EditCommand) => {
    const result = apply(start, one);
    return result.ok ? null : result.reason;
  };
  expect(reason({ type: "removeNode", id: "a" })).toBe("inUse");
  expect(reason({ type: "removeNode", id: "z" })).toBe("noSuchNode");
  expect(reason({ type: "connect", from: "a", output: "done", to: "z" })).toBe("noSuchNode");
  expect(reason({ type: "disconnect", from: "c", output: "done" })).toBe("noSuchEdge");
  expect(reason({ type: "renameNode", id: "z", name: "" })).toBe("noSuchNode");
  const [node] = start.nodes;
  if (!node) throw new Error("no node");
  expect(reason({ type: "addNode", node, edges: [], position: null })).toBe("idTaken");
  const foreign = [{ from: "b", output: "no", to: "c" }];
  expect(reason({ type: "addNode", node: { ...node, id: "d" }, edges: foreign, position: null })).toBe("foreignEdge");
  const edges = [{ from: "a", output: "done", to: "d" }];
  expect(reason({ type: "addNode", node: { ...node, id: "d" }, edges, position: null })).toBe("outputTaken");
});

test("several commands are done all or none", () => {
  const done = apply(start, {
    type: "several",
    commands: [
      { type: "renameNode", id: "a", name: "First" },
      { type: "renameNode", id: "nobody", name: "Never" },
    ],
  });
  expect(done).toEqual({ ok: false, reason: "noSuchNode" });
});

test("a node put into an edge leads on where the edge led, and is taken out in one step", () => {
  const [edge] = start.edges;
  if (!edge) throw new Error("no edge");
  const node = { id: "new", name: "New", type: "say", typeVersion: 1, config: {} };
  const done = apply(start, insertOnEdge(edge, node, "done", [5, 5]));
  if (!done.ok) throw new Error(done.reason);
  expect(done.document.edges).toEqual(
    expect.arrayContaining([
      { from: "a", output: "done", to: "new" },
      { from: "new", output: "done", to: "b" },
    ]),
  );
  const undone = apply(done.document, done.inverse);
  expect(undone.ok && canonicalText(undone.document)).toBe(canonicalText(start));
});

test("a node that a key of the flow leads to is not removed under it; a flow keeps a language", () => {
  const withKey = apply(start, { type: "setKey", key: "0", to: "c" });
  if (!withKey.ok) throw new Error(withKey.reason);
  expect(apply(withKey.document, { type: "removeNode", id: "c" })).toEqual({ ok: false, reason: "inUse" });
  expect(apply(start, { type: "setLanguages", languages: [] })).toEqual({ ok: false, reason: "noLanguage" });
  expect(apply(start, { type: "setKey", key: "0", to: "nobody" })).toEqual({ ok: false, reason: "noSuchNode" });
});
