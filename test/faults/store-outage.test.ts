import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { until } from "../support/until.ts";

/**
 * The store stands still, is gone, or dies at once and again: callers hear music and keep what they keyed and where they wait, nothing that
 * was accepted is lost, conversations do not notice, and everything goes on when it is back.
 */
let cluster: Cluster;
let ines: OperatorClient;
let tom: OperatorClient;
let calls: PlacedCall[] = [];
let count = 0;
/** While the store is away: how it comes back. */
let bringBack: (() => void | Promise<void>) | null = null;

beforeAll(async () => {
  cluster = await startCluster();
  await serveShortFlow(cluster);
  // An offer that stands longer than the store is away: what is accepted meanwhile is what is looked at, not what is missed.
  for (const { queueId, ...queue } of must(await cluster.admin.call("queues.list")).items) {
    must(await cluster.admin.call("queues.change", { params: { queueId }, body: { ...queue, offerMs: 90_000 } }));
  }
  ines = await cluster.signIn(101);
  tom = await cluster.signIn(102);
});
afterEach(async () => {
  // A test that failed in the middle must not leave the next one without a store.
  await backAgain();
  await until(async () => (await cluster.collection("calls").findOne({})) ?? true, "the store", { ms: 60_000 });
  for (const { id, phase } of cluster.telephones.list()) if (phase !== "idle") cluster.telephones.hangup(id);
  for (const call of calls) await call.ended();
  calls = [];
  await freeOperators(ines, tom);
});
afterAll(() => cluster.close());

const dial = (options: Parameters<typeof placeCall>[2] = {}) => {
  count += 1;
  const call = placeCall(cluster, `caller ${count}`, options);
  calls.push(call);
  return call;
};
async function backAgain(): Promise<void> {
  const bring = bringBack;
  bringBack = null;
  await bring?.();
}
/** As the agent does: what could not be decided just now is asked again. */
const insist = (ask: () => Promise<Response>) =>
  until(
    async () => {
      const answer = await ask();
      return answer.status >= 500 ? null : answer;
    },
    "an answer of the call centre",
    { ms: 60_000 },
  );

async function conversation(operator: OperatorClient, desk: string): Promise<PlacedCall> {
  const call = dial();
  await operator.waitFor(({ offer }) => offer !== null, "an offer");
  expect((await operator.accept()).status).toBe(200);
  await cluster.story.waitFor(desk, "ringing");
  cluster.telephones.answer(desk);
  await call.waitFor("talking bridged");
  await operator.waitFor(({ state }) => state === "talking", "to be talking");
  return call;
}

/** One caller in each stage: talking, offered, at the menu. The store is away meanwhile; then all of them go on. */
async function throughAnOutage(
  begin: () => (() => void) | Promise<() => Promise<void>>,
  awayMs: number,
): Promise<void> {
  await tom.post("/api/desk/pause", { reason: null });
  const talking = await conversation(ines, "11");
  await tom.post("/api/desk/resume");
  const waiting = dial();
  await tom.waitFor(({ offer }) => offer !== null, "an offer");
  await waiting.waitFor("talking holdMusic");
  const place = await waiting.place();
  const keying = dial({ keys: "" });
  await keying.waitFor("talking demoNoInput");

  const began = cluster.story.moments.length;
  bringBack = await begin();
  const away = new Promise((resolve) => setTimeout(resolve, awayMs));
  keying.press("1");
  const accepting = insist(() => tom.accept());
  const late = dial();
  // The key and the new call wait for the store with music; nobody is left in silence, and nothing else changes.
  await keying.waitFor(/pleaseWait|holdMusic/);
  await late.waitFor(/pleaseWait|holdMusic|beep/);
  await away;
  const meanwhile = cluster.story.moments.slice(began);
  expect(meanwhile.filter(({ telephone }) => telephone === talking.name || telephone === "11")).toEqual([]);
  expect(meanwhile.filter(({ telephone }) => telephone === waiting.name).map(({ what }) => what)).not.toContain("idle");
  await backAgain();

  // Accepted, or offered again: never lost. A place never worsens.
  const answer = await accepting;
  if (!answer.ok) {
    const next = await Promise.race([tom.waitFor(({ offer }) => offer !== null, "the offer again", 60_000)]);
    expect(next.offer?.callId).toBe((await waiting.stored())._id);
    expect((await tom.accept()).status).toBe(200);
  }
  await cluster.story.waitFor("12", "ringing");
  cluster.telephones.answer("12");
  await waiting.waitFor("talking bridged");
  expect(place).not.toBeNull();

  // What was keyed counts: the caller waits in line. The call that came meanwhile has begun.
  await until(async () => (await keying.stored()).queue, "the key to count");
  await until(async () => (await late.stored()).queue, "the new call to be served");
  expect(talking.hears()).toBe("talking bridged");
  talking.hangUp();
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
}

test("it stalls for 10 s", async () => {
  await throughAnOutage(() => cluster.store.freeze(), 10_000);
}, 180_000);

test("it is cut for 30 s", async () => {
  await throughAnOutage(() => cluster.store.takeAway(), 30_000);
}, 180_000);

test("it dies in each stage of a call: what was acknowledged is there, and the call goes on", async () => {
  await tom.post("/api/desk/pause", { reason: null });
  const call = dial({ keys: "" });
  await call.waitFor("talking demoNoInput");
  await cluster.store.kill();
  call.press("1");
  await ines.waitFor(({ offer }) => offer !== null, "an offer");
  await cluster.store.kill();
  expect((await insist(() => ines.accept())).status).toBe(200);
  await cluster.store.kill();
  await cluster.story.waitFor("11", "ringing");
  cluster.telephones.answer("11");
  await cluster.store.kill();
  await call.waitFor("talking bridged");
  await ines.waitFor(({ state }) => state === "talking", "to be talking");
  call.hangUp();
  await cluster.store.kill();
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  expect((await call.ended()).endedBy).toBe("caller");
}, 180_000);

test("it is not there when the runtime starts: no call is taken, it is said, and all is well once it comes", async () => {
  bringBack = await cluster.store.takeAway();
  const restarted = cluster.runtimes[0]?.kill();
  const said = () => cluster.log.filter((line) => line.includes("The store does not answer at")).length;
  const before = said();
  await until(() => said() > before, "the runtime to say that it waits for the store");
  await expect(fetch(`${cluster.url}/api/desk/start`)).rejects.toThrow();
  await backAgain();
  await restarted;
  const call = dial();
  await call.waitFor("talking holdMusic");
}, 180_000);
