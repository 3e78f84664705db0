import type { ApiClient, FlowScenario } from "@cordboard/api";
import { type CarryOutGiven, carryOut, exportBundle, readInstallation } from "@cordboard/api/moving";
import {
  type FlowBundle,
  type ImportChoices,
  noChoices,
  planImport,
  readBundle,
  readFlow,
} from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { telephoneRate, writeWav } from "../media/audio/write-wav.ts";

let runtime: TestRuntime;
let staging: ApiClient;
let production: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  staging = await runtime.user(await runtime.company("staging"), "admin");
  production = await runtime.user(await runtime.company("production"), "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const tone = writeWav(
  Float32Array.from({ length: telephoneRate }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 300 * at) / telephoneRate)),
);
const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const hoursOf = async (client: ApiClient, name: string) =>
  must(await client.call("schedules.create", { body: { name, timeZone: null, week, holidays: [] } })).scheduleId;

const inner = {
  ...{ formatVersion: 1, id: "greet", name: "Greet", languages: ["fr-FR"], entry: "n1" },
  prompts: { p1: { texts: { "fr-FR": "Bonjour." } } },
  nodes: [node("n1", "play", { prompt: "p1", bargeIn: false }), node("n2", "exit", { output: "done" })],
  edges: [{ from: "n1", output: "done", to: "n2" }],
};

/** Greets by another flow, asks the hours, and says goodbye as the library does. */
const outer = (scheduleId: string, library: string, audio: string, closing = "Fin") => ({
  ...{ formatVersion: 1, id: "desk", name: "Desk", languages: ["fr-FR"], entry: "n1" },
  prompts: {
    pBye: { texts: { "fr-FR": "Au revoir." }, library },
    pShut: { texts: { "fr-FR": "Fermé." }, audio: { "fr-FR": `sha256:${audio}` } },
  },
  nodes: [
    node("n1", "subflow", { flowId: "greet", inputs: {}, results: {}, outputs: [{ id: "done", label: "Done" }] }),
    node("n2", "hours", { schedule: scheduleId }),
    { ...node("n3", "hangup", { prompt: "pBye" }), name: closing },
    node("n4", "hangup", { prompt: "pShut" }),
  ],
  edges: [
    { from: "n1", output: "done", to: "n2" },
    { from: "n2", output: "open", to: "n3" },
    { from: "n2", output: "closed", to: "n4" },
  ],
});

const greets = (name: string, heard = "n1/p1"): FlowScenario => ({ name, steps: [{ calls: {} }, { hears: heard }] });

async function exported(document: object): Promise<FlowBundle> {
  const read = readFlow(document);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const given = { client: staging, registry, language: "en" as const, media: heardAt };
  const made = must(await exportBundle([read.document], given));
  const again = readBundle(JSON.stringify(made));
  if (!again.ok) throw new Error(again.problem.en);
  return again.bundle;
}
const heardAt = async (sha: string) => {
  const answer = await fetch(`${runtime.baseUrl}/media/${sha}.wav`);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
};
const here = async (bundle: FlowBundle) =>
  must(
    await readInstallation(
      production,
      bundle.flows.map(({ document }) => document.id),
      "en",
    ),
  );
const take = async (bundle: FlowBundle, choices: ImportChoices = noChoices, more: Partial<CarryOutGiven> = {}) =>
  must(
    await carryOut(bundle, await here(bundle), choices, {
      ...{ client: production, registry, hasMedia: async () => false, copyName: (name: string) => `${name} (before)` },
      ...more,
    }),
  );
const draftOf = async (flowId: string) =>
  must(await production.call("flows.getDraft", { params: { flowId } })).document;

