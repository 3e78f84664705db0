import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apply, parseFlow } from "@cordboard/flow-schema";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { diffLines, showDiff } from "./diff-flows.ts";
import { testFlows } from "./test-flows.ts";
import { validateFlows } from "./validate-flows.ts";

const reception = readFileSync(join(import.meta.dirname, "../../../../flows/reception.json"), "utf8");

let folder: string;
let printed: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordboard-cli-"));
  printed = [];
  const print = (line: unknown) => void printed.push(String(line));
  vi.spyOn(console, "log").mockImplementation(print);
  vi.spyOn(console, "error").mockImplementation(print);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Nobody listens at this address: what needs a server would say so. */
const options = () => ({ env: { CORDBOARD_DATA: folder }, root: folder, server: "http://127.0.0.1:9" });

const broken = (change: (flow: { edges: unknown[]; nodes: { config: object }[] }) => void) => {
  const flow = JSON.parse(reception);
  change(flow);
  return JSON.stringify(flow);
};

test("validate: a sound flow passes; an open output fails, with its place", () => {
  expect(validateFlows([file("a.json", reception)], {})).toBe(0);
  expect(
    validateFlows(
      [
        file(
          "b.json",
          broken((flow) => flow.edges.pop()),
        ),
      ],
      {},
    ),
  ).toBe(1);
  expect(printed.at(-1)).toMatch(/b\.json: \/nodes\/\d+.*\[\w+\]$/);
});

test("validate: what is no JSON, and what is not there, fails with a sentence", () => {
  expect(validateFlows([file("a.json", "{ nonsense")], {})).toBe(1);
  expect(validateFlows([join(folder, "none.json")], {})).toBe(1);
  expect(printed.at(-1)).toContain("none.json");
  expect(validateFlows([file("c.json", "{ nonsense")], { json: true })).toBe(1);
  expect(JSON.parse(printed.at(-1) ?? "")).toMatchObject([{ findings: [{ severity: "error" }] }]);
});

test("validate: hostile and enormous files are refused at once, with a sentence", () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const slow = broken((flow) => Object.assign(flow, { parameters: { properties: { a: { pattern: "(a+)+$" } } } }));
  for (const [name, text, code] of [
    ["deep.json", deep, "tooDeep"],
    ["large.json", " ".repeat(6_000_000), "tooLarge"],
    ["empty.json", "", "notText"],
    ["list.json", "[1]", "notAFlow"],
    ["proto.json", '{"__proto__":{"polluted":1}}', "missing"],
    ["slow.json", slow, "unknownMember"],
  ] as const) {
    printed = [];
    expect(validateFlows([file(name, text)], {}), name).toBe(1);
    expect(printed.join("\n"), name).toContain(`[${code}]`);
  }
  expect(validateFlows(["/dev/zero"], {})).toBe(1);
  expect(validateFlows([folder], {})).toBe(1);
  expect(printed.at(-1)).toContain("EISDIR");
  expect(Object.hasOwn({}, "polluted")).toBe(false);
});

test("validate: what lies beside flows in their folder is passed over", () => {
  expect(
    validateFlows([file("a.json", reception), file("a.scenarios.json", "{}"), file("flow.schema.json", "{}")], {}),
  ).toBe(0);
  expect(validateFlows([file("a.scenarios.json", "{}")], {})).toBe(1);
});

test("test: a template is tried with the answers of its scenarios; answers that do not fit fail with the reason", async () => {
  const flow = file("reception.json", reception);
  const scenarios = (answers: object) =>
    JSON.stringify({ answers, scenarios: [{ name: "hello", steps: [{ calls: {} }, { hears: "pWelcome" }] }] });
  file("reception.scenarios.json", scenarios({ maxWaitMs: 20_000 }));
  expect(await testFlows([flow], options())).toBe(0);
  file("reception.scenarios.json", scenarios({ maxWaitMs: "long" }));
  expect(await testFlows([flow], options())).toBe(1);
  expect(printed.some((line) => line.includes("maxWaitMs"))).toBe(true);
});

