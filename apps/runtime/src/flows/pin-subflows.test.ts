import { type NodeTypeFacts, type NodeTypeRegistry, parseFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { pinSubflows } from "./pin-subflows.ts";

/** The node types there are, and one that runs the flow its settings name. */
const withRuns: NodeTypeRegistry = {
  ...registry,
  find: (type, typeVersion) => {
    const known = registry.find(type, typeVersion);
    const hangup = registry.find("hangup", 1);
    if (type !== "runs" || !hangup) return known;
    const facts: NodeTypeFacts = {
      ...hangup,
      subflow: (config) => ({ flowId: Object(config).flow, inputs: {}, inputVariables: {}, results: {}, outputs: [] }),
    };
    return facts;
  },
};

function flow(id: string, ...runs: readonly string[]) {
  const nodes = [...runs, "end"].map((of, n) =>
    of === "end"
      ? { id: `n${n}`, name: of, type: "hangup", typeVersion: 1, config: { prompt: null } }
      : { id: `n${n}`, name: of, type: "runs", typeVersion: 1, config: { flow: of } },
  );
  return { formatVersion: 1, id, name: id, languages: ["fr-FR"], prompts: {}, entry: "n0", nodes };
}

function documentOf(id: string, ...runs: readonly string[]) {
  const parsed = parseFlow(JSON.stringify(flow(id, ...runs)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.document;
}

const published: Readonly<Record<string, object>> = {
  greet: flow("greet", "verify"),
  verify: flow("verify"),
  around: flow("around", "around", "greet"),
};
const publishedOf = async (flowId: string) => {
  const document = published[flowId];
  return document ? { versionId: `ver_${flowId}`, document } : null;
};

test("every flow inside is pinned, at whatever depth, once", async () => {
  const pinned = await pinSubflows(documentOf("main", "greet", "verify", "greet"), withRuns, publishedOf);
  expect(pinned.versions).toEqual({ greet: "ver_greet", verify: "ver_verify" });
  expect([...pinned.documents.keys()].sort()).toEqual(["greet", "verify"]);
});

test("a circle ends, and what was never published is left for validation to name", async () => {
  const pinned = await pinSubflows(documentOf("main", "around", "nowhere"), withRuns, publishedOf);
  expect(Object.keys(pinned.versions)).toEqual(["around", "greet", "verify"]);
});

test("a flow in which nothing runs pins nothing", async () => {
  expect((await pinSubflows(documentOf("plain"), withRuns, publishedOf)).versions).toEqual({});
});
