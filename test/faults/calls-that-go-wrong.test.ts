import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { until } from "../support/until.ts";

/** Callers who go at the wrong moment, telephones that do not answer, lines that lead nowhere: whole calls through a real exchange. */
let exchange: Exchange;
let ines: OperatorClient;
let tom: OperatorClient;
let call: PlacedCall;
let count = 0;

beforeAll(async () => {
  exchange = await startExchange();
  await serveShortFlow(exchange);
  ines = await exchange.signIn(101);
  tom = await exchange.signIn(102);
});
afterEach(async () => {
  for (const { id, phase } of exchange.telephones.list()) if (phase !== "idle") exchange.telephones.hangup(id);
  await call.ended();
  await freeOperators(ines, tom);
});
afterAll(() => exchange.close());

const dial = (options: Parameters<typeof placeCall>[2] = {}) => {
  count += 1;
  call = placeCall(exchange, `caller ${count}`, options);
  return call;
};

/** Who is offered the call, and where: the other one waits. */
async function offered() {
  const first = await Promise.race([
    ines.waitFor(({ offer }) => offer !== null, "an offer to Inès").then(() => ines),
    tom.waitFor(({ offer }) => offer !== null, "an offer to Tom").then(() => tom),
  ]);
  return first === ines
    ? { operator: ines, desk: "11", other: tom, otherDesk: "12" }
    : { operator: tom, desk: "12", other: ines, otherDesk: "11" };
}

async function ringing() {
  const who = await offered();
  expect((await who.operator.accept()).status).toBe(200);
  await exchange.story.waitFor(who.desk, "ringing");
  await who.operator.waitFor(({ state }) => state === "ringing", "to be ringing");
  return who;
}

const hasNotice = (operator: OperatorClient, code: string) =>
  operator.view().notices.some((notice) => notice.code === code && notice.callId !== null);

describe("the caller hangs up", () => {
  test("at any moment of the beginning, also as the call is answered: no call stays behind", async () => {
    for (let ms = 0; ms < 60; ms += 1) {
      dial();
      await new Promise((resolve) => setTimeout(resolve, ms));
      call.hangUp();
    }
    const alive = async () => (await exchange.calls({})).filter(({ status }) => status !== "ended").length;
    await until(async () => (await alive()) === 0, "every call to be over");
  });

  test("while the call is offered: the pop-up is withdrawn, nobody is set aside", async () => {
    dial();
    const { operator } = await offered();
    const { callId = "" } = operator.view().offer ?? {};
    call.hangUp();
    await operator.waitFor(({ offer, state }) => offer === null && state === "available", "the offer to be withdrawn");
    expect(operator.view().notices.at(-1)).toMatchObject({ code: "callerGone", callId });
    expect(await call.ended()).toMatchObject({ endedBy: "caller", queue: null });
    expect(await call.place()).toBeNull();
  });

  test("while the telephone rings: it stops, the operator is told and free", async () => {
    dial();
    const { operator, desk } = await ringing();
    call.hangUp();
    await exchange.story.waitFor(desk, "idle");
    await operator.waitFor(({ state }) => state === "available", "the operator to be free");
    expect(hasNotice(operator, "callerGone")).toBe(true);
    expect(operator.view().legToClear).toBe(false);
    expect((await call.ended()).endedBy).toBe("caller");
  });

  test("in conversation: wrap-up follows until Ready", async () => {
    dial();
    const { operator, desk } = await ringing();
    exchange.telephones.answer(desk);
    await call.waitFor("talking bridged");
    await operator.waitFor(({ state }) => state === "talking", "to be talking");
    call.hangUp();
    await exchange.story.waitFor(desk, "idle");
    await operator.waitFor(({ state }) => state === "wrapUp", "wrap-up");
    expect(operator.view().call?.endedAt).not.toBeNull();
    expect((await call.ended()).endedBy).toBe("caller");
  });
});

