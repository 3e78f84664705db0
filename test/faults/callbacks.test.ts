import type { QueueFields } from "@cordboard/api";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { promised, serveCallbacks } from "../support/promised-callback.ts";
import { until } from "../support/until.ts";

/**
 * Callbacks from the promise to the wrap-up, by whole processes: the caller's telephone is rung on the number that it called from. Numbers
 * and telephones that do not answer, operators who hang up, and every runtime killed at each stage.
 */
// One runtime is the easier case, tried by command: CALLBACK_RUNTIMES=1,2.
const clusters = (process.env.CALLBACK_RUNTIMES ?? "2").split(",").map(Number);
describe.each(clusters)("callbacks, with %d runtimes", (runtimes) => {
  let cluster: Cluster;
  let ines: OperatorClient;

  beforeAll(async () => {
    cluster = await startCluster({ runtimes });
    await serveCallbacks(cluster);
    ines = await cluster.signIn(101);
  });
  afterEach(async () => {
    for (const id of ["11", "caller"]) if (cluster.story.now(id) !== "idle") cluster.telephones.hangup(id);
    for (const { callbackId } of must(await cluster.admin.call("callbacks.list", { query: { open: true } })).items) {
      await cluster.admin.call("callbacks.cancel", { params: { callbackId } });
    }
    await ines.waitFor(
      ({ state }) => !["offered", "dialling", "talking"].includes(state),
      "to be free of the call",
      60_000,
    );
    if (ines.view().state === "wrapUp") await ines.ready();
    if (ines.view().state === "paused") await ines.post("/api/desk/resume");
  });
  afterAll(() => cluster.close());

  const { answer, hangup, reject } = {
    answer: (id: string) => cluster.telephones.answer(id),
    hangup: (id: string) => cluster.telephones.hangup(id),
    reject: (id: string, status: number) => cluster.telephones.reject(id, status),
  };
  const see = (id: string, what: string, ms?: number) => cluster.story.waitFor(id, what, ms);
  const rung = (id: string) => cluster.story.of(id).filter((what) => what === "ringing").length;
  /** Every runtime, one after the other: whoever owns the call dies. */
  const killAll = async () => {
    for (const runtime of cluster.runtimes) await runtime.kill();
  };

  async function accepted(how: { readonly hearsItOut?: boolean } = {}) {
    const promise = await promised(cluster, "caller", how);
    const before = { caller: rung("caller"), desk: rung("11") };
    const { offer } = await ines.waitFor((view) => !!view.offer?.callback, "the callback to be offered");
    expect(offer?.card.from).toBe(promise.number);
    expect((await ines.accept()).status).toBe(200);
    await see("11", "ringing");
    const callId = offer?.callId ?? "";
    return { ...promise, callId, rungSince: () => [rung("11") - before.desk, rung("caller") - before.caller] };
  }

  async function numberRings(how: { readonly hearsItOut?: boolean } = {}) {
    const call = await accepted(how);
    answer("11");
    await see("caller", "ringing");
    return call;
  }

  async function theyTalk(how: { readonly hearsItOut?: boolean } = {}) {
    const call = await numberRings(how);
    answer("caller");
    await see("11", "talking bridged");
    await ines.waitFor(({ state }) => state === "talking", "to be talking");
    return call;
  }

  const recordOf = (callId: string) =>
    until(async () => cluster.collection("callRecords").findOne({ _id: callId as never }), "the record", {
      ms: 30_000,
    });

  test("is promised, offered, accepted: telephone, number, conversation, wrap-up", async () => {
    const { callback, callId, rungSince, number } = await theyTalk({ hearsItOut: true });
    expect(cluster.telephones.get("caller")?.call?.from).toBe(cluster.telephones.get("11")?.call?.from);
    expect(await callback()).toMatchObject({
      state: "over",
      result: "answered",
      attempts: [{ callId, result: "answered" }],
    });
    hangup("caller");
    await see("11", "idle");
    await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
    expect(rungSince()).toEqual([1, 1]);
    expect(await recordOf(callId)).toMatchObject({
      ...{ direction: "outbound", to: number, result: "answered", lineName: expect.any(String) },
      rung: [{ operatorId: ines.operatorId, target: number, outcome: "answered" }],
    });
    expect((await ines.ready()).status).toBe(200);
  });

  test.each([
    [486, "numberBusy", "numberBusy"],
    [480, "numberUnreachable", "numberUnreachable"],
  ])("a number that answers %d: the operator is told, and is free again", async (status, says, result) => {
    const { callback } = await numberRings();
    reject("caller", status);
    await see("11", `talking ${says}`);
    await see("11", "idle");
    await ines.waitFor(({ state }) => state === "available", "to be free");
    expect(ines.view().notices.at(-1)).toMatchObject({ code: result });
    expect(await callback()).toMatchObject({ state: "waiting", heldBack: "retry", attempts: [{ result }] });
  });

  test("a number that nobody has", async () => {
    const { callback, callId } = await accepted();
    cluster.telephones.unregister("caller");
    answer("11");
    await see("11", "talking numberUnreachable");
    await see("11", "idle");
    await ines.waitFor(({ state }) => state === "available", "to be free");
    expect(await callback()).toMatchObject({ attempts: [{ result: "numberUnreachable" }] });
    expect(await recordOf(callId)).toMatchObject({ result: "unreached" });
  });

  test("the operator's telephone is busy: no attempt is used up, and the operator is set aside", async () => {
    const { callback } = await accepted();
    reject("11", 486);
    await ines.waitFor(({ pause }) => pause?.reason === "telephoneBusy", "to be set aside");
    expect(await callback()).toMatchObject({ state: "waiting", attempts: [] });
    expect(cluster.story.now("caller")).toBe("idle");
  });

  test("the operator hangs up while the number rings: it rings no more, and the promise stands", async () => {
    const { callback } = await numberRings();
    hangup("11");
    await see("caller", "idle");
    await ines.waitFor(({ state }) => state === "available", "to be free");
    expect(await callback()).toMatchObject({ state: "waiting", attempts: [] });
  });

  type Rules = Partial<QueueFields["callbacks"]>;
  const promising = async (rules: Rules) => {
    for (const { queueId, ...queue } of must(await cluster.admin.call("queues.list")).items) {
      const body = { ...queue, callbacks: { ...queue.callbacks, ...rules } };
      must(await cluster.admin.call("queues.change", { params: { queueId }, body }));
    }
  };

  describe("for a time that the caller chooses", () => {
    beforeAll(() => promising({ slots: { lengthMs: 3_600_000, most: 1, days: 2, told: 2 } }));
    afterAll(() => promising({ slots: null }));

    test("every runtime dies, and it is kept for that time, taken by nobody else, and made as soon as a supervisor says so", async () => {
      const number = "+33639981235";
      cluster.telephones.call({ telephone: "caller", from: number, to: cluster.line });
      await see("caller", "talking callbackNumberIs");
      cluster.telephones.press("caller", "1");
      await see("caller", "talking callbackSoonKey", 20_000);
      await see("caller", "talking callbackSlotFrom", 20_000);
      cluster.telephones.press("caller", "2");
      await see("caller", "talking callbackPromised", 20_000);
      await killAll();
      // They heard it out, or are still told.
      if (cluster.story.now("caller") !== "idle") await see("caller", "idle", 30_000);
      const callback = () =>
        until(async () => {
          const { items } = must(await cluster.admin.call("callbacks.list", { query: { open: true } }));
          return items.find((one) => one.number === number);
        }, "the callback");
      const { callbackId, slotAt, heldBack, queueId } = await callback();
      expect(heldBack).toBe("slot");
      expect(Date.parse(slotAt ?? "")).toBeGreaterThan(Date.now());
      expect(queueId).not.toBe("");
      const params = { callbackId };
      const { times } = must(await cluster.admin.call("callbacks.times", { params }));
      expect(times.map(({ at }) => at)).not.toContain(slotAt);
      expect(ines.view().offer).toBeNull();
      must(await cluster.admin.call("callbacks.change", { params, body: { slotAt: null } }));
      await ines.waitFor((view) => view.offer?.callback?.callbackId === callbackId, "the callback to be offered");
    });
  });

  describe("with the person rung first", () => {
    beforeAll(() => promising({ first: "caller" }));
    afterAll(() => promising({ first: "operator" }));

    async function personRings() {
      const promise = await promised(cluster, "caller");
      const before = { caller: rung("caller"), desk: rung("11") };
      const { offer } = await ines.waitFor(
        ({ offer }) => offer?.callback?.first === "caller",
        "the callback to be offered",
      );
      expect((await ines.accept()).status).toBe(200);
      await see("caller", "ringing");
      expect(cluster.story.now("11")).toBe("idle");
      const rungSince = () => [rung("11") - before.desk, rung("caller") - before.caller];
      return { ...promise, callId: offer?.callId ?? "", rungSince };
    }

    test("they hear who calls, the operator's telephone rings, they talk: the promise is kept", async () => {
      const { callback, callId, number } = await personRings();
      answer("caller");
      await see("caller", "talking callbackHello");
      await see("11", "ringing", 20_000);
      answer("11");
      await see("11", "talking bridged");
      await ines.waitFor(({ state }) => state === "talking", "to be talking");
      expect(await callback()).toMatchObject({ state: "over", result: "answered" });
      hangup("caller");
      await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
      expect(await recordOf(callId)).toMatchObject({ direction: "outbound", to: number, result: "answered" });
    });

    test("every runtime dies as the number rings, and again as the operator's telephone does, which is then busy: they wait first in line and are served", async () => {
      const { callback, rungSince } = await personRings();
      await killAll();
      answer("caller");
      await see("11", "ringing", 40_000);
      await killAll();
      reject("11", 486);
      await ines.waitFor(({ pause }) => pause?.reason === "telephoneBusy", "to be set aside", 40_000);
      expect(await callback()).toMatchObject({ state: "waiting", heldBack: "onTheLine", attempts: [] });
      expect((await ines.post("/api/desk/resume")).status).toBe(200);
      const { offer } = await ines.waitFor((view) => view.offer !== null, "the caller to be offered", 40_000);
      expect(offer?.callback).toBeNull();
      expect((await ines.accept()).status).toBe(200);
      await see("11", "ringing", 20_000);
      answer("11");
      await see("11", "talking bridged");
      await ines.waitFor(({ state }) => state === "talking", "to be talking");
      expect(await callback()).toMatchObject({ state: "over", result: "calledIn" });
      expect(rungSince()).toEqual([2, 1]);
      hangup("caller");
    });
  });

  describe("over the death of every runtime", () => {
    test("at the very moment of accepting", async () => {
      await promised(cluster, "caller");
      await ines.waitFor((view) => !!view.offer?.callback, "the callback to be offered");
      const accepting = ines.accept();
      await killAll();
      const answered = await accepting;
      // Whether the first or only a repeated request was heard: it is one acceptance.
      if (!answered.ok) {
        await ines.waitFor((view) => view.offer !== null, "the offer again", 30_000);
        expect((await ines.accept()).status).toBe(200);
      }
      const begun = rung("caller");
      await see("11", "ringing", 60_000);
      answer("11");
      await see("caller", "ringing", 30_000);
      answer("caller");
      await see("11", "talking bridged");
      expect(rung("caller") - begun).toBe(1);
    });

    test("while the operator's telephone rings", async () => {
      const { rungSince } = await accepted();
      await killAll();
      expect(cluster.story.now("11")).toBe("ringing");
      answer("11");
      await see("caller", "ringing", 30_000);
      answer("caller");
      await see("11", "talking bridged");
      await ines.waitFor(({ state }) => state === "talking", "to be talking");
      expect(rungSince()).toEqual([1, 1]);
    });

    test("while the number rings", async () => {
      const { rungSince } = await numberRings();
      await killAll();
      expect(cluster.story.now("caller")).toBe("ringing");
      answer("caller");
      await see("11", "talking bridged");
      await ines.waitFor(({ state }) => state === "talking", "to be talking");
      expect(rungSince()).toEqual([1, 1]);
    });

    test("in the conversation, which hears nothing of it", async () => {
      await theyTalk();
      const before = cluster.story.moments.length;
      await killAll();
      expect(cluster.story.moments.slice(before)).toEqual([]);
      hangup("11");
      await see("caller", "idle");
      await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up", 30_000);
    });

    test("and the operator's telephone turns out to be busy meanwhile", async () => {
      const { callback } = await accepted();
      const dead = killAll();
      reject("11", 486);
      await dead;
      // Where the word of it was lost with the socket, the call's own clock ends the wait.
      await ines.waitFor(({ state }) => state === "paused", "to be set aside", 60_000);
      expect(await callback()).toMatchObject({ state: "waiting", attempts: [] });
    });
  });
});
