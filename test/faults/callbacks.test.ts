import type { QueueFields } from "@cordboard/api";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
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
  let tom: OperatorClient;

  beforeAll(async () => {
    cluster = await startCluster({ runtimes });
    await serveCallbacks(cluster);
    ines = await cluster.signIn(101);
    tom = await cluster.signIn(102);
    expect((await tom.post("/api/desk/pause", { reason: null })).status).toBe(200);
  });
  afterEach(async () => {
    for (const id of ["11", "12", "caller"]) if (cluster.story.now(id) !== "idle") cluster.telephones.hangup(id);
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
  const see = (id: string, what: string | RegExp, ms?: number) => cluster.story.waitFor(id, what, ms);
  const rung = (id: string) => cluster.story.of(id).filter((what) => what === "ringing").length;
  /** Every runtime, one after the other: whoever owns the call dies. */
  const killAll = async () => {
    for (const runtime of cluster.runtimes) await runtime.kill();
  };

  const killTogether = () => Promise.all(cluster.runtimes.map((runtime) => runtime.kill()));

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
      await see("caller", "talking callbackSoonKey");
      await see("caller", "talking callbackSlotFrom");
      cluster.telephones.press("caller", "2");
      await see("caller", "talking callbackPromised");
      await killAll();
      // They heard it out, or are still told.
      if (cluster.story.now("caller") !== "idle") await see("caller", "idle");
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
      await see("11", "ringing");
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
      // At once: it rings for 25 s, in which they have to be back.
      await killTogether();
      answer("caller");
      await see("11", "ringing");
      await killTogether();
      reject("11", 486);
      await ines.waitFor(({ pause }) => pause?.reason === "telephoneBusy", "to be set aside");
      expect(await callback()).toMatchObject({ state: "waiting", heldBack: "onTheLine", attempts: [] });
      expect((await ines.post("/api/desk/resume")).status).toBe(200);
      const { offer } = await ines.waitFor((view) => view.offer !== null, "the caller to be offered");
      expect(offer?.callback).toBeNull();
      expect((await ines.accept()).status).toBe(200);
      await see("11", "ringing");
      answer("11");
      await see("11", "talking bridged");
      await ines.waitFor(({ state }) => state === "talking", "to be talking");
      expect(await callback()).toMatchObject({ state: "over", result: "calledIn" });
      expect(rungSince()).toEqual([2, 1]);
      hangup("caller");
    });
  });

  describe.each(["operator", "caller"] as const)("a conversation that is not over, with the %s rung first", (first) => {
    const ringFirst = async (who: typeof first) => {
      await promising({ first: who });
      const { rev, ...rules } = must(await cluster.admin.call("dialling.get"));
      const body = { ...rules, rev, first: who === "caller" ? "party" : who } as const;
      must(await cluster.admin.call("dialling.change", { body }));
    };
    beforeAll(() => ringFirst(first));
    afterAll(() => ringFirst("operator"));

    /** While they hear music that jambonz has fetched. */
    const killBoth = async () => {
      await see("caller", "talking holdMusic");
      await killTogether();
      expect(cluster.story.now("caller")).toBe("talking holdMusic");
    };
    const music = /pleaseWait|holdMusic/;
    const both = async () => {
      await see("11", "talking bridged");
      await see("caller", "talking bridged");
    };
    /** A callback, or a call that Inès has dialled; she talks. */
    async function talks(what: "callback" | "dialled"): Promise<string> {
      let callId = "";
      if (what === "callback") {
        const promise = await promised(cluster, "caller");
        const { offer } = await ines.waitFor((view) => !!view.offer?.callback, "the callback to be offered");
        expect(offer?.card.from).toBe(promise.number);
        expect((await ines.accept()).status).toBe(200);
        callId = offer?.callId ?? "";
      } else {
        const number = `+3361000000${dialled++}`;
        cluster.telephones.register({ id: "caller", addresses: [number] });
        expect((await ines.post("/api/desk/dial", { number })).status).toBe(200);
        callId = ines.view().call?.callId ?? "";
      }
      const [near, far] = first === "caller" ? ["caller", "11"] : ["11", "caller"];
      await see(near, "ringing");
      answer(near);
      await see(far, "ringing");
      answer(far);
      await both();
      await ines.waitFor(({ state }) => state === "talking", "Inès to talk");
      return callId;
    }
    let dialled = 1;
    const hold = async (callId: string, held: boolean) =>
      (await ines.put(`/api/desk/calls/${callId}/hold`, { held })).status;
    const tomTakes = async () => {
      await tom.waitFor((view) => view.offer !== null, "the offer to Tom");
      expect((await tom.accept()).status).toBe(200);
      await see("12", "ringing");
      answer("12");
      await see("12", "talking bridged");
    };
    /** Nobody is on the line any more, and Tom is away again. */
    const pauseTom = async () => {
      for (const id of ["11", "12", "caller"]) if (cluster.story.now(id) !== "idle") hangup(id);
      await freeOperators(tom);
      expect((await tom.post("/api/desk/pause", { reason: null })).status).toBe(200);
    };
    afterEach(pauseTom);

    test.each(first === "operator" ? (["callback"] as const) : [])(
      "of a %s: music and back, over the death of every runtime; passed on to a colleague, who has them",
      async (what) => {
        const callId = await talks(what);
        expect(await hold(callId, true)).toBe(200);
        await see("caller", music);
        await see("11", "talking silence");
        await killBoth();
        await expect.poll(() => hold(callId, false)).toBe(200);
        await both();
        const { admin } = cluster;
        const params = { callId };
        expect(must(await admin.call("callControl.mute", { params, body: { muted: true } }))).toMatchObject({
          ...{ callId, operatorId: ines.operatorId, held: false, muted: true },
        });
        await see("caller", "talking silence");
        expect((await tom.post("/api/desk/resume")).status).toBe(200);
        const to = { kind: "operator", operatorId: tom.operatorId };
        expect((await ines.post(`/api/desk/calls/${callId}/pass-on`, { to })).status).toBe(200);
        await see("11", "idle");
        await see("caller", music);
        await ines.waitFor(({ state }) => state === "wrapUp", "Inès to wrap up");
        await tomTakes();
        await tom.waitFor(({ state, call }) => state === "talking" && call?.callId === callId, "Tom to talk");
        expect((await admin.call("callControl.hangUp", { params })).ok).toBe(true);
        await see("caller", "idle");
        await see("12", "idle");
        expect(await admin.call("callControl.hold", { params, body: { held: true } })).toMatchObject({
          error: { code: "callIsOver" },
        });
        await tom.waitFor(({ state }) => state === "wrapUp", "Tom to wrap up");
      },
    );

    test.each(first === "operator" ? (["dialled"] as const) : [])(
      "of a %s: passed on at once to who does not take them, over the death of every runtime: they come back",
      async (what) => {
        const callId = await talks(what);
        expect((await tom.post("/api/desk/resume")).status).toBe(200);
        const to = { kind: "operator", operatorId: tom.operatorId };
        expect((await ines.post(`/api/desk/calls/${callId}/pass-on`, { to })).status).toBe(200);
        await tom.waitFor((view) => view.offer !== null, "the offer to Tom");
        expect(cluster.telephones.get("caller")?.call?.to).toContain(tom.view().offer?.card.from ?? "?");
        await killBoth();
        // Or the offer has run out meanwhile.
        if (tom.view().offer !== null) await tom.refuse();
        await ines.waitFor((view) => view.offer?.callId === callId, "the call to come back to Inès");
        expect((await ines.accept()).status).toBe(200);
        await see("11", "ringing");
        answer("11");
        await both();
        hangup("11");
        await see("caller", "idle");
      },
    );

    test.each(first === "operator" ? [] : (["callback"] as const))(
      "of a %s: a colleague is asked first, every runtime dies, the three talk, and the colleague has them",
      async (what) => {
        const callId = await talks(what);
        expect((await tom.post("/api/desk/resume")).status).toBe(200);
        const to = { kind: "operator", operatorId: tom.operatorId };
        expect((await ines.post(`/api/desk/calls/${callId}/consult`, { to })).status).toBe(200);
        await see("caller", music);
        await tomTakes();
        await see("11", "talking bridged");
        await killBoth();
        await expect.poll(() => hold(callId, false)).toBe(200);
        await see("caller", "talking bridged");
        expect((await ines.post(`/api/desk/calls/${callId}/consult/complete`)).status).toBe(200);
        await see("11", "idle");
        expect(cluster.story.now("caller")).toBe("talking bridged");
        hangup("12");
        await see("caller", "idle");
      },
    );
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
        await ines.waitFor((view) => view.offer !== null, "the offer again");
        expect((await ines.accept()).status).toBe(200);
      }
      const begun = rung("caller");
      await see("11", "ringing", 60_000);
      answer("11");
      await see("caller", "ringing");
      answer("caller");
      await see("11", "talking bridged");
      expect(rung("caller") - begun).toBe(1);
    });

    test("while the operator's telephone rings", async () => {
      const { rungSince } = await accepted();
      await killAll();
      expect(cluster.story.now("11")).toBe("ringing");
      answer("11");
      await see("caller", "ringing");
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
      await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
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
