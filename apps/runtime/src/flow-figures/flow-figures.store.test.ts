import type { ApiClient, Company, FlowHistory, InputOf, OutputOf, Routes } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { createRecorder } from "../call-records/recorder.ts";
import { callIdOf, keepCall, type Line } from "../call-records/testing/kept-call.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { systemClock } from "../ports/index.ts";

let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let author: ApiClient;
const versions: string[] = [];
const flowId = "welcome";
const params = { flowId };

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
  author = await runtime.user(company, "author");
  const scope = systemScope(company.companyId);
  const { flows } = runtime.features;
  await flows.create(scope, { name: "Welcome", flowId });
  const { document } = await flows.draft(scope, flowId);
  for (const onError of [undefined, "nGoodbye"]) {
    const published = await flows.publish(scope, flowId, { ...document, ...(onError && { onError }) }, "");
    versions.push(published.version.versionId);
  }
  await keepCalls();
});
afterAll(() => runtime.close());

const hourAgo = Date.now() - 3_600_000;
const moved = (seconds: number, from: string, output: string, to: string | null): Line => [
  seconds * 1000,
  "moved",
  { output, to },
  from,
];

/** Three calls that are over (the last an hour ago on the older version), and two that run. */
async function keepCalls(): Promise<void> {
  const [older = "", newer = ""] = versions;
  const keep = (count: number, lines: readonly Line[], fields: object, endedAfterMs?: number) =>
    keepCall(runtime.store.connection, {
      ...{ companyId: company.companyId, count, startedAt: hourAgo + count, lines },
      ...(endedAfterMs !== undefined && { endedAfterMs }),
      fields: { flowId, flowVersionId: newer, firstNode: "hello", unsettled: endedAfterMs === undefined, ...fields },
    });
  await keep(1, [moved(4, "hello", "done", "menu")], {}, 20_000);
  await keep(2, [moved(6, "hello", "done", "menu"), moved(9, "menu", "sales", "desk")], {}, 60_000);
  await keep(3, [], { flowVersionId: older }, 2_000);
  const stands = { snapshot: { node: { id: "desk", type: "hunt", typeVersion: 1 } } };
  const waiting = [moved(5, "hello", "done", "desk")];
  const running = (fields: object) => ({ ...stands, nodeSince: Date.now() - 30_000, ...fields }) as object;
  await keep(4, waiting, running({}));
  await keep(5, waiting, running({ leg: { state: "talking" } }));
}

const must = <Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value => {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};
const nodeOf = (history: FlowHistory, nodeId: string) => history.nodes.find((node) => node.nodeId === nodeId);
const callsOf = async (query: object) =>
  must(await supervisor.call("calls.list", { query: { flowId, ...query } })).items.map(({ callId }) => callId);

test("where calls are now, by version, and how long whoever waits longest has been there", async () => {
  const live = must(await author.call("flows.live", { params }));
  expect(live).toMatchObject({ calls: 2, versions: [{ versionId: versions[1], number: 2, calls: 2 }] });
  expect(live.nodes).toMatchObject([{ versionId: versions[1], nodeId: "desk", calls: 2, talking: 1 }]);
  expect(live.nodes[0]?.longestMs).toBeGreaterThanOrEqual(30_000);
  expect(await callsOf({ alive: true, inNodeId: "desk" })).toEqual([callIdOf(5), callIdOf(4)]);
  expect(await callsOf({ alive: true, inNodeId: "menu" })).toEqual([]);
});

test("the ways of a period are the same before and after its calls are recorded and summed up", async () => {
  const before = must(await author.call("flows.history", { params, query: {} }));
  expect(before).toMatchObject({
    calls: 5,
    versions: [
      { number: 2, calls: 4 },
      { number: 1, calls: 1 },
    ],
  });
  expect(nodeOf(before, "hello")).toEqual({ nodeId: "hello", visits: 5, hungUp: 1, medianMs: 5_000 });
  expect(nodeOf(before, "menu")).toMatchObject({ visits: 2, hungUp: 1 });
  expect(before.ways).toContainEqual({ from: "hello", output: "done", count: 4 });
  expect(before.ways).toContainEqual({ from: "menu", output: "sales", count: 1 });
  const { callRecords, reports } = runtime.features;
  const recorder = createRecorder({
    ...{ connection: runtime.store.connection, told: callRecords.told, clock: systemClock(), log: { warn() {} } },
    onRecorded: reports.recorded,
  });
  await recorder.recordDue();
  await reports.round(company.companyId);
  const after = must(await author.call("flows.history", { params, query: {} }));
  expect({ ...after, computedAt: before.computedAt }).toEqual(before);
  const [older = ""] = versions;
  const one = must(await author.call("flows.history", { params, query: { versionId: older } }));
  expect(one).toMatchObject({ calls: 1, versions: before.versions });
  expect(one.nodes).toEqual([{ nodeId: "hello", visits: 1, hungUp: 1, medianMs: 2_000 }]);
});

test("the calls of a node are listed, and those whose caller hung up in it", async () => {
  expect(await callsOf({ nodeId: "menu" })).toEqual([callIdOf(2), callIdOf(1)]);
  expect(await callsOf({ hungUpIn: "menu" })).toEqual([callIdOf(1)]);
  expect(await callsOf({ nodeId: "hello", limit: 2 })).toHaveLength(2);
  const pages: string[] = [];
  let next: string | null = null;
  do {
    const query: InputOf<Routes["calls.list"]>["query"] = { flowId, nodeId: "hello", limit: 2 };
    const page: OutputOf<Routes["calls.list"]> = must(
      await supervisor.call("calls.list", { query: { ...query, ...(next !== null && { before: next }) } }),
    );
    pages.push(...page.items.map(({ callId }) => callId));
    next = page.next;
  } while (next !== null && pages.length < 9);
  expect(pages).toEqual([5, 4, 3, 2, 1].map(callIdOf));
  const withoutFlow = await supervisor.call("calls.list", { query: { nodeId: "menu" } });
  expect(withoutFlow).toMatchObject({ error: { code: "requestInvalid" } });
  expect(await author.call("calls.list", { query: { flowId, nodeId: "menu" } })).toMatchObject({
    error: { code: "notAllowed" },
  });
});

test("what became of the calls is told by version", async () => {
  const { versions: told } = must(await author.call("flows.outcomes", { params, query: {} }));
  expect(told.map(({ number, calls }) => [number, calls])).toEqual([
    [2, 4],
    [1, 1],
  ]);
  expect(told[1]).toMatchObject({ results: [{ result: "hungUp", calls: 1 }], averageDurationMs: 2_000 });
});

test("a flow that is not there has no figures; a period that is none is refused", async () => {
  const nothing = { params: { flowId: "nowhere" }, query: {} };
  for (const route of ["flows.live", "flows.history", "flows.outcomes"] as const)
    expect(await author.call(route, nothing)).toMatchObject({ error: { code: "notFound" } });
  const backwards = { params, query: { from: "2026-11-02", to: "2026-11-01" } };
  expect(await author.call("flows.history", backwards)).toMatchObject({ error: { code: "requestInvalid" } });
});
