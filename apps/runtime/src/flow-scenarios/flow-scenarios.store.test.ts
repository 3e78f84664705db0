import type { ApiClient, Company, FlowScenario } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

let runtime: TestRuntime;
let company: Company;
let author: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  author = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

/** Greets and hangs up. */
const greeting = (id: string, said = "hello") => ({
  formatVersion: 1,
  id,
  name: "Greeting",
  languages: ["en-GB"],
  prompts: { hello: { texts: { "en-GB": "Hello." } }, other: { texts: { "en-GB": "Good day." } } },
  entry: "n1",
  nodes: [
    { id: "n1", name: "Hello", type: "play", typeVersion: 1, config: { prompt: said, bargeIn: false } },
    { id: "n2", name: "End", type: "hangup", typeVersion: 1, config: { prompt: null } },
  ],
  edges: [{ from: "n1", output: "done", to: "n2" }],
});
const says = (prompt: string): FlowScenario => ({
  name: `says ${prompt}`,
  steps: [{ calls: {} }, { hears: prompt }, { isEnded: true }],
});
const publish = (flowId: string, document: object) =>
  author.call("flows.publish", { params: { flowId }, body: { document: { ...document }, note: "" } });
const save = (flowId: string, rev: number | null, ...scenarios: FlowScenario[]) =>
  author.call("flowScenarios.save", { params: { flowId }, body: { rev, scenarios } });

test("a scenario that fails refuses the publication by its name and step; repaired, adapted or removed, it is published", async () => {
  expect(await publish("gate", greeting("gate"))).toMatchObject({ ok: true });
  expect(await save("gate", null, says("hello"))).toMatchObject({ ok: true, value: { rev: 1 } });
  const refused = await publish("gate", greeting("gate", "other"));
  expect(refused).toMatchObject({ ok: false, error: { code: "scenariosFailed", status: 422 } });
  const told = refused.ok ? "" : refused.error.message;
  expect(told).toContain("says hello");
  expect(told).toContain('{"hears":"hello"}');
  // What callers get has not changed.
  const flow = await author.call("flows.get", { params: { flowId: "gate" } });
  expect(flow).toMatchObject({ value: { published: { number: 1 } } });
  expect(await publish("gate", greeting("gate"))).toMatchObject({ ok: true });
  await save("gate", 1, says("other"));
  expect(await publish("gate", greeting("gate", "other"))).toMatchObject({ ok: true });
  await save("gate", 2);
  expect(await publish("gate", greeting("gate"))).toMatchObject({ ok: true });
});

test("two who save at once: the second is told, and what is no scenario is refused with its place", async () => {
  await publish("both", greeting("both"));
  expect(await save("both", null, says("hello"))).toMatchObject({ ok: true });
  expect(await save("both", null, says("other"))).toMatchObject({ error: { code: "changedMeanwhile" } });
  expect(await save("both", 7, says("other"))).toMatchObject({ error: { code: "changedMeanwhile" } });
  const wrong = await save("both", 1, { name: "wrong", steps: [{ calls: {} }, { heers: "hello" }] });
  expect(wrong).toMatchObject({ error: { code: "scenariosInvalid" } });
  expect(wrong.ok ? "" : wrong.error.message).toContain("/scenarios/0/steps/1");
  expect(await author.call("flowScenarios.get", { params: { flowId: "both" } })).toMatchObject({
    value: { rev: 1, scenarios: [{ name: "says hello" }] },
  });
});

test("they go with their flow, and belong to its company", async () => {
  await publish("gone", greeting("gone"));
  await save("gone", null, says("hello"));
  const elsewhere = await runtime.user(await runtime.company("other"), "admin");
  expect(await elsewhere.call("flowScenarios.get", { params: { flowId: "gone" } })).toMatchObject({
    error: { code: "notFound" },
  });
  const params = { flowId: "gone" };
  await author.call("flows.delete", { params });
  expect(await author.call("flowScenarios.get", { params })).toMatchObject({ error: { code: "notFound" } });
  await publish("gone", greeting("gone", "other"));
  expect(await author.call("flowScenarios.get", { params })).toMatchObject({ value: { rev: null, scenarios: [] } });
  const supervisor = await runtime.user(company, "supervisor");
  const body = { rev: null, scenarios: [says("hello")] };
  expect(await supervisor.call("flowScenarios.save", { params, body })).toMatchObject({
    error: { code: "notAllowed" },
  });
});

test("a scenario that would hold up the calls fails instead", async () => {
  const { nodes, ...drawn } = greeting("endless");
  const choices = [{ id: "on", digit: "1", label: "On" }];
  const times = { attempts: 1, patienceMs: 1_000, invalidPrompt: null, noInputPrompt: null };
  const asks = { id: "n1", name: "Ask", type: "menu", typeVersion: 1, config: { prompt: "hello", choices, ...times } };
  const endless = {
    ...{ ...drawn, nodes: [asks, nodes[1]] },
    edges: [
      { from: "n1", output: "on", to: "n2" },
      ...["noInput", "noMatch"].map((output) => ({ from: "n1", output, to: "n1" })),
    ],
  };
  await publish("endless", greeting("endless"));
  await save("endless", null, { name: "for hours", steps: [{ calls: {} }, { staysSilentFor: "24h" }] });
  expect(await publish("endless", greeting("endless"))).toMatchObject({ ok: true });
  expect(await publish("endless", endless)).toMatchObject({ error: { code: "scenariosFailed" } });
});
