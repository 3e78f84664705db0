import type { CallDetail, QueueFields } from "@cordboard/api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { documentOf } from "../support/drawn-flow.ts";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { until } from "../support/until.ts";

/**
 * Who is asked for which call, through the product as it runs: set up by REST, asked for by flows, decided by the call centre, told on the call's
 * and on the operator's page. Each rule by itself is tested beside it, on virtual time.
 */
let exchange: Exchange;
/** 101, 102 and 103, at the telephones 11, 12 and 13. */
let ines: OperatorClient;
let tom: OperatorClient;
let lea: OperatorClient;
let calls: PlacedCall[] = [];
let made = 0;

beforeAll(async () => {
  exchange = await startExchange();
  const { admin } = exchange;
  const { companyId: _, code: _code, ...company } = must(await admin.call("company.get"));
  const skills = [{ code: "english", name: { fr: "Anglais", en: "English" } }];
  must(await admin.call("company.change", { body: { ...company, skills } }));
  ines = await exchange.signIn(101);
  tom = await exchange.signIn(102);
  lea = await exchange.signIn(103);
  await knows(ines, 2);
  await knows(lea, 5);
});
afterEach(async () => {
  for (const { id, phase } of exchange.telephones.list()) if (phase !== "idle") exchange.telephones.hangup(id);
  for (const call of calls) await call.ended();
  calls = [];
  await freeOperators(ines, tom, lea);
});
afterAll(() => exchange.close());

async function knows({ operatorId }: OperatorClient, level: number): Promise<void> {
  const params = { operatorId };
  const { operatorId: _, ...operator } = must(await exchange.admin.call("operators.get", { params }));
  const body = { ...operator, skills: [{ skillId: "english", level }] };
  must(await exchange.admin.call("operators.change", { params, body }));
}

/** A queue of its own, served by these operators and nobody else. */
async function queueOf(operators: readonly OperatorClient[], change: Partial<QueueFields> = {}): Promise<string> {
  made += 1;
  const body: QueueFields = {
    ...{ name: `Queue ${made}`, operatorIds: operators.map(({ operatorId }) => operatorId), order: "fixed" },
    ...{ offerMs: 20_000, wrapUpMs: null, refusalAllowed: true, missedMeansPause: true, askAgainMs: 60_000 },
    ...{ askAgainAloneMs: 10_000, scriptId: null },
    ...{ callbacks: { most: null, attempts: 3, retryMs: 900_000, scheduleId: null }, ...change },
  };
  const { queueId } = must(await exchange.admin.call("queues.create", { body }));
  for (const operator of operators) await ticks(operator, queueId);
  return queueId;
}

/** An operator serves what they serve now, and this queue too. */
async function ticks(operator: OperatorClient, queueId: string): Promise<void> {
  const tick = async () => {
    const queueIds = operator.view().queues.flatMap((queue) => (queue.ticked ? queue.queueId : []));
    const answer = await operator.put("/api/desk/queues", { queueIds: [...queueIds, queueId] });
    return answer.ok;
  };
  await until(tick, "the queue to be ticked");
}

/** A line of its own that leads to the queue. */
async function lineTo(queueId: string, settings: object = {}): Promise<string> {
  made += 1;
  const flowId = `flow-${made}`;
  const hunt = {
    ...{ queue: queueId, priority: 0, announcement: null, holdMusic: [], maxWaitMs: null },
    ...{ leaveWhenUnstaffed: false, ringMs: 5_000, ringMusic: null, ...settings },
  };
  const document = documentOf(flowId, {
    nodes: { desk: ["hunt", hunt] },
    edges: [
      ["desk", "ended", "to_yes"],
      ["desk", "full", "to_no"],
      ["desk", "overflowed", "to_late"],
    ],
  });
  must(await exchange.admin.call("flows.publish", { params: { flowId }, body: { document, note: "" } }));
  const number = `+331428${String(made).padStart(5, "0")}`;
  const line = { name: flowId, number, flowId, queueId: null, language: null };
  must(await exchange.admin.call("lines.create", { body: line }));
  return number;
}

