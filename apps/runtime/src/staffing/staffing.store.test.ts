import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callRecordCollection, storedRecord } from "../call-records/model.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { standardCallbacks } from "../queues/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const clock = virtualClock(Date.UTC(2026, 10, 24, 9, 50));
let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let queueId: string;
let made = 0;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
  const queue = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name: "Sales", operatorIds: [], order: "longestIdle", offerMs: 20_000, wrapUpMs: null, scriptId: null },
    ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0 },
    callbacks: standardCallbacks,
  });
  queueId = queue.queueId;
});
afterAll(() => runtime.close());

/** A call that waited 10 s and talked three minutes. */
function record(joinedAt: number) {
  made += 1;
  const answeredAt = joinedAt + 10_000;
  const endedAt = answeredAt + 3 * MINUTE;
  const _id = `call_${String(made).padStart(32, "0")}`;
  const rung = { offerId: "o", operatorId: "op", operatorName: "Inès", queueId, target: null, rangAt: answeredAt };
  return storedRecord({
    ...{ _id, companyId: company.companyId, direction: "inbound", from: null, hidden: true, callerName: null },
    ...{ to: "+33123456789", lineId: null, lineName: "Main", flowId: null, flowVersionId: null },
    ...{ startedAt: joinedAt - 5_000, answeredAt: joinedAt - 4_000, endedAt, endedBy: "caller", result: "answered" },
    visits: [{ queueId, queueName: "Sales", nodeId: null, joinedAt, leftAt: answeredAt, outcome: "answered" }],
    rung: [{ ...rung, answeredAt, endedAt, outcome: "answered" }],
    ...{ choices: [], nodesVisited: 1, queueIds: [queueId], operatorIds: ["op"] },
  });
}

const calls = (count: number, from: number, until: number) =>
  Array.from({ length: count }, (_, at) => record(from + ((until - from) * at) / count));

test("tells from the same hour of past weeks how many operators the coming one wants, and from when", async () => {
  const now = clock.now();
  const records = [1, 2].flatMap((weeks) => {
    const then = now - weeks * WEEK;
    return [
      ...calls(40, then - 60 * MINUTE, then),
      ...calls(2, then + 10 * MINUTE, then + 25 * MINUTE),
      ...calls(150, then + 25 * MINUTE, then + 70 * MINUTE),
    ];
  });
  await callRecordCollection(runtime.store.connection).insertMany([
    ...records,
    ...calls(40, now - 60 * MINUTE, now - 4 * MINUTE),
  ]);
  const answer = await supervisor.call("live.congestion");
  if (!answer.ok) throw new Error(answer.error.message);
  const [sales] = answer.value.queues;
  expect(sales).toMatchObject({
    ...{ name: "Sales", weeks: 2, handleMs: 180_000, signedIn: 0, lastHour: { calls: 40, usual: 40 } },
    advice: { kind: "more", count: 14, from: "2026-11-24T10:00:00.000Z" },
  });
  expect(sales?.slots.map(({ calls: expected, needed }) => [expected, needed])).toEqual([
    [2, 2],
    [50, 14],
    [50, 14],
    [50, 14],
  ]);
});

test("says so where there is no past week", async () => {
  const other = await runtime.company("other");
  const client = await runtime.user(other, "supervisor");
  expect(await client.call("live.congestion")).toMatchObject({ ok: true, value: { queues: [] } });
});
