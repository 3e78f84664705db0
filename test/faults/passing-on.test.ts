import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";

/** Callers whom an operator passes on: to somebody who takes them, and to nobody; they hear music or a person, and silence never. */
let exchange: Exchange;
let ines: OperatorClient;
let tom: OperatorClient;
let calls: PlacedCall[] = [];
let sales = "";
let support = "";
let count = 0;

beforeAll(async () => {
  exchange = await startExchange();
  await serveShortFlow(exchange);
  const { items } = must(await exchange.admin.call("queues.list"));
  sales = items.find(({ name }) => name.includes("Sales"))?.queueId ?? "";
  support = items.find(({ queueId }) => queueId !== sales)?.queueId ?? "";
  ines = await exchange.signIn(101);
  tom = await exchange.signIn(102);
});
afterEach(async () => {
  for (const { id, phase } of exchange.telephones.list()) if (phase !== "idle") exchange.telephones.hangup(id);
  for (const call of calls) await call.ended();
  calls = [];
  await freeOperators(ines, tom);
});
afterAll(() => exchange.close());

/** A caller who talks to Inès, while Tom is on a pause. */
async function talkingToInes(): Promise<PlacedCall> {
  expect((await tom.post("/api/desk/pause", { reason: null })).status).toBe(200);
  count += 1;
  const call = placeCall(exchange, `caller ${count}`);
  calls.push(call);
  await ines.waitFor((view) => view.offer !== null, "an offer");
  expect((await ines.accept()).status).toBe(200);
  await exchange.story.waitFor("11", "ringing");
  exchange.telephones.answer("11");
  await call.waitFor("talking bridged");
  await ines.waitFor(({ state }) => state === "talking", "Inès to be talking");
  return call;
}
const passOn = async (call: PlacedCall, to: object) =>
  ines.post(`/api/desk/calls/${(await call.stored())._id}/pass-on`, { to });
/** From the beginning of the conversation on, what the caller heard. */
const heardSince = (call: PlacedCall) => {
  const heard = exchange.story.of(call.name);
  return heard.slice(heard.lastIndexOf("talking bridged") + 1);
};
async function takes(operator: OperatorClient, desk: string, call: PlacedCall): Promise<void> {
  await operator.waitFor((view) => view.offer !== null, "the call to be offered");
  expect((await operator.accept()).status).toBe(200);
  await exchange.story.waitFor(desk, "ringing");
  exchange.telephones.answer(desk);
  await call.waitFor("talking bridged");
}

test("to a colleague: music, their voice, and what was noted and opened is before them", async () => {
  const call = await talkingToInes();
  const { _id } = await call.stored();
  expect((await ines.put(`/api/desk/calls/${_id}/note`, { outcome: "order", note: "the red one" })).status).toBe(200);
  expect((await passOn(call, { kind: "operator", operatorId: tom.operatorId })).status).toBe(409);
  expect((await tom.post("/api/desk/resume")).status).toBe(200);
  const place = (await exchange.collection("waitingCalls").findOne({ callId: _id }))?.place;
  expect((await passOn(call, { kind: "operator", operatorId: tom.operatorId })).status).toBe(200);
  await call.waitFor("talking holdMusic");
  await exchange.story.waitFor("11", "idle");
  await expect.poll(() => call.place()).toBe(place);
  const offered = await tom.waitFor((view) => view.offer !== null, "the offer to Tom");
  expect(offered.offer?.card.passedOn).toMatchObject([{ note: "the red one", outcome: { en: "Order taken" } }]);
  expect(ines.view()).toMatchObject({ state: "wrapUp", call: { note: "the red one" } });
  const wasHeard = heardSince(call).filter((what) => what.endsWith("silence"));
  expect(wasHeard.length).toBeLessThanOrEqual(1);
  await takes(tom, "12", call);
  call.hangUp();
  await call.ended();
  const detail = must(await exchange.admin.call("calls.get", { params: { callId: _id } }));
  expect(detail.operators.map(({ name }) => name)).toHaveLength(2);
  expect(detail.outcomes).toEqual(["order"]);
  expect(detail.conversations.map(({ outcome }) => outcome)).toEqual(["answered", "answered"]);
});

test("who refuses a caller who was passed on sends them back: to the operator who knows them, in the wrap-up", async () => {
  const call = await talkingToInes();
  await tom.post("/api/desk/resume");
  expect((await passOn(call, { kind: "operator", operatorId: tom.operatorId })).status).toBe(200);
  await tom.waitFor((view) => view.offer !== null, "the offer to Tom");
  await tom.refuse();
  await takes(ines, "11", call);
});

test("to a number that nobody answers, and then to nobody there: the caller is back each time, before everybody", async () => {
  const call = await talkingToInes();
  expect((await passOn(call, { kind: "number", number: "01 99 00 00 00" })).status).toBe(200);
  // There is no such telephone: it fails at once.
  await takes(ines, "11", call);
  await ines.waitFor(({ state }) => state === "talking", "Inès to be talking");
  await ines.put("/api/desk/queues", { queueIds: [sales] });
  await tom.put("/api/desk/queues", { queueIds: [sales] });
  expect((await passOn(call, { kind: "queue", queueId: support })).status).toBe(200);
  await takes(ines, "11", call);
  for (const operator of [ines, tom]) await operator.put("/api/desk/queues", { queueIds: [sales, support] });
});

test("to another flow: the caller goes through it; and an operator hangs up for both", async () => {
  const call = await talkingToInes();
  const { _id } = await call.stored();
  expect((await passOn(call, { kind: "flow", flowId: "short" })).status).toBe(200);
  // Its menu is answered by the caller's thumb, as ever; and nobody but who is ready is asked.
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await call.waitFor("talking holdMusic");
  expect((await ines.ready()).status).toBe(200);
  await takes(ines, "11", call);
  expect((await ines.put(`/api/desk/calls/${_id}/mute`, { muted: true })).status).toBe(200);
  await ines.waitFor((view) => view.call?.muted === true, "to be muted");
  expect((await ines.post(`/api/desk/calls/${_id}/keys`, { key: "5" })).status).toBe(200);
  expect((await ines.post(`/api/desk/calls/${_id}/hang-up`)).status).toBe(200);
  await exchange.story.waitFor(call.name, "idle");
  await exchange.story.waitFor("11", "idle");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
});
