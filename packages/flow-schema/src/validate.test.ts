import { describe, expect, test } from "vitest";
import { toyFlow } from "./testing/toy-flow.ts";
import { toyRegistry } from "./testing/toy-registry.ts";
import { validate } from "./validate.ts";

type Args = Parameters<typeof toyFlow>;
const found = (...args: Args) =>
  validate(toyFlow(...args), toyRegistry).map(({ code, severity, nodeId, pointer }) => [
    code,
    severity,
    nodeId,
    pointer,
  ]);

test("a flow in order has no findings", () => {
  expect(found({ a: "say", b: "ask", c: "end" }, ["a.done>b", "b.yes>c", "b.no>b"])).toEqual([]);
});

describe("connections", () => {
  test("an output that leads nowhere; one that may end the call does not", () => {
    expect(found({ a: "say" }, [])).toEqual([["outputUnconnected", "error", "a", "/nodes/0"]]);
    expect(found({ a: "talk" }, [])).toEqual([]);
  });
  test("two edges on one output", () => {
    expect(found({ a: "say", b: "end", c: "end" }, ["a.done>b", "a.done>c"])).toEqual([
      ["outputTwice", "error", "a", "/edges/1"],
    ]);
  });
  test("an edge from an output that the node does not have", () => {
    expect(found({ a: "say", b: "end" }, ["a.done>b", "a.maybe>b"])).toEqual([
      ["edgeFromUnknownOutput", "error", "a", "/edges/1/output"],
    ]);
  });
  test("edges from and to nowhere", () => {
    expect(found({ a: "say" }, ["a.done>z", "z.done>a"])).toEqual([
      ["edgeToNowhere", "error", undefined, "/edges/0/to"],
      ["edgeFromNowhere", "error", undefined, "/edges/1/from"],
    ]);
  });
  test("a node that no call can reach; the error path counts as a way", () => {
    expect(found({ a: "end", b: "end" }, [])).toEqual([["unreachable", "warning", "b", "/nodes/1"]]);
    expect(found({ a: "end", b: "end" }, [], { onError: "b" })).toEqual([]);
  });
});

describe("references", () => {
  test("an entry and an error path that are not there", () => {
    expect(found({ a: "end" }, [], { entry: "z", onError: "y" }).map(([code]) => code)).toEqual([
      "entryMissing",
      "onErrorMissing",
      "unreachable",
    ]);
  });
  test("a node id twice", () => {
    const flow = toyFlow({ a: "end" }, []);
    const twice = { ...flow, nodes: [...flow.nodes, ...flow.nodes] };
    expect(validate(twice, toyRegistry).map(({ code }) => code)).toEqual(["duplicateNodeId"]);
  });
  test("an unknown node type, an unknown version of a known one, settings of the wrong shape", () => {
    const { nodes, ...flow } = toyFlow({ a: "end", b: "end", c: "end" }, []);
    const [a, b, c] = nodes;
    if (!a || !b || !c) throw new Error("three nodes");
    const wrong = {
      ...flow,
      nodes: [
        { ...a, type: "teleport" },
        { ...b, typeVersion: 2 },
        { ...c, config: { x: 1 } },
      ],
    };
    expect(validate(wrong, toyRegistry).filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "unknownNodeType", nodeId: "a", pointer: "/nodes/0/type" },
      { code: "unknownTypeVersion", nodeId: "b", pointer: "/nodes/1/typeVersion" },
      { code: "unknownMember", nodeId: "c", pointer: "/nodes/2/config/x" },
    ]);
  });
  test("prompts: missing, empty, without a language, with one too many, changed since they were recorded", () => {
    const media = `sha256:${"a".repeat(64)}`;
    const say = (prompt: string) => [
      { id: "a", name: "A", type: "say", typeVersion: 1, config: { prompt } },
      { id: "b", name: "B", type: "end", typeVersion: 1, config: {} },
    ];
    const prompts = {
      full: { texts: { "fr-FR": "a", "en-GB": "b" } },
      half: { texts: { "fr-FR": "a", "en-GB": " " } },
      none: { texts: {} },
      more: { texts: { "fr-FR": "a", "en-GB": "b", "de-DE": "c" } },
      shipped: { texts: {}, builtIn: "goodbye" },
      marked: { texts: { "fr-FR": "<speak>a", "en-GB": "<speak>b</speak>" } },
      drifted: {
        texts: { "fr-FR": "b", "en-GB": "b" },
        audio: { "fr-FR": media, "en-GB": media },
        recordedTexts: { "fr-FR": "a", "en-GB": " b" },
      },
    };
    const of = (prompt: string) => found({ a: "say", b: "end" }, ["a.done>b"], { nodes: say(prompt), prompts });
    expect(of("full")).toEqual([
      ["promptLanguageMissing", "warning", undefined, "/prompts/half"],
      ["promptEmpty", "error", undefined, "/prompts/none"],
      ["promptLanguageUnknown", "warning", undefined, "/prompts/more"],
      ["ssmlUnclosed", "warning", undefined, "/prompts/marked/texts/fr-FR"],
      ["promptChangedSinceRecorded", "warning", undefined, "/prompts/drifted/texts/fr-FR"],
    ]);
    expect(of("gone")[0]).toEqual(["promptMissing", "error", "a", "/nodes/0/config/prompt"]);
    expect(of("constructor")[0]?.[0]).toBe("promptMissing");
  });
  test("a built-in announcement that does not ship with the product", () => {
    const flow = toyFlow({ a: "end" }, [], { prompts: { p: { texts: {}, builtIn: "fanfare" } } });
    expect(validate(flow, toyRegistry)).toEqual([]);
    expect(validate(flow, toyRegistry, { builtIn: new Set(["fanfare"]) })).toEqual([]);
    expect(validate(flow, toyRegistry, { builtIn: new Set(["goodbye"]) })).toMatchObject([
      { code: "builtInMissing", pointer: "/prompts/p/builtIn" },
    ]);
  });
  test("what the company does not have, when it is asked", () => {
    const flow = toyFlow({ a: "talk" }, [], {
      nodes: [{ id: "a", name: "A", type: "talk", typeVersion: 1, config: { prompt: "sales" } }],
    });
    expect(validate(flow, toyRegistry)).toEqual([]);
    expect(validate(flow, toyRegistry, { queue: new Set(["sales"]) })).toEqual([]);
    const queueProblems = new Map([["sales", [{ fr: "Personne n’y répond.", en: "Nobody answers there." }]]]);
    expect(validate(flow, toyRegistry, { queue: new Set(["sales"]), queueProblems })).toMatchObject([
      {
        code: "queueProblem",
        severity: "warning",
        nodeId: "a",
        message: { en: expect.stringContaining("Nobody answers") },
      },
    ]);
    expect(validate(flow, toyRegistry, { queue: new Set() })).toMatchObject([
      {
        code: "notInCompany",
        nodeId: "a",
        message: {
          fr: expect.stringContaining("choisissez une file :"),
          en: expect.stringContaining("choose a queue:"),
        },
      },
    ]);
  });
  test("variables: reserved names, first values of another type", () => {
    const variables = {
      call: { type: "string" },
      n: { type: "number", initial: "1" },
      ok: { type: "boolean", initial: false },
    };
    expect(found({ a: "end" }, [], { variables })).toEqual([
      ["reservedVariableName", "error", undefined, "/variables/call"],
      ["variableInitialType", "error", undefined, "/variables/n/initial"],
    ]);
  });
  test("a position of no node", () => {
    expect(found({ a: "end" }, [], { layout: { z: [0, 0] } })).toEqual([
      ["layoutOfNowhere", "warning", undefined, "/layout/z"],
    ]);
  });
});

