import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";

/**
 * Callers on hold, with two runtimes: the sockets of a caller and of their operator's leg come to whichever. They hear music or a person, and
 * nobody is left alone in a conference.
 */
let cluster: Cluster;
let ines: OperatorClient;
let tom: OperatorClient;
let calls: PlacedCall[] = [];
let count = 0;

beforeAll(async () => {
  cluster = await startCluster({ runtimes: 2 });
  await serveShortFlow(cluster);
  ines = await cluster.signIn(101);
  tom = await cluster.signIn(102);
});
afterEach(async () => {
  for (const { id, phase } of cluster.telephones.list()) if (phase !== "idle") cluster.telephones.hangup(id);
  for (const call of calls) await call.ended();
  calls = [];
  await freeOperators(ines, tom);
});
afterAll(() => cluster.close());

/** A caller who talks to Inès, while Tom is on a pause. */
async function talkingToInes(): Promise<PlacedCall> {
  expect((await tom.post("/api/desk/pause", { reason: null })).status).toBe(200);
  count += 1;
  const call = placeCall(cluster, `caller ${count}`);
  calls.push(call);
  await takenByInes(call);
  return call;
}
async function takenByInes(call: PlacedCall): Promise<void> {
  await ines.waitFor((view) => view.offer !== null, "an offer");
  expect((await ines.accept()).status).toBe(200);
  await cluster.story.waitFor("11", "ringing");
  cluster.telephones.answer("11");
  await call.waitFor("talking bridged");
  await ines.waitFor(({ state }) => state === "talking", "Inès to be talking");
}
const hold = async (call: PlacedCall, held: boolean) =>
  ines.put(`/api/desk/calls/${(await call.stored())._id}/hold`, { held });
const onHold = async (call: PlacedCall) => {
  expect((await hold(call, true)).status).toBe(200);
  await call.waitFor(/pleaseWait|holdMusic/);
  await cluster.story.waitFor("11", "talking silence");
  await ines.waitFor((view) => view.call?.held === true, "the agent to show it");
};
const back = async (call: PlacedCall) => {
  expect((await hold(call, false)).status).toBe(200);
  await call.waitFor("talking bridged");
  await cluster.story.waitFor("11", "talking bridged");
};

test("music and back, as often as one likes; muted and heard; the conversation ends like every other", async () => {
  const call = await talkingToInes();
  await onHold(call);
  await back(call);
  expect(ines.view().call?.held).toBeUndefined();
  const { _id } = await call.stored();
  expect((await ines.put(`/api/desk/calls/${_id}/mute`, { muted: true })).status).toBe(200);
  await call.waitFor("talking silence");
  expect((await ines.put(`/api/desk/calls/${_id}/mute`, { muted: false })).status).toBe(200);
  await call.waitFor("talking bridged");
  await onHold(call);
  await back(call);
  cluster.telephones.hangup("11");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await cluster.story.waitFor(call.name, "idle");
  await call.ended();
  const detail = must(await cluster.admin.call("calls.get", { params: { callId: _id } }));
  expect(detail.conversations.map(({ outcome }) => outcome)).toEqual(["answered"]);
});

test("who hangs up while on hold frees the operator, whose telephone is hung up", async () => {
  const call = await talkingToInes();
  await onHold(call);
  call.hangUp();
  await cluster.story.waitFor("11", "idle");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
});

test("an operator whose telephone is hung up meanwhile: the caller comes back to them, before everybody", async () => {
  const call = await talkingToInes();
  await onHold(call);
  cluster.telephones.hangup("11");
  await call.waitFor("talking holdMusic");
  await takenByInes(call);
  cluster.telephones.hangup("11");
  await call.ended();
});

test("a caller on hold is passed on, and the operator's telephone is free", async () => {
  const call = await talkingToInes();
  await onHold(call);
  expect((await tom.post("/api/desk/resume")).status).toBe(200);
  const to = { kind: "operator", operatorId: tom.operatorId };
  expect((await ines.post(`/api/desk/calls/${(await call.stored())._id}/pass-on`, { to })).status).toBe(200);
  await cluster.story.waitFor("11", "idle");
  await tom.waitFor((view) => view.offer !== null, "the offer to Tom");
  expect((await tom.accept()).status).toBe(200);
  await cluster.story.waitFor("12", "ringing");
  cluster.telephones.answer("12");
  await call.waitFor("talking bridged");
});

test("kill -9 of both runtimes: the music goes on, and the caller is taken back", async () => {
  const call = await talkingToInes();
  await onHold(call);
  await Promise.all(cluster.runtimes.map((runtime) => runtime.kill()));
  expect(call.hears()).toMatch(/pleaseWait|holdMusic/);
  await expect.poll(async () => (await hold(call, false)).status, { timeout: 20_000 }).toBe(200);
  await call.waitFor("talking bridged");
  await cluster.story.waitFor("11", "talking bridged");
});

test("kill -9 of both runtimes, and the operator's telephone is hung up before they are back: the caller is not forgotten", async () => {
  const call = await talkingToInes();
  await onHold(call);
  const bring = await Promise.all(cluster.runtimes.map((runtime) => runtime.takeAway()));
  cluster.telephones.hangup("11");
  await cluster.story.waitFor("11", "idle");
  expect(call.hears()).toMatch(/pleaseWait|holdMusic/);
  await Promise.all(bring.map((again) => again()));
  await ines.waitFor((view) => view.offer !== null, "the call to be offered to Inès again", 110_000);
  await call.waitFor(/holdMusic/);
});