describe("the operator's telephone", () => {
  test.each([
    ["is busy", "telephoneBusy", (desk: string) => exchange.telephones.reject(desk, 486)],
    ["does not answer", "telephoneSilent", () => undefined],
    [
      "refuses as if it were not there",
      "telephoneUnreachable",
      (desk: string) => exchange.telephones.reject(desk, 480),
    ],
  ] as const)(
    "%s: the caller keeps the place and is offered to the next; the operator is set aside and told why",
    async (_, reason, act) => {
      dial();
      const who = await offered();
      const place = await call.place();
      expect((await who.operator.accept()).status).toBe(200);
      await exchange.story.waitFor(who.desk, "ringing");
      act(who.desk);
      await who.operator.waitFor(({ state }) => state === "paused", "to be set aside");
      expect(who.operator.view().pause?.reason).toBe(reason);
      expect(hasNotice(who.operator, reason)).toBe(true);
      await call.waitFor("talking holdMusic");
      await who.other.waitFor(({ offer }) => offer !== null, "the next offer");
      expect(await call.place()).toBe(place);
      expect((await who.other.accept()).status).toBe(200);
      await exchange.story.waitFor(who.otherDesk, "ringing");
      exchange.telephones.answer(who.otherDesk);
      await call.waitFor("talking bridged");
    },
  );

  test("is not there at all: the same", async () => {
    for (const desk of ["11", "12"]) exchange.telephones.unregister(desk);
    dial();
    const { operator, other } = await offered();
    expect((await operator.accept()).status).toBe(200);
    await operator.waitFor(({ state }) => state === "paused", "to be set aside");
    expect(operator.view().pause?.reason).toBe("telephoneUnreachable");
    await other.waitFor(({ offer }) => offer !== null, "the next offer");
    await call.waitFor("talking holdMusic");
    for (const desk of ["11", "12"]) exchange.registerTelephone(desk);
  });

  test("is answered as the caller hangs up: the operator is told to hang up, and gets no offers until they have", async () => {
    dial();
    const { operator, desk, other } = await ringing();
    exchange.telephones.answer(desk);
    call.hangUp();
    await operator.waitFor(({ legToClear }) => legToClear, "to be told to hang up");
    expect(hasNotice(operator, "legOrphaned")).toBe(true);
    expect(exchange.story.now(desk)).toMatch(/^talking/);
    await call.ended();

    // The other one gets the next call, although this one has been idle for longer.
    await other.post("/api/desk/pause", { reason: null });
    dial();
    await call.waitFor("talking holdMusic");
    await until(async () => (await call.place()) !== null, "a place in line");
    expect(operator.view().offer).toBeNull();
    exchange.telephones.hangup(desk);
    expect((await operator.post("/api/desk/leg-cleared")).status).toBe(200);
    await operator.waitFor(({ offer }) => offer !== null, "the offer");
    expect(operator.view().legToClear).toBe(false);
  });
});

describe("a number", () => {
  test("that no flow serves is told so, and traced", async () => {
    dial({ to: "+33199009999" });
    await call.waitFor("talking lineNotInService");
    const stored = await call.stored();
    expect(stored).toMatchObject({ lineId: null, to: "+33199009999" });
    await call.waitFor("idle");
    await call.ended();
    const { items } = must(await exchange.admin.call("calls.list", { query: {} }));
    expect(items[0]).toMatchObject({ callId: stored._id });
    const { events } = must(await exchange.admin.call("calls.trace", { params: { callId: stored._id } }));
    expect(events.find(({ kind }) => kind === "began")?.details).toMatchObject({ served: false, to: "+33199009999" });
    expect(events.find(({ kind }) => kind === "hears")?.details).toMatchObject({ prompt: "pNotInService" });
  });

  test("that is hidden is said to be hidden, and nothing is looked up by it", async () => {
    dial({ from: "anonymous", callerName: "Anonymous" });
    const { operator } = await offered();
    const { card } = operator.view().offer ?? expect.fail("no offer");
    expect(card).toMatchObject({ from: null, fromText: null, hidden: true, callerName: null });
    expect(new URL(card.script?.url ?? "").searchParams.get("number")).toBe("");
    expect(JSON.stringify(await call.stored())).not.toContain("nonymous");
  });
});

describe("an operator's session", () => {
  test("that expires in mid-call touches neither the call nor the shift", async () => {
    dial();
    const { operator, desk, other } = await ringing();
    exchange.telephones.answer(desk);
    await call.waitFor("talking bridged");
    await operator.waitFor(({ state }) => state === "talking", "to be talking");
    await exchange
      .collection("sessions")
      .updateMany({ subjectId: operator.operatorId }, { $set: { seenAt: 1, createdAt: 1 } });
    expect((await operator.post("/api/desk/pause", { reason: null })).status).toBe(401);
    expect(call.hears()).toBe("talking bridged");
    // Signed in again, the operator finds the call as it is.
    const again = await exchange.signIn(operator === ines ? 101 : 102);
    expect(again.view()).toMatchObject({ state: "talking", call: { callId: (await call.stored())._id } });
    expect(call.hears()).toBe("talking bridged");
    call.hangUp();
    await again.waitFor(({ state }) => state === "wrapUp", "wrap-up");
    if (operator === ines) ines = again;
    else tom = again;
    expect(other.view().state).toBe("available");
  });
});
