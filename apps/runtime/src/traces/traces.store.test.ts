import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callCentreCollections } from "../call-centre/index.ts";
import { type CallDocument, callCollections, type TraceEvent } from "../calls/model.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
});
afterAll(() => runtime.close());

const start = Date.UTC(2026, 10, 23, 9);
const callId = (count: number) => `call_${count.toString(16).padStart(32, "0")}`;
const event = (seq: number): TraceEvent => ({
  seq,
  at: start + seq,
  kind: "hears",
  nodeId: "n1",
  details: { prompt: "p" },
});

async function keep(count: number, fields: Partial<CallDocument> = {}): Promise<void> {
  await callCollections(runtime.store.connection).calls.insertOne({
    _id: callId(count),
    companyId: company.companyId,
    rev: 1,
    ownerEpoch: 1,
    owner: "proc_x",
    callSid: `sid ${count}`,
    direction: "inbound",
    from: "+33612345678",
    hidden: false,
    callerName: null,
    to: "+33123456789",
    lineId: `line_${"0".repeat(32)}`,
    lineName: "Main",
    flowId: "reception",
    flowVersionId: `ver_${"0".repeat(32)}`,
    language: "fr-FR",
    status: "ended",
    startedAt: start,
    answeredAt: start,
    endedAt: start + 5000,
    endedBy: "caller",
    snapshot: null,
    timers: [],
    outbox: [],
    media: null,
    queue: null,
    leg: null,
    script: null,
    cuts: 0,
    cutAt: null,
    unrecorded: true,
    traceSeq: 0,
    traceTail: [],
    ...fields,
  });
}

test("a trace is what has left the call and what is still in it, once and in order", async () => {
  await keep(1, { traceTail: [event(3), event(4)], traceSeq: 4 });
  const { traceEvents } = callCollections(runtime.store.connection);
  for (const seq of [2, 1, 3]) {
    const _id = `${callId(1)}.${seq}`;
    await traceEvents.insertOne({ ...event(seq), _id, callId: callId(1), companyId: company.companyId });
  }
  const answer = await supervisor.call("calls.trace", { params: { callId: callId(1) } });
  expect(answer.ok && answer.value.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(answer.ok && answer.value.events[0]).toEqual({
    seq: 1,
    at: "2026-11-23T09:00:00.001Z",
    kind: "hears",
    nodeId: "n1",
    details: { prompt: "p" },
  });
  expect(answer.ok && answer.value.call).toMatchObject({ from: "+33612345678", lineName: "Main", endedBy: "caller" });
});

test("whom the call was offered to stands in its trace, of this call and this company alone", async () => {
  await keep(3, { traceTail: [event(1), event(2), event(900)], traceSeq: 3 });
  const { offers } = callCentreCollections(runtime.store.connection);
  const offer = { companyId: company.companyId, callId: callId(3), operatorId: "op_1", live: false };
  const refused = { state: "refused", offeredAt: start + 100, endedAt: start + 400, withdrawReason: null };
  await offers.insertMany([
    { ...offer, ...refused, _id: "offer_1" },
    { ...offer, ...refused, _id: "offer_2", callId: callId(1) },
    { ...offer, ...refused, _id: "offer_3", companyId: "co_other" },
  ] as never[]);
  const answer = await supervisor.call("calls.trace", { params: { callId: callId(3) } });
  expect(answer.ok && answer.value.events.map(({ seq, kind }) => [seq, kind])).toEqual([
    [1, "hears"],
    [2, "hears"],
    [3, "offer.made"],
    [4, "offer.refused"],
    [5, "hears"],
  ]);
});

test("a hidden number is nowhere to be seen", async () => {
  await keep(2, { hidden: true, from: "+33699999999" });
  const answer = await supervisor.call("calls.get", { params: { callId: callId(2) } });
  expect(answer).toMatchObject({ ok: true, value: { hidden: true, from: null } });
  expect(JSON.stringify(answer)).not.toContain("99999999");
});

test("pages go through all calls once, the newest first, also those of the same millisecond", async () => {
  for (let count = 100; count < 125; count++) await keep(count, { startedAt: start + 1000 + Math.floor(count / 5) });
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const answer = await supervisor.call("calls.list", { query: { limit: 7, ...(before && { before }) } });
    if (!answer.ok) throw new Error(answer.error.message);
    seen.push(...answer.value.items.map((call) => call.callId));
    before = answer.value.next ?? undefined;
  } while (before !== undefined);
  expect(seen.length).toBe(28);
  expect(new Set(seen).size).toBe(28);
  expect(seen.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, place) => callId(124 - place)));
});

test("those that are alive can be asked for alone", async () => {
  await keep(200, { status: "live", endedAt: null, endedBy: null });
  const answer = await supervisor.call("calls.list", { query: { alive: true } });
  expect(answer.ok && answer.value.items.map((call) => call.callId)).toEqual([callId(200)]);
});

test("a page that nobody gave out is refused", async () => {
  const answer = await supervisor.call("calls.list", { query: { before: "$gt" } });
  expect(answer).toMatchObject({ ok: false, error: { code: "requestInvalid" } });
  expect(await supervisor.call("calls.list", { query: { limit: 1000 } })).toMatchObject({
    error: { code: "requestInvalid" },
  });
});