test("a flow moves with what runs inside it, what it says and its scenarios; changed on both sides it is merged, and nothing is lost", async () => {
  const there = await hoursOf(staging, "Office");
  const prompt = must(
    await staging.call("prompts.create", { body: { name: "Bye", texts: { "fr-FR": "Au revoir." }, replaces: null } }),
  );
  const params = { promptId: prompt.promptId, language: "fr-FR" };
  must(await staging.call("prompts.upload", { params, file: tone }));
  const { sha256 } = must(await staging.call("audio.add", { file: tone }));
  must(await staging.call("flows.create", { body: { name: "Greet", flowId: "greet", document: inner } }));
  const first = outer(there, prompt.promptId, sha256);
  must(await staging.call("flows.create", { body: { name: "Desk", flowId: "desk", document: first } }));
  const scenarios = { rev: null, scenarios: [greets("is greeted")] };
  must(await staging.call("flowScenarios.save", { params: { flowId: "desk" }, body: scenarios }));
  const bundle = await exported(first);
  expect(bundle).toMatchObject({ wanted: ["desk"], names: { schedule: { [there]: "Office" } } });
  expect([bundle.flows.length, Object.keys(bundle.audio)]).toEqual([2, [sha256]]);

  // Nothing that it needs is here yet: it says so, and comes as drafts all the same.
  const early = planImport(bundle, await here(bundle), registry);
  expect(early.names).toMatchObject([{ name: "Office", here: null }]);
  const scheduleId = await hoursOf(production, "office");
  const done = await take(bundle);
  expect(done.flows.map(({ flowId, published }) => [flowId, published])).toEqual([
    ["greet", null],
    ["desk", null],
  ]);
  const { items } = must(await production.call("prompts.list"));
  const bye = items.find(({ name }) => name === "Bye");
  expect(bye?.audio["fr-FR"]?.sha256).toBe(sha256);
  expect(await draftOf("desk")).toMatchObject({
    nodes: [{}, { config: { schedule: scheduleId } }, {}, {}],
    prompts: { pBye: { library: bye?.promptId }, pShut: { audio: { "fr-FR": `sha256:${sha256}` } } },
  });
  expect(must(await production.call("flowScenarios.get", { params: { flowId: "desk" } })).scenarios).toEqual(
    scenarios.scenarios,
  );
  expect(planImport(bundle, await here(bundle), registry).flows.map(({ state }) => state)).toEqual(["same", "same"]);

  // Here the closed message is another by now, there a step is called otherwise.
  const { rev, document } = must(await production.call("flows.getDraft", { params: { flowId: "desk" } }));
  const own = { ...Object(document), prompts: { ...Object(document.prompts), pShut: { texts: { "fr-FR": "Nuit." } } } };
  must(await production.call("flows.saveDraft", { params: { flowId: "desk" }, body: { rev, document: own } }));
  const next = await exported(outer(there, prompt.promptId, sha256, "Goodbye"));
  expect((await take(next)).plan.flows.map(({ state }) => state)).toEqual(["same", "merged"]);
  expect(await draftOf("desk")).toMatchObject({
    nodes: [{}, {}, { name: "Goodbye" }, {}],
    prompts: { pShut: { texts: { "fr-FR": "Nuit." } } },
  });
});

test("published on the way it is checked, and its scenarios are played: one that fails leaves the draft", async () => {
  const document = {
    ...inner,
    id: "alone",
    name: "Alone",
    nodes: [inner.nodes[0], node("n2", "hangup", { prompt: null })],
  };
  must(await staging.call("flows.create", { body: { name: "Alone", flowId: "alone", document } }));
  const save = (rev: number | null, heard: string) =>
    staging.call("flowScenarios.save", {
      params: { flowId: "alone" },
      body: { rev, scenarios: [greets("is greeted", heard)] },
    });
  must(await save(null, "p2"));
  const refused = await take(await exported(document), noChoices, { publish: "From staging" });
  expect(refused.flows).toMatchObject([{ published: null, refused: { code: "scenariosFailed" } }]);
  expect(await draftOf("alone")).toMatchObject({ name: "Alone" });
  must(await save(1, "p1"));
  const longer = { ...document, name: "Alone at night" };
  const done = await take(await exported(longer), noChoices, { publish: "From staging" });
  expect(done.flows).toMatchObject([{ published: 1, refused: null }]);
  expect(must(await production.call("flows.get", { params: { flowId: "alone" } })).published?.note).toBe(
    "From staging",
  );
});

test("who took something over meanwhile is not written over", async () => {
  const flowId = "taken";
  must(await production.call("flows.create", { body: { name: "Taken", flowId, document: { ...inner, id: flowId } } }));
  const origin = {
    ...{ kind: "import" as const, from: "Staging", templateId: null, values: {}, scenarios: [], mapped: {} },
    document: { ...inner, id: flowId },
  };
  const save = (rev: number | null) =>
    production.call("flowOrigins.save", { params: { flowId }, body: { rev, origin } });
  expect(await save(null)).toMatchObject({ ok: true, value: { rev: 1, origin: { from: "Staging" } } });
  expect(await save(null)).toMatchObject({ error: { code: "changedMeanwhile" } });
  expect(await save(7)).toMatchObject({ error: { code: "changedMeanwhile" } });
});
