import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";

/** Offers whose operator vanishes, or answers in the very moment in which the offer ends otherwise: one outcome, never two, never none. */
let exchange: Exchange;
let ines: OperatorClient;
let tom: OperatorClient;
let calls: PlacedCall[] = [];
let count = 0;
let offersLast = 0;

beforeAll(async () => {
  exchange = await startExchange();
  await serveShortFlow(exchange);
  await offersOf(LONG_MS);
  ines = await exchange.signIn(101);
  tom = await exchange.signIn(102);
});
afterEach(async () => {
  for (const { id, phase } of exchange.telephones.list()) if (phase !== "idle") exchange.telephones.hangup(id);
  for (const call of calls) await call.ended();
  calls = [];
  await offersOf(LONG_MS);
  await freeOperators(ines, tom);
});
afterAll(() => exchange.close());

/** Longer than a slow machine needs to answer; and so short that its end can be waited for. */
const LONG_MS = 60_000;
const SHORT_MS = 3_000;

/** How long operators have to answer, from the next offer on. */
async function offersOf(offerMs: number): Promise<void> {
  if (offerMs === offersLast) return;
  offersLast = offerMs;
  for (const { queueId, ...queue } of must(await exchange.admin.call("queues.list")).items) {
    must(await exchange.admin.call("queues.change", { params: { queueId }, body: { ...queue, offerMs } }));
  }
}
const dial = () => {
  count += 1;
  const call = placeCall(exchange, `caller ${count}`);
  calls.push(call);
  return call;
};
const offersTo = async (call: PlacedCall) =>
  exchange
    .collection("offers")
    .find({ callId: (await call.stored())._id })
    .sort({ offeredAt: 1 })
    .toArray();
const pause = async (operator: OperatorClient) =>
  expect((await operator.post("/api/desk/pause", { reason: null })).status).toBe(200);
const offer = (operator: OperatorClient, ms = 20_000) =>
  operator.waitFor((view) => view.offer !== null, "an offer", ms).then((view) => view.offer ?? expect.fail());

/** Who talks in the end: exactly one telephone rings, once, and is talked to. */
async function talksTo(call: PlacedCall, desk: string): Promise<void> {
  await exchange.story.waitFor(desk, "ringing");
  exchange.telephones.answer(desk);
  await call.waitFor("talking bridged");
}

test("the browser closes while offered: after a moment the next is asked, and the one who is back is not blamed", async () => {
  await pause(tom);
  const call = dial();
  await offer(ines);
  const place = await call.place();
  await tom.post("/api/desk/resume");
  ines.disconnect();
  const second = await offer(tom);
  expect(await call.place()).toBe(place);
  expect(call.hears()).toBe("talking holdMusic");
  ines.connect();
  const back = await ines.waitFor(({ state }) => state === "paused", "to be set aside");
  expect(back.pause?.reason).toBe("connectionLost");
  expect(second.callId).toBe((await call.stored())._id);
  expect((await tom.accept()).status).toBe(200);
  await talksTo(call, "12");
});

test("the browser is offline for a moment while offered: the offer stands and can be taken", async () => {
  await pause(tom);
  const call = dial();
  const { offerId } = await offer(ines);
  ines.disconnect();
  ines.connect();
  await ines.waitFor(({ state, offer: shown }) => state === "offered" && shown?.offerId === offerId, "the same offer");
  expect((await ines.accept()).status).toBe(200);
  await talksTo(call, "11");
});