describe("a flow that a line lets callers hear before the answer", () => {
  const ends = (nodes: Record<string, string>, edges: string[], more: object = {}) =>
    validate(toyFlow(nodes, edges, { ...more }), toyRegistry, { heardUnanswered: new Set(["toy"]) }).filter(
      ({ code }) => code === "neverAnswered",
    );
  const greeted = { a: "say", b: "say", c: "end" };
  test("that ends after prompts is one that nobody answers: a warning at its end, with the shortest way there", () => {
    const [found, ...others] = ends(greeted, ["a.done>b", "b.done>c"]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: "warning", nodeId: "c", pointer: "/nodes/2" });
    expect(found?.message.en).toContain("A → B → C");
    expect(found?.message.fr).toContain("A → B → C");
  });
  test("is answered by what waits, and by keys that hold everywhere", () => {
    const asked = ["a.done>b", "b.yes>c", "b.no>c"];
    expect(ends({ a: "say", b: "ask", c: "end" }, asked)).toEqual([]);
    expect(ends(greeted, ["a.done>b", "b.done>c"], { keys: { "0": "c" } })).toEqual([]);
  });
  test("is left unanswered by a wait that says so, by these outputs only", () => {
    const waits = ["a.done>b", "b.full>c", "b.ended>d"];
    expect(ends({ a: "say", b: "queue", c: "end", d: "end" }, waits).map(({ nodeId }) => nodeId)).toEqual(["c"]);
  });
  test("of which no line does so is not looked at", () => {
    expect(found(greeted, ["a.done>b", "b.done>c"])).toEqual([]);
  });
});

describe("circles", () => {
  const codes = (...args: Args) => found(...args).filter(([code]) => code === "loopWithoutInput");
  test("nodes that go on by themselves, alone or in company", () => {
    expect(codes({ a: "say" }, ["a.done>a"])).toEqual([["loopWithoutInput", "error", "a", "/nodes/0"]]);
    expect(codes({ a: "say", b: "say", c: "say" }, ["a.done>b", "b.done>c", "c.done>b"])).toHaveLength(1);
  });
  test("the sentence names the way round", () => {
    const flow = toyFlow({ x: "say", a: "say", b: "say" }, ["x.done>a", "a.done>b", "b.done>a"]);
    const [circle] = validate(flow, toyRegistry);
    expect(circle?.message.en).toContain("A → B → A");
    expect(circle?.message.fr).toContain("A → B → A");
  });
  test("one node that waits makes it a circle that callers leave", () => {
    expect(codes({ a: "say", b: "ask", c: "end" }, ["a.done>b", "b.yes>a", "b.no>c"])).toEqual([]);
  });
  test("ways that meet again are no circle", () => {
    expect(codes({ a: "ask", b: "say", c: "say", d: "end" }, ["a.yes>b", "a.no>c", "b.done>d", "c.done>d"])).toEqual(
      [],
    );
  });
  test("as long as a document can be, without running out of stack", () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
    const edges = ids.map((id, index) => `${id}.done>${ids[(index + 1) % ids.length]}`);
    expect(codes(Object.fromEntries(ids.map((id) => [id, "say"])), edges)).toHaveLength(1);
  });
});
