import { describe, expect, test } from "vitest";
import type { LegReport, OperatorCommand, PromiseRequest } from "../../ports/index.ts";
import { callbackIdOf, placedCallId } from "../callback-ids.ts";
import type { CallCentreStore } from "../centre-store.ts";
import { card, joining, queue, signingIn } from "./samples.ts";
import { companyId, type TestProcess, TestWorld } from "./test-process.ts";

const minute = 60_000;
const rules = { most: 2, attempts: 2, retryMs: 2 * minute, scheduleId: null };
const sales = queue("queue_sales", ["op_ann", "op_bob"], { callbacks: rules });

export function promising(callId: string, change: Partial<PromiseRequest> = {}): PromiseRequest {
  const request = {
    companyId,
    callId,
    promiseId: "n1.1",
    queueId: "queue_sales",
    number: "0612345678",
    callerNumber: null,
  };
  return { ...request, keepPlace: true, scheduleId: null, card: card("+33612345678"), ...change };
}

/** What must hold of promised callbacks on every store. `makeStore` gives an empty one. */
export function describeCallbacks(name: string, makeStore: () => Promise<CallCentreStore>): void {
  const begin = async (...queues: readonly (typeof sales)[]) => {
    const store = await makeStore();
    const world = new TestWorld(store, queues.length === 0 ? [sales] : queues);
    const [a, b] = [await world.start(), await world.start()];
    const alive = () => (a.alive ? a : b);
    const command = (operatorId: string, asked: OperatorCommand) =>
      world.during(alive().centre.command(companyId, operatorId, asked));
    const connected = (operatorId: string) => command(operatorId, { kind: "connected", processId: "proc_agents" });
    const view = (operatorId: string) => world.during(alive().centre.view(companyId, operatorId));
    return {
      ...{ store, world, a, b, command, connected, view },
      /** Time passes; the agents say that they are there. */
      async passes(ms: number, ...operatorIds: readonly string[]) {
        const end = world.clock.now() + ms;
        while (world.clock.now() < end) {
          await world.advance(Math.min(10_000, end - world.clock.now()));
          for (const operatorId of operatorIds) await connected(operatorId);
        }
      },
      async signsIn(operatorId: string, telephoneId = "tel_1") {
        await connected(operatorId);
        expect(await command(operatorId, signingIn(`shift_${operatorId}`, telephoneId))).toEqual({ ok: true });
      },
      /** In a call that is over after it. */
      async promise(callId: string, change: Partial<PromiseRequest> = {}) {
        const { result } = await world.during(alive().centre.promiseCallback(promising(callId, change)));
        await world.during(alive().centre.callEnded({ companyId, callId, by: "caller" }));
        return result;
      },
      async offerTo(operatorId: string) {
        await connected(operatorId);
        const { offer } = await view(operatorId);
        if (!offer) throw new Error(`${operatorId} has no offer`);
        return offer;
      },
      async accepts(operatorId: string) {
        const { offerId } = await this.offerTo(operatorId);
        expect(await command(operatorId, { kind: "accept", offerId })).toEqual({ ok: true });
        return offerId;
      },
      report: (offerId: string, report: LegReport) =>
        world.during(alive().centre.reportLeg({ companyId, callId: placedCallId(offerId), offerId, report })),
      /** The number did not answer: the call that was placed is over. */
      async numberFails(offerId: string, result: "busy" | "silent" | "unreachable") {
        await this.report(offerId, { kind: "numberFailed", result });
        const placed = world.calls.placed.get(placedCallId(offerId));
        if (placed) placed.alive = false;
        await this.report(offerId, { kind: "ended", talkMs: 0 });
      },
      async kept(callId: string) {
        await world.settle();
        const id = `${callbackIdOf(companyId, callId, "n1.1")}.1`;
        const [found] = await store.waitingCalls(companyId, [id]);
        return found;
      },
      decide: (kind: "cancel" | "callNow", callId: string) =>
        world.during(alive().centre.callback(companyId, { kind, callbackId: callbackIdOf(companyId, callId, "n1.1") })),
    };
  };

  describe(`promised callbacks on ${name}`, () => {
    test("a promise takes the caller's place, is one however often it is asked for, and outlives the process that made it", async () => {
      const t = await begin();
      for (const callId of ["call_1", "call_2"]) t.world.calls.add(callId);
      const { place } = await t.world.during(t.a.centre.join(joining("call_1", { card: card("+33612345678") })));
      await t.world.during(t.a.centre.join(joining("call_2")));
      await t.world.during(t.a.centre.leave({ companyId, callId: "call_1", queueId: "queue_sales", entry: 1 }));
      const asked = [t.a, t.b].map(({ centre }) => centre.promiseCallback(promising("call_1")));
      expect(await t.world.during(Promise.all(asked))).toEqual([{ result: "promised" }, { result: "promised" }]);
      t.a.kill();
      expect(await t.promise("call_1")).toBe("promised");
      expect(await t.kept("call_1")).toMatchObject({ place, live: true, number: "+33612345678" });
      expect((await t.store.loadOpen(companyId)).waitingCalls).toHaveLength(2);
      await t.signsIn("op_ann");
      await t.signsIn("op_bob", "tel_2");
      expect((await t.offerTo("op_ann")).callback).toMatchObject({ attempts: [], attemptsAllowed: 2 });
      expect(await t.offerTo("op_bob")).toMatchObject({ callId: "call_2", callback: null });
      expect(t.world.violations).toEqual([]);
    });

    test("nobody asks for anything after the crash: another process takes it over, and offers it when its hours open", async () => {
      const t = await begin({ ...sales, callbacks: { ...rules, scheduleId: "schedule_1" } });
      t.world.schedules.opensAt.set("schedule_1", t.world.clock.now() + 10 * minute);
      await t.signsIn("op_ann");
      expect(await t.promise("call_1")).toBe("promised");
      t.a.kill();
      await t.passes(10 * minute - 1_000, "op_ann");
      expect(await t.view("op_ann")).toMatchObject({ state: "available", offer: null });
      await t.world.advance(1_500);
      expect((await t.view("op_ann")).offer).not.toBeNull();
    });

    test("promised twice, by two calls, it is one; more than the queue promises are refused", async () => {
      const t = await begin();
      expect(await t.promise("call_1")).toBe("promised");
      expect(await t.promise("call_2", { number: "+33 6 12 34 56 78" })).toBe("already");
      expect(await t.promise("call_3", { number: "0612345679" })).toBe("promised");
      expect(await t.promise("call_4", { number: "0612345680" })).toBe("full");
      expect(await t.decide("cancel", "call_1")).toEqual({ ok: true });
      expect(await t.promise("call_4", { number: "0612345680", promiseId: "n1.2" })).toBe("promised");
      // Over, and asked for again: it was promised.
      expect(await t.promise("call_1")).toBe("promised");
      await t.world.settle();
      const { waitingCalls } = await t.store.loadOpen(companyId);
      expect(waitingCalls.map(({ number }) => number)).toEqual(["+33612345679", "+33612345680"]);
      await t.signsIn("op_ann");
      expect((await t.offerTo("op_ann")).card.from).toBe("+33612345679");
    });

    test("an accepted one is placed once, though nobody could at first and the holder died; its order says everything", async () => {
      const t = await begin();
      await t.signsIn("op_ann");
      await t.promise("call_1", { card: { ...card(""), from: null, hidden: true, callerName: "M. Martin" } });
      t.world.calls.placesFrom = t.world.clock.now() + 4_000;
      const offerId = await t.accepts("op_ann");
      await t.world.advance(1_500);
      t.a.kill();
      await t.world.advance(15_000);
      expect([...t.world.calls.placed.values()].map(({ order }) => order)).toEqual([
        {
          ...{ companyId, callId: placedCallId(offerId), offerId, queueId: "queue_sales", telephoneId: "tel_1" },
          ...{ callbackId: callbackIdOf(companyId, "call_1", "n1.1"), number: "+33612345678" },
          ...{ operatorId: "op_ann", operatorName: "name of op_ann", card: { ...card("+33612345678"), hidden: false } },
        },
      ]);
      await t.connected("op_ann");
      expect(await t.view("op_ann")).toMatchObject({ state: "dialling", call: { answeredAt: null, callback: {} } });
      await t.report(offerId, { kind: "answered" });
      await t.report(offerId, { kind: "ended", talkMs: 9_000 });
      expect(await t.view("op_ann")).toMatchObject({ state: "wrapUp" });
      expect(await t.kept("call_1")).toMatchObject({ leftReason: "answered", live: false });
      const [offer] = await t.store.offers(companyId, [offerId]);
      expect(offer).toMatchObject({ callId: placedCallId(offerId), outcome: "answered", live: false });
      expect([...t.world.violations, ...t.world.calls.faults]).toEqual([]);
    });

    test.each(["busy", "silent", "unreachable"] as const)(
      "a number that is %s uses up an attempt, is rung after the stated time, also by another process, and then given up",
      async (result) => {
        const t = await begin();
        await t.signsIn("op_ann");
        await t.promise("call_1");
        await t.numberFails(await t.accepts("op_ann"), result);
        const code = `number${result.charAt(0).toUpperCase()}${result.slice(1)}`;
        expect(await t.view("op_ann")).toMatchObject({ state: "available", call: null, notices: [{ code }] });
        t.a.kill();
        await t.passes(2 * minute - 2_000, "op_ann");
        expect((await t.view("op_ann")).offer).toBeNull();
        await t.passes(3_000, "op_ann");
        await t.numberFails(await t.accepts("op_ann"), result);
        expect(await t.kept("call_1")).toMatchObject({
          ...{ leftReason: "givenUp", live: false },
          callback: { attempts: [{ result: code }, { result: code }] },
        });
        expect(t.world.calls.placed.size).toBe(2);
        expect([...t.world.violations, ...t.world.calls.faults]).toEqual([]);
      },
    );

    test("an operator who vanishes puts it back at its place: the browser before, the telephone after the acceptance, the call without a word", async () => {
      const t = await begin();
      await t.signsIn("op_ann");
      await t.promise("call_1");
      const { place } = (await t.kept("call_1")) ?? {};
      await t.offerTo("op_ann");
      await t.command("op_ann", { kind: "disconnected", processId: "proc_agents" });
      await t.world.advance(6_000);
      expect(await t.kept("call_1")).toMatchObject({ state: "waiting", place });
      await t.command("op_ann", { kind: "resume" });

      await t.connected("op_ann");
      const second = await t.accepts("op_ann");
      await t.report(second, { kind: "ended", talkMs: 0 });
      const placed = t.world.calls.placed.get(placedCallId(second));
      if (placed) placed.alive = false;
      expect(await t.kept("call_1")).toMatchObject({ state: "waiting", place, callback: { attempts: [] } });
      expect(await t.view("op_ann")).toMatchObject({ state: "available", offer: null });

      await t.signsIn("op_bob", "tel_2");
      const third = await t.accepts("op_bob");
      const lost = t.world.calls.placed.get(placedCallId(third));
      if (lost) lost.alive = false;
      await t.passes(50_000, "op_ann", "op_bob");
      expect((await t.view("op_bob")).call).toBeNull();
      expect(await t.kept("call_1")).toMatchObject({ live: true, place, callback: { attempts: [] } });
      expect([...t.world.violations, ...t.world.calls.faults]).toEqual([]);
    });

    test("a conversation whose end nobody told is over when its call is no longer alive", async () => {
      const t = await begin();
      await t.signsIn("op_ann");
      await t.promise("call_1");
      const offerId = await t.accepts("op_ann");
      await t.report(offerId, { kind: "answered" });
      await t.passes(30_000, "op_ann");
      expect((await t.view("op_ann")).state).toBe("talking");
      const placed = t.world.calls.placed.get(placedCallId(offerId));
      if (placed) placed.alive = false;
      await t.world.advance(15_000);
      expect((await t.view("op_ann")).state).toBe("wrapUp");
    });

    test("it waits while its caller is still, or again, on the line, and is done when they are served", async () => {
      const t = await begin();
      t.world.calls.add("call_1");
      t.world.calls.add("call_2");
      await t.world.during(t.a.centre.promiseCallback(promising("call_1")));
      await t.signsIn("op_ann");
      await t.passes(20_000, "op_ann");
      expect(await t.view("op_ann")).toMatchObject({ state: "available", offer: null });
      // Calls again, before the first call's end is told; then that end is never told.
      const call = t.world.calls.calls.get("call_1");
      if (call) call.alive = false;
      await t.command("op_ann", { kind: "pause", label: null });
      await t.world.during(t.a.centre.join(joining("call_2", { card: card("+33612345678") })));
      await t.world.advance(15_000);
      await t.connected("op_ann");
      await t.command("op_ann", { kind: "resume" });
      const offer = await t.offerTo("op_ann");
      expect(offer).toMatchObject({ callId: "call_2", callback: null });
      await t.command("op_ann", { kind: "accept", offerId: offer.offerId });
      await t.world.during(
        t.a.centre.reportLeg({ companyId, callId: "call_2", offerId: offer.offerId, report: { kind: "answered" } }),
      );
      expect(await t.kept("call_1")).toMatchObject({ leftReason: "calledIn", live: false });
    });

    test("cancelled, called now and taken by an operator: each may be asked again, and none is taken from who makes it", async () => {
      const t = await begin({ ...sales, callbacks: { ...rules, scheduleId: "schedule_1" } });
      t.world.schedules.opensAt.set("schedule_1", t.world.clock.now() + 600 * minute);
      await t.signsIn("op_ann");
      await t.signsIn("op_bob", "tel_2");
      await t.promise("call_1");
      await t.promise("call_2", { number: "0612345679" });
      expect(await t.decide("cancel", "call_1")).toEqual({ ok: true });
      expect(await t.decide("cancel", "call_1")).toEqual({ ok: true });
      expect(await t.decide("callNow", "call_1")).toEqual({ ok: false, reason: "gone" });
      const take = { kind: "callBack", callbackId: callbackIdOf(companyId, "call_2", "n1.1"), promise: null } as const;
      expect(await t.command("op_ann", take)).toEqual({ ok: true });
      expect(await t.command("op_ann", take)).toEqual({ ok: true });
      expect(await t.command("op_bob", take)).toEqual({ ok: false, reason: "callbackUnderWay" });
      expect(await t.decide("cancel", "call_2")).toEqual({ ok: false, reason: "underWay" });
      const [{ order } = { order: null }] = [...t.world.calls.placed.values()];
      await t.numberFails(order?.offerId ?? "", "busy");
      expect(await t.decide("callNow", "call_2")).toEqual({ ok: true });
      expect((await t.offerTo("op_ann")).callback).toMatchObject({ attempts: [{ result: "numberBusy" }] });
    });

    test("one that an operator makes of their own accord is made once, whoever is asked for it again", async () => {
      const t = await begin();
      await t.signsIn("op_ann");
      const callbackId = `callback_${"1".repeat(32)}`;
      const promise = { number: "+33612345678", queueId: "queue_sales", card: card("+33612345678") };
      const own = { kind: "callBack", callbackId, promise } as const;
      expect(await t.command("op_ann", own)).toEqual({ ok: true });
      t.a.kill();
      expect(await t.command("op_ann", own)).toEqual({ ok: true });
      await t.world.settle();
      const [{ order } = { order: null }] = [...t.world.calls.placed.values()];
      await t.numberFails(order?.offerId ?? "", "silent");
      expect(await t.command("op_ann", own)).toEqual({ ok: true });
      expect((await t.view("op_ann")).state).toBe("available");
      const [kept] = await t.store.waitingCalls(companyId, [`${callbackId}.1`]);
      expect(kept).toMatchObject({ leftReason: "givenUp", live: false });
      expect(t.world.calls.placed.size).toBe(1);
    });

    test("what an earlier version wrote, before there were callbacks, is loaded and served", async () => {
      const t = await begin();
      t.world.calls.add("call_1");
      await t.world.during(t.a.centre.join(joining("call_1")));
      await t.signsIn("op_ann");
      await t.world.settle();
      const { waitingCalls, offers, shifts } = await t.store.loadOpen(companyId);
      t.a.kill();
      t.b.kill();
      const store = await makeStore();
      const old = new TestWorld(store, [queue("queue_sales", ["op_ann"])]);
      old.calls.add("call_1");
      const without = <Row extends object>(row: Row, ...names: string[]): Row =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))) as Row;
      const isNew = true;
      await store.apply([
        ...shifts.map((document) => ({ collection: "shifts", isNew, document }) as const),
        ...offers.map((document) => ({ collection: "offers", isNew, document }) as const),
        ...waitingCalls.map((row) => {
          const document = without(row, "number", "callback", "isCallback");
          return { collection: "waitingCalls", isNew, document } as const;
        }),
      ]);
      const c: TestProcess = await old.start();
      const ask = (asked: OperatorCommand) => old.during(c.centre.command(companyId, "op_ann", asked));
      await ask({ kind: "connected", processId: "proc_agents" });
      const { offer } = await old.during(c.centre.view(companyId, "op_ann"));
      expect(offer).toMatchObject({ callId: "call_1", callback: null });
      expect(await ask({ kind: "accept", offerId: offer?.offerId ?? "" })).toEqual({ ok: true });
      expect((await old.during(c.centre.view(companyId, "op_ann"))).call).toMatchObject({ callback: null });
      expect(old.violations).toEqual([]);
    });
  });
}
