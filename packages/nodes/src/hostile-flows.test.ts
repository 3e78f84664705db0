import { type FlowDocument, MAX_EDGES, MAX_NODES, readFlow, validate } from "@cordboard/flow-schema";
import { describe, expect, test } from "vitest";
import { registry } from "./registry.ts";

/**
 * Documents that were written to hurt: small enough to be read, and made so that a careless check of them takes minutes or all the memory.
 * The process that checks them carries calls. Before they were bounded each of these took from six seconds to hours.
 */
const QUICKLY = { timeout: 20_000 };

/** As a company that publishes has them. */
const company = { queue: new Set<string>(), builtIn: new Set(["goodbye"]) };

function read(more: object): FlowDocument {
  const flow = readFlow({ formatVersion: 1, id: "hostile", name: "Hostile", languages: ["fr-FR"], ...more });
  if (!flow.ok) throw new Error(JSON.stringify(flow.findings));
  return flow.document;
}

const node = (id: string, type: string, config: object) => ({ id, name: `Node ${id}`, type, typeVersion: 1, config });
const condition = (id: string) => node(id, "condition", { branches: [{ id: "yes", label: "", when: "true" }] });
const many = <Item>(length: number, make: (index: number) => Item) => Array.from({ length }, (_, index) => make(index));
const codes = (...given: Parameters<typeof validate>) => new Set(validate(...given).map(({ code }) => code));

describe("edges", () => {
  test("all that there may be, of one node", QUICKLY, () => {
    const edges = many(MAX_EDGES, (index) => ({ from: "n0", output: `o${index}`, to: "n1" }));
    const found = validate(read({ entry: "n0", nodes: [condition("n0"), condition("n1")], edges }), registry, company);
    expect(found.some(({ code }) => code === "edgeFromUnknownOutput")).toBe(true);
    expect(found.filter(({ code }) => code === "moreOfTheSame")).toHaveLength(1);
    expect(found.length).toBeLessThan(1_000);
  });

  test("circles in circles, of all the nodes that there may be: their sentences stay readable", QUICKLY, () => {
    const nodes = many(MAX_NODES, (index) => condition(`n${index}`));
    const ring = many(MAX_NODES, (index) => ({ from: `n${index}`, output: "yes", to: `n${(index + 1) % MAX_NODES}` }));
    const back = many(MAX_EDGES - MAX_NODES, (index) => ({
      from: `n${index % MAX_NODES}`,
      output: "otherwise",
      to: `n${Math.floor((index % MAX_NODES) / 2)}`,
    }));
    const found = validate(read({ entry: "n0", nodes, edges: [...ring, ...back] }), registry, company);
    expect(found.filter(({ code }) => code === "loopWithoutInput")).toHaveLength(100);
    expect(Math.max(...found.map(({ message }) => message.fr.length))).toBeLessThan(1_000);
  });
});

describe("questions of a template", () => {
  const asking = (question: object, name = "{{param.a}}") =>
    read({
      parameters: { type: "object", properties: { a: question } },
      name,
      entry: "n0",
      nodes: [node("n0", "hangup", { prompt: null })],
    });

  test.each([
    ["a pattern that takes for ever", { type: "string", pattern: "^(a+)+$", default: `${"a".repeat(60)}!` }, "pattern"],
    ["an answer of a gigabyte", { type: "string", minLength: 1_000_000_000 }, "minLength"],
    ["references that go round", { $ref: "#", default: 1 }, "$ref"],
    ["schemas in schemas", { allOf: [{ not: {} }], default: 1 }, "allOf"],
    ["a pattern inside", { type: "array", items: { pattern: "^(a+)+$" }, default: [`${"a".repeat(60)}!`] }, "items"],
  ])("%s: the keyword is refused, and nothing is checked by it", QUICKLY, (_, question, keyword) => {
    const found = validate(asking(question), registry, company).filter(({ severity }) => severity === "error");
    expect(found.map(({ pointer }) => pointer).join(" ")).toContain(`/parameters/properties/a/${keyword}`);
  });

  test("what is no list of questions at all is said, and asked nothing of", () => {
    const document = read({
      parameters: { properties: 7 },
      entry: "n0",
      nodes: [node("n0", "hangup", { prompt: null })],
    });
    const found = validate(document, registry, company);
    expect(found.map(({ pointer }) => pointer)).toEqual(["/parameters/properties", "/parameters"]);
    expect(found.map(({ code }) => code)).toContain("templateNotAdopted");
  });
});

