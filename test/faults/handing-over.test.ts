import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";

/** Accepted callers are handed to the exchange by REFER, while the one runtime is killed at each moment of it. */
let cluster: Cluster;
let ines: OperatorClient;
let count = 0;

beforeAll(async () => {
  cluster = await startCluster();
  await serveShortFlow(cluster);
  for (const { queueId, ...queue } of must(await cluster.admin.call("queues.list")).items)
    must(await cluster.admin.call("queues.change", { params: { queueId }, body: { ...queue, connect: "refer" } }));
  ines = await cluster.signIn(101);
});
afterEach(async () => {
  for (const { id, phase } of cluster.telephones.list()) if (phase !== "idle") cluster.telephones.hangup(id);
  await freeOperators(ines);
});
afterAll(() => cluster.close());

async function offered(): Promise<PlacedCall> {
  count += 1;
  const call = placeCall(cluster, `caller ${count}`);
  await ines.waitFor((view) => view.offer !== null, "an offer");
  return call;
}
async function ringing(): Promise<PlacedCall> {
  const call = await offered();
  expect((await ines.accept()).status).toBe(200);
  await cluster.story.waitFor("11", "ringing");
  return call;
}
/** The exchange has connected the two, the trunk is free, and the operator says when they are done. */
async function talkingAtTheExchange(call: PlacedCall): Promise<void> {
  await call.waitFor("talking bridged");
  await ines.waitFor(({ state }) => state === "handedOver", "the call to be handed over");
  const ended = await call.ended();
  expect(call.hears()).toBe("talking bridged");
  const detail = must(await cluster.admin.call("calls.get", { params: { callId: ended._id } }));
  expect(detail.result).toBe("answered");
  expect(detail.conversations.at(-1)).toMatchObject({ outcome: "answered", talkMs: 0, handedOver: true });
  call.hangUp();
  await cluster.story.waitFor("11", "idle");
  // Nobody here sees that: only the operator can say so.
  expect(ines.view().state).toBe("handedOver");
  expect((await ines.ready()).status).toBe(200);
  await ines.waitFor(({ state }) => state === "available", "to be free");
}

test("handed over: the exchange has the conversation, and the operator is busy until they say so", async () => {
  const call = await ringing();
  cluster.telephones.answer("11");
  await talkingAtTheExchange(call);
});

test("killed while the exchange rings: handed over all the same, and rung once", async () => {
  const rung = () => cluster.story.of("11").filter((what) => what === "ringing").length;
  const before = rung();
  const call = await ringing();
  await cluster.runtimes[0]?.kill();
  cluster.telephones.answer("11");
  await talkingAtTheExchange(call);
  expect(rung() - before).toBe(1);
});

test("killed in the moment in which the two are connected", async () => {
  const call = await ringing();
  const killed = cluster.runtimes[0]?.kill();
  cluster.telephones.answer("11");
  await killed;
  await talkingAtTheExchange(call);
});

test("a telephone that is busy: the caller is back at their place, also when the runtime dies in that moment", async () => {
  const call = await offered();
  const place = await call.place();
  expect((await ines.accept()).status).toBe(200);
  await cluster.story.waitFor("11", "ringing");
  const killed = cluster.runtimes[0]?.kill();
  cluster.telephones.reject("11", 486);
  await killed;
  await call.waitFor("talking holdMusic", 60_000);
  await expect.poll(() => call.place()).toBe(place);
  await ines.waitFor(({ state }) => state === "paused", "to be set aside");
  call.hangUp();
  await call.ended();
});
