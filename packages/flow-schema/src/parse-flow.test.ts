import { describe, expect, test } from "vitest";
import { MAX_FLOW_BYTES, parseFlow } from "./parse-flow.ts";

const good = {
  formatVersion: 1,
  id: "reception",
  name: "Reception",
  languages: ["fr-FR"],
  entry: "a",
  nodes: [{ id: "a", name: "A", type: "play", typeVersion: 1, config: { anything: [1] } }],
};
const codes = (value: unknown) => {
  const parsed = parseFlow(typeof value === "string" ? value : JSON.stringify(value));
  return parsed.ok ? [] : parsed.findings.map(({ code, pointer }) => `${code} ${pointer}`);
};

test("what may be missing is there afterwards; the address of the schema and a byte order mark are dropped", () => {
  const parsed = parseFlow(`\uFEFF${JSON.stringify({ $schema: "./flow.schema.json", ...good })}`);
  expect(parsed).toEqual({
    ok: true,
    document: {
      ...good,
      parameters: {},
      inputs: [],
      results: [],
      keys: {},
      variables: {},
      prompts: {},
      onError: null,
      edges: [],
      layout: {},
      notes: {},
      groups: {},
    },
  });
});

describe("refused, each with what to do", () => {
  test.each([
    ["nothing", "  ", ["notText "]],
    ["what is not JSON", '{"formatVersion": 1,', ["notJson "]],
    ["JSON that is no object", "[1]", ["notAFlow "]],
    ["null", "null", ["notAFlow "]],
    ["a later format", { ...good, formatVersion: 2 }, ["unknownFormatVersion /formatVersion"]],
    ["no name", { ...good, name: undefined }, ["missing "]],
    ["a member that means nothing", { ...good, nodez: [] }, ["unknownMember /nodez"]],
    ["a wrong type", { ...good, nodes: "a" }, ["wrongType /nodes"]],
    ["no nodes", { ...good, nodes: [] }, ["wrongValue /nodes"]],
    ["an id with a space", { ...good, entry: "a b" }, ["wrongValue /entry"]],
    ["an edge without end", { ...good, edges: [{ from: "a", output: "done" }] }, ["missing /edges/0"]],
    ["a prompt whose id is none", { ...good, prompts: { "a b": { texts: {} } } }, ["unknownMember /prompts/a b"]],
    ["a position that is none", { ...good, layout: { a: [1] } }, ["wrongValue /layout/a"]],
    [
      "audio that is not content-addressed",
      { ...good, prompts: { p: { texts: {}, audio: { "fr-FR": "http://x" } } } },
      ["wrongValue /prompts/p/audio/fr-FR"],
    ],
    ["a language twice", { ...good, languages: ["fr-FR", "fr-FR"] }, ["wrongValue /languages"]],
  ])("%s", (_, value, expected) => {
    expect(codes(value)).toEqual(expected);
  });

  test("more than five megabytes, before anything else is looked at", () => {
    expect(codes(" ".repeat(MAX_FLOW_BYTES + 1))).toEqual(["tooLarge "]);
    // Counted in bytes: two for each of these.
    expect(codes("é".repeat(MAX_FLOW_BYTES / 2 + 1))).toEqual(["tooLarge "]);
    expect(codes("é".repeat(MAX_FLOW_BYTES / 2 - 1))).toEqual(["notJson "]);
  });

  test("nested beyond reason, whatever stands in strings", () => {
    expect(codes("[".repeat(1_000_000))).toEqual(["tooDeep "]);
    expect(codes(`${`{"a":`.repeat(70)}1${"}".repeat(70)}`)).toEqual(["tooDeep "]);
    expect(codes({ ...good, name: "[{".repeat(90) })).toEqual([]);
    expect(codes({ ...good, name: '\\"['.repeat(50) })).toEqual([]);
  });

  test("five megabytes of wrong nodes: a hundred findings and a count", () => {
    const nodes = Array.from({ length: 4_000 }, (_, index) => ({ id: `n${index}`, name: 1 }));
    const parsed = parseFlow(JSON.stringify({ ...good, nodes }));
    if (parsed.ok) throw new Error("accepted");
    expect(parsed.findings).toHaveLength(101);
    expect(parsed.findings.at(-1)).toMatchObject({ code: "moreOfTheSame" });
  });
});

test("members called like those of every object do no harm", () => {
  const text = JSON.stringify(good).replace('"anything":[1]', '"__proto__":{"polluted":1},"constructor":1');
  const parsed = parseFlow(text);
  expect(parsed.ok).toBe(true);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  expect(codes(text.replace('"a","nodes"', '"a","layout":{"__proto__":[1,2]},"nodes"'))).toEqual([
    "unknownMember /layout/__proto__",
  ]);
});

test("every sentence of a refusal is in both languages and filled", () => {
  for (const value of [
    "",
    "{",
    "[]",
    { ...good, formatVersion: 7 },
    { ...good, id: 1, name: "", x: 1, languages: [] },
  ]) {
    const parsed = parseFlow(typeof value === "string" ? value : JSON.stringify(value));
    if (parsed.ok) throw new Error("accepted");
    for (const { message } of parsed.findings) {
      expect(message.en).not.toMatch(/\{\w+\}/);
      expect(message.fr).not.toMatch(/\{\w+\}/);
      expect(message.fr).not.toBe(message.en);
    }
  }
});

test("a flow of nearly five megabytes is read", () => {
  const nodes = Array.from({ length: 5_000 }, (_, index) => ({
    id: `n${index}`,
    name: "x",
    type: "play",
    typeVersion: 1,
    config: { text: "é".repeat(450) },
  }));
  const text = JSON.stringify({ ...good, entry: "n0", nodes });
  expect(text.length).toBeGreaterThan(2_500_000);
  expect(new TextEncoder().encode(text).length).toBeGreaterThan(4_700_000);
  expect(parseFlow(text).ok).toBe(true);
});