describe("flows inside flows", () => {
  const running = (id: string, inner: string, times: number) =>
    read({
      id,
      entry: "n0",
      nodes: [
        ...many(times, (index) =>
          node(`n${index}`, "subflow", {
            flowId: inner,
            inputs: {},
            results: {},
            outputs: [{ id: "done", label: "" }],
          }),
        ),
        node("end", "exit", { output: "done" }),
      ],
      edges: many(times, (index) => ({
        from: `n${index}`,
        output: "done",
        to: index + 1 < times ? `n${index + 1}` : "end",
      })),
    });
  const leaf = read({
    id: "leaf",
    entry: "n0",
    nodes: [node("n0", "play", { prompt: "p" }), node("end", "exit", { output: "done" })],
    edges: [{ from: "n0", output: "done", to: "end" }],
    prompts: { p: { texts: {}, builtIn: "goodbye" } },
  });

  /** `deep` flows, each of which runs the next `times` times. */
  function tower(deep: number, times: number) {
    const flows = new Map([["leaf", leaf]]);
    for (let floor = 1; floor <= deep; floor++) {
      flows.set(`f${floor}`, running(`f${floor}`, floor === 1 ? "leaf" : `f${floor - 1}`, times));
    }
    return { top: running("top", `f${deep}`, times), subflow: (flowId: string) => flows.get(flowId) };
  }

  test("that run each other a thousand times a floor are too large, and are found to be so at once", QUICKLY, () => {
    const { top, subflow } = tower(6, 1_000);
    expect(codes(top, registry, { ...company, subflow })).toContain("subflowsTooLarge");
  });

  test("of an honest size are in order", () => {
    const { top, subflow } = tower(2, 10);
    expect(codes(top, registry, { ...company, subflow })).not.toContain("subflowsTooLarge");
  });
});

test("members called like what every object has are names like others", () => {
  const text = `{"formatVersion":1,"id":"x","name":"X","languages":["fr-FR"],"entry":"constructor",
    "variables":{"constructor":{"type":"string"},"toString":{"type":"number","initial":1}},
    "prompts":{"constructor":{"texts":{"fr-FR":"Bonjour {{ constructor }}"}}},
    "nodes":[{"id":"constructor","name":"X","type":"play","typeVersion":1,"config":{"prompt":"constructor"}},
             {"id":"valueOf","name":"X","type":"hangup","typeVersion":1,"config":{"prompt":"hasOwnProperty"}},
             {"id":"y","name":"Y","type":"__proto__x","typeVersion":1,"config":{"__proto__":{"prompt":1}}}],
    "edges":[{"from":"constructor","output":"done","to":"valueOf"}]}`;
  const refused = readFlow(JSON.parse(text));
  expect(refused.ok).toBe(false);
  const flow = readFlow(JSON.parse(text.replace("__proto__x", "toString")));
  if (!flow.ok) throw new Error(JSON.stringify(flow.findings));
  const found = validate(flow.document, registry, company).map(({ code, nodeId }) => [code, nodeId]);
  expect(found).toContainEqual(["promptMissing", "valueOf"]);
  expect(found).toContainEqual(["unknownNodeType", "y"]);
  expect(found).not.toContainEqual(["promptMissing", "constructor"]);
  expect(Reflect.get({}, "prompt")).toBeUndefined();
});