function dial(to: string, from?: string): PlacedCall {
  made += 1;
  const call = placeCall(exchange, `caller ${made}`, { to, keys: "", ...(from === undefined ? {} : { from }) });
  calls.push(call);
  return call;
}

/** Their telephone rings, and they answer it. */
async function pickUp(desk: string): Promise<void> {
  await until(() => exchange.telephones.get(desk)?.phase === "ringing", `telephone ${desk} to ring`);
  exchange.telephones.answer(desk);
}

const offered = (operator: OperatorClient) =>
  operator.waitFor(({ offer }) => offer !== null, "an offer").then(({ offer }) => offer ?? expect.fail());
const detail = async (call: PlacedCall): Promise<CallDetail> => {
  const params = { callId: (await call.stored())._id };
  return must(await exchange.admin.call("calls.get", { params }));
};
const stepsOf = async (call: PlacedCall) => {
  const params = { callId: (await call.stored())._id };
  return must(await exchange.admin.call("calls.trace", { params })).events.map(({ kind, details }) => ({
    ...{ kind, reason: details.reason },
  }));
};

test("a skill is asked for, then less of it; the call and the operators' pages say who was passed by and why", async () => {
  const relax = [{ afterMs: 3_000, level: 1 }];
  const queueId = await queueOf([tom, ines], { skills: [{ skillId: "english", level: 3, relax }] });
  const call = dial(await lineTo(queueId));
  await call.waitFor(/holdMusic/);
  expect(ines.view().offer).toBeNull();
  const { offerId } = await offered(ines);
  const { offers } = await detail(call);
  expect(offers).toMatchObject([
    {
      operatorName: "Inès Martin",
      why: { first: "onlyOne", skills: [{ skillId: "english", level: 1 }] },
    },
  ]);
  expect(offers[0]?.why?.not).toMatchObject([{ reason: "skillMissing", operators: [{ name: "Tom Baker" }] }]);
  const about = async ({ operatorId }: OperatorClient) =>
    must(await exchange.admin.call("operators.offers", { params: { operatorId } })).items.find(
      (one) => one.offerId === offerId,
    );
  expect(await about(tom)).toMatchObject({ asked: false, reason: "skillMissing", operator: { name: "Inès Martin" } });
  expect(await about(ines)).toMatchObject({ asked: true, first: "onlyOne", end: null });
});

test("several at once: the first who accepts talks to the caller, the other is told that it is taken", async () => {
  const call = dial(await lineTo(await queueOf([ines, tom], { atOnce: 2 })));
  const both = await Promise.all([offered(ines), offered(tom)]);
  expect(new Set(both.map(({ callId }) => callId)).size).toBe(1);
  expect((await tom.accept()).status).toBe(200);
  await ines.waitFor(({ offer, state }) => offer === null && state === "available", "the pop-up to go");
  expect(ines.view().notices.at(-1)).toMatchObject({ code: "offerTaken" });
  await pickUp("12");
  await tom.waitFor(({ state }) => state === "talking", "the conversation");
  await expect.poll(() => stepsOf(call)).toContainEqual({ kind: "offer.withdrawn", reason: "takenByOther" });
});

test("an offer accepts itself once its agent has shown it", async () => {
  const call = dial(await lineTo(await queueOf([ines], { autoAcceptMs: 1_000 })));
  const offer = await offered(ines);
  expect(offer).toMatchObject({ autoAcceptMs: 1_000 });
  expect(offer.acceptsAt).toBeUndefined();
  expect((await ines.post(`/api/desk/offers/${offer.offerId}/shown`)).status).toBe(200);
  await ines.waitFor(({ state }) => state === "ringing", "the offer to accept itself");
  expect(ines.view().call?.acceptedItself).toBe(true);
  await pickUp("11");
  await ines.waitFor(({ state }) => state === "talking", "the conversation");
  await call.waitFor(/talking/);
});