describe("an accept that meets", () => {
  test("the offer's expiry: either it counts, or the operator is told that it is over; the call is offered on", async () => {
    await offersOf(SHORT_MS);
    await pause(tom);
    const call = dial();
    const { expiresAt, offerId } = await offer(ines);
    const untilThen = Date.parse(expiresAt) - Date.parse(ines.view().now);
    const accepted = await new Promise<Response>((resolve) =>
      setTimeout(() => resolve(ines.post(`/api/desk/offers/${offerId}/accept`)), Math.max(0, untilThen - 5)),
    );
    const [stored] = await offersTo(call);
    if (accepted.ok) {
      expect(stored?.state).toBe("accepted");
      await talksTo(call, "11");
    } else {
      expect(await accepted.json()).toMatchObject({ error: { code: "offerGone" } });
      expect(stored?.state).toBe("expired");
      expect(exchange.story.now("11")).toBe("idle");
      await offersOf(LONG_MS);
      await tom.post("/api/desk/resume");
      await offer(tom);
      expect((await tom.accept()).status).toBe(200);
      await talksTo(call, "12");
    }
  });

  test("an expiry that is past: it is refused, changes nothing, and the next offer is the other's", async () => {
    await offersOf(SHORT_MS);
    await pause(tom);
    const call = dial();
    const { offerId } = await offer(ines);
    await ines.waitFor(({ state }) => state === "paused", "to have missed it");
    expect(ines.view().pause?.reason).toBe("missed");
    await offersOf(LONG_MS);
    await tom.post("/api/desk/resume");
    await offer(tom);
    const late = await ines.post(`/api/desk/offers/${offerId}/accept`);
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ error: { code: "offerGone" } });
    expect((await tom.accept()).status).toBe(200);
    await talksTo(call, "12");
    expect((await offersTo(call)).map(({ state }) => state)).toEqual(["expired", "accepted"]);
    expect(exchange.story.of("11").at(-1)).not.toBe("ringing");
  });

  test("the caller's hang-up: nobody's telephone is left ringing, whoever was first", async () => {
    await pause(tom);
    for (const first of ["accept", "hangUp"] as const) {
      const call = dial();
      await offer(ines);
      const accepting = first === "accept" ? ines.accept() : null;
      call.hangUp();
      const answer = await (accepting ?? ines.accept());
      expect([200, 409]).toContain(answer.status);
      await call.ended();
      await ines.waitFor(({ state, legToClear }) => state === "available" && !legToClear, "to be free again");
      await exchange.story.waitFor("11", "idle");
      const offers = await offersTo(call);
      expect(offers).toHaveLength(1);
      expect(["accepted", "withdrawn"]).toContain(offers[0]?.state);
    }
  });

  test("itself, from two tabs: it is one acceptance and one ringing", async () => {
    await pause(tom);
    const call = dial();
    await offer(ines);
    const rings = () => exchange.story.of("11").filter((what) => what === "ringing").length;
    const before = rings();
    const answers = await Promise.all([ines.accept(), ines.accept()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await talksTo(call, "11");
    expect(rings()).toBe(before + 1);
  });

  test("a refusal from another tab: one of the two counts", async () => {
    await pause(tom);
    const call = dial();
    await offer(ines);
    const [accepted, refused] = await Promise.all([ines.accept(), ines.refuse()]);
    expect([accepted.ok, refused.ok].filter(Boolean)).toHaveLength(1);
    if (accepted.ok) await talksTo(call, "11");
    else expect((await offersTo(call))[0]?.state).toBe("refused");
  });
});

test("two operators who choose one telephone in the same moment: one has it, the other is told who", async () => {
  const { signIn } = exchange;
  const lea = await signIn(103);
  const [first, second] = await Promise.all([lea.chooseTelephone("12"), ines.chooseTelephone("12")]);
  // Tom has it: neither gets it without asking to take it over.
  for (const answer of [first, second]) {
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ error: { code: "telephoneTaken" } });
  }
  const taken = await Promise.all([lea.chooseTelephone("12", true), ines.chooseTelephone("12", true)]);
  expect(taken.every(({ ok }) => ok)).toBe(true);
  const holders = [lea, ines, tom].map(async (operator) => {
    const { view } = (await (await operator.get("/api/desk")).json()) as {
      view: { telephone: { name: string } | null };
    };
    return view.telephone?.name.endsWith("12") ?? false;
  });
  expect((await Promise.all(holders)).filter(Boolean)).toHaveLength(1);
  await tom.waitFor(({ state }) => state === "paused", "to be set aside");
  expect(tom.view().pause?.reason).toBe("telephoneTaken");
  await lea.signOut();
  for (const [operator, desk] of [
    [ines, "11"],
    [tom, "12"],
  ] as const) {
    expect((await operator.chooseTelephone(desk, true)).status).toBe(200);
  }
});