test("test: passes, failures and what was never walked are told; one failure fails", async () => {
  const flow = file("reception.json", reception);
  const scenarios = (hears: string) =>
    JSON.stringify({ scenarios: [{ name: "hello", steps: [{ calls: {} }, { hears }] }] });
  file("reception.scenarios.json", scenarios(JSON.parse(reception).nodes.length > 0 ? "pWelcome" : ""));
  expect(await testFlows([flow], options())).toBe(0);
  expect(printed[0]).toBe("✓ hello");
  expect(printed.some((line) => /1 .*0 .*\d+ %/.test(line))).toBe(true);
  file("reception.scenarios.json", scenarios("pGoodbye"));
  expect(await testFlows([flow], { json: true, ...options() })).toBe(1);
  expect(JSON.parse(printed.at(-1) ?? "")).toMatchObject([
    { scenarios: [{ passed: false, message: expect.stringContaining("step 2") }] },
  ]);
});

test("test: without scenarios it fails and says where they belong", async () => {
  expect(await testFlows([file("lonely.json", reception)], options())).toBe(1);
  expect(printed[0]).toContain("lonely.scenarios.json");
});

test("test: a flow that runs another is tried with the one beside it, whatever its file is called; without it the failure names it", async () => {
  const outer = {
    ...{ formatVersion: 1, id: "outer", name: "Outer", languages: ["en-GB"], entry: "n1" },
    nodes: [
      {
        ...{ id: "n1", name: "Inside", type: "subflow", typeVersion: 1 },
        config: { flowId: "inner", inputs: {}, results: {}, outputs: [{ id: "done", label: "Done" }] },
      },
      { id: "n2", name: "End", type: "hangup", typeVersion: 1, config: { prompt: null } },
    ],
    edges: [{ from: "n1", output: "done", to: "n2" }],
  };
  const inner = {
    ...{ formatVersion: 1, id: "inner", name: "Inner", languages: ["en-GB"], entry: "n1" },
    prompts: { pHello: { texts: { "en-GB": "Hello." } } },
    nodes: [
      { id: "n1", name: "Hello", type: "play", typeVersion: 1, config: { prompt: "pHello", bargeIn: false } },
      { id: "n2", name: "Out", type: "exit", typeVersion: 1, config: { output: "done" } },
    ],
    edges: [{ from: "n1", output: "done", to: "n2" }],
  };
  const path = file("outer.json", JSON.stringify(outer));
  const steps = [{ calls: {} }, { hears: "n1/pHello" }, { isEnded: true }];
  file("outer.scenarios.json", JSON.stringify({ scenarios: [{ name: "inside", steps }] }));
  expect(await testFlows([path], options())).toBe(1);
  expect(printed.join("\n")).toContain("inner");
  printed = [];
  file("called-otherwise.json", JSON.stringify(inner));
  expect(await testFlows([path], options())).toBe(0);
  expect(printed[0]).toBe("✓ inside");
});

test("diff: 0 when nothing differs, 1 when something does, 64 when a flow cannot be had", async () => {
  const options = { env: {}, root: folder };
  const moved = broken((flow) => Object.assign(flow, { layout: {} }));
  const [a, b] = [file("a.json", reception), file("b.json", moved)];
  expect(await showDiff(a, b, options)).toBe(0);
  expect(
    await showDiff(
      a,
      file(
        "c.json",
        broken((flow) => flow.edges.pop()),
      ),
      options,
    ),
  ).toBe(1);
  expect(await showDiff(a, join(folder, "none.json"), options)).toBe(64);
});

test("diff: nodes are named, edges say where they led and lead", () => {
  const parsed = parseFlow(reception);
  if (!parsed.ok) throw new Error("the reception flow is broken");
  const before = parsed.document;
  const edge = before.edges[0];
  const other = before.nodes.find(({ id }) => id !== edge?.to);
  if (!edge || !other) throw new Error("the reception flow has no edges");
  const after = apply(before, { type: "connect", from: edge.from, output: edge.output, to: other.id });
  if (!after.ok) throw new Error(after.reason);
  const diff = {
    document: [],
    nodes: [],
    prompts: [],
    variables: [],
    notes: [],
    groups: [],
    edges: [{ from: edge.from, output: edge.output, before: edge.to, after: other.id }],
  };
  expect(diffLines(diff, before, after.document)).toEqual([
    expect.stringMatching(new RegExp(`^~ ${edge.from}.* · ${edge.output} → ${edge.to}.* ⇒ ${other.id}`)),
  ]);
});