test("a full line and the longest wait lead out by their own ways; overflow leads to other operators, at the same place", async () => {
  const help = await queueOf([lea]);
  const overflow = { queueIds: [help], afterMs: 2_000, fromWaiting: null };
  const queueId = await queueOf([], { mostWaiting: 1, longestWaitMs: 6_000, overflow });
  const number = await lineTo(queueId, { leaveWhenFull: true });
  await ticks(lea, help);
  expect((await lea.post("/api/desk/pause", { reason: null })).status).toBe(200);
  const first = dial(number);
  await expect.poll(() => first.place()).not.toBeNull();
  const place = await first.place();
  const second = dial(number);
  await expect
    .poll(() => stepsOf(second), { timeout: 10_000 })
    .toContainEqual({ kind: "queue.full", reason: undefined });
  await expect
    .poll(() => stepsOf(first), { timeout: 10_000 })
    .toContainEqual({ kind: "line.overflowed", reason: undefined });
  expect(await first.place()).toBe(place);
  await expect
    .poll(() => stepsOf(first), { timeout: 15_000 })
    .toContainEqual({ kind: "queue.overflowed", reason: undefined });
  expect((await detail(first)).visits[0]).toMatchObject({ outcome: "left", overflow: { by: "time" } });
  expect((await lea.post("/api/desk/resume")).status).toBe(200);
  const third = dial(number);
  expect((await offered(lea)).queue.queueId).toBe(help);
  third.hangUp();
});

test("who talked to the caller last is asked first, then everybody; by the flow's wish", async () => {
  const number = await lineTo(await queueOf([ines, tom]), { preferLastOperator: true, preferMs: 3_000 });
  const from = "+33612121212";
  const first = dial(number, from);
  await offered(ines);
  expect((await ines.refuse()).status).toBe(200);
  await offered(tom);
  await tom.accept();
  await pickUp("12");
  await tom.waitFor(({ state }) => state === "talking", "the conversation");
  first.hangUp();
  await first.ended();
  await freeOperators(ines, tom);
  const again = dial(number, from);
  await offered(tom);
  expect((await detail(again)).offers[0]?.why).toMatchObject({ first: "preferred" });
  expect((await tom.refuse()).status).toBe(200);
  await offered(ines);
});

test("a supervisor moves a caller up: they are next, the call says so, and it stands in the audit log", async () => {
  const queueId = await queueOf([ines]);
  const number = await lineTo(queueId);
  expect((await ines.post("/api/desk/pause", { reason: null })).status).toBe(200);
  const [first, second] = [dial(number), dial(number)];
  for (const call of [first, second]) await expect.poll(() => call?.place()).not.toBeNull();
  const later = (await first?.place()) ?? 0;
  const back = ((await second?.place()) ?? 0) > later ? second : first;
  if (!back) expect.fail();
  const params = { callId: (await back.stored())._id };
  must(await exchange.admin.call("live.moveUp", { params }));
  expect((await ines.post("/api/desk/resume")).status).toBe(200);
  expect((await offered(ines)).callId).toBe(params.callId);
  expect((await detail(back)).visits[0]?.movedUpAt).toBeDefined();
  const told = must(await exchange.admin.call("audit.list", { query: { targetId: params.callId } })).items;
  expect(told).toMatchObject([{ action: "live.moveUp" }]);
  back.hangUp();
  await back.ended();
  expect(await exchange.admin.call("live.moveUp", { params })).toMatchObject({ error: { code: "callerGone" } });
});

test("a telephone that answers busy for a call of the operator's own costs the caller nothing, and the operator sees why", async () => {
  const queueId = await queueOf([ines, tom]);
  const number = await lineTo(queueId);
  const own = dial(await lineTo(await queueOf([])));
  await own.waitFor(/holdMusic/);
  // Inès picks up her telephone and calls somebody herself.
  exchange.telephones.call({ telephone: "11", from: "11", to: await lineTo(await queueOf([])) });
  await until(() => exchange.telephones.get("11")?.phase === "talking", "her own call");
  const call = dial(number);
  await offered(ines);
  const place = await call.place();
  await ines.accept();
  await ines.waitFor(({ state }) => state === "paused", "to be set aside");
  expect(ines.view().pause).toMatchObject({ reason: "telephoneBusy" });
  await offered(tom);
  expect(await call.place()).toBe(place);
  expect(exchange.telephones.get("11")?.phase).toBe("talking");
  await tom.accept();
  await pickUp("12");
  await tom.waitFor(({ state }) => state === "talking", "the conversation");
});
