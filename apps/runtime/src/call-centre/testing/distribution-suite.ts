import { describe, expect, test } from "vitest";
import type { CallCentreStore } from "../centre-store.ts";
import { card, joining, queue, signingIn } from "./samples.ts";
import { companyId, TestWorld } from "./test-process.ts";

/** What must hold of who is asked for which call, on every store and whichever process is asked. */
export function describeDistribution(name: string, makeStore: () => Promise<CallCentreStore>): void {
  const both = ["op_ann", "op_bob"];
  const begin = async (...queues: Parameters<typeof queue>[2][]) => {
    const [sales = {}, help = {}] = queues;
    const store = await makeStore();
    const world = new TestWorld(store, [
      queue("queue_sales", both, sales),
      queue("queue_help", ["op_cleo"], { ...help }),
    ]);
    const a = await world.start();
    const b = await world.start();
    let desks = 0;
    const signIn = async (operatorId: string, queueIds = ["queue_sales"]) => {
      desks += 1;
      await world.during(a.centre.command(companyId, operatorId, { kind: "connected", processId: a.id }));
      const command = signingIn(`shift_${operatorId}`, `tel_${desks}`, { queueIds });
      expect(await world.during(a.centre.command(companyId, operatorId, command))).toEqual({ ok: true });
    };
    const join = async (callId: string, change: Parameters<typeof joining>[1] = {}) => {
      if (!world.calls.calls.has(callId)) world.calls.add(callId);
      return await world.during(b.centre.join(joining(callId, change)));
    };
    const view = (operatorId: string) => world.during(a.centre.view(companyId, operatorId));
    const beats = () =>
      Promise.all(
        ["op_ann", "op_bob", "op_cleo"].map((operatorId) =>
          world.during(b.centre.command(companyId, operatorId, { kind: "connected", processId: a.id })),
        ),
      );
    return { store, world, a, b, signIn, join, view, beats };
  };

  describe(`who is asked for which call, on ${name}`, () => {
    test("an operator who learns something is asked at the next look, and the kept offer says what was asked for", async () => {
      const { store, world, a, signIn, join, view } = await begin({ skills: [{ skillId: "english", level: 2 }] });
      await signIn("op_ann");
      await join("call_1", { skills: [{ skillId: "unknownToTheCompany", level: 5 }] });
      expect((await view("op_ann")).offer).toBeNull();
      world.operators = { op_ann: { skills: { english: 3 } } };
      await world.during(a.centre.queuesChanged(companyId));
      const { offer } = await view("op_ann");
      const [kept] = await store.offers(companyId, [offer?.offerId ?? ""]);
      expect(kept?.why).toMatchObject({ first: "onlyOne", skills: [{ skillId: "english", level: 2 }] });
      expect(world.violations).toEqual([]);
    });

    test("several at once: the first who accepts has the call, the other is told that it is taken and is free", async () => {
      const { store, world, b, signIn, join, view } = await begin({ atOnce: 2 });
      await signIn("op_ann");
      await signIn("op_bob");
      await join("call_1");
      const [anns, bobs] = [(await view("op_ann")).offer, (await view("op_bob")).offer];
      expect([anns?.callId, bobs?.callId]).toEqual(["call_1", "call_1"]);
      const accept = { kind: "accept", offerId: bobs?.offerId ?? "" } as const;
      expect(await world.during(b.centre.command(companyId, "op_bob", accept))).toEqual({ ok: true });
      const late = { kind: "accept", offerId: anns?.offerId ?? "" } as const;
      expect(await world.during(b.centre.command(companyId, "op_ann", late))).toEqual({
        ...{ ok: false, reason: "offerGone", how: "withdrawn" },
      });
      expect(await view("op_ann")).toMatchObject({
        state: "available",
        offer: null,
        notices: [{ code: "offerTaken" }],
      });
      expect(world.calls.told.map(({ operatorId }) => operatorId)).toEqual(["op_bob"]);
      const [kept] = await store.offers(companyId, [anns?.offerId ?? ""]);
      expect(kept).toMatchObject({ state: "withdrawn", withdrawReason: "takenByOther", live: false });
    });

    test("an offer that accepts itself counts from when it was shown, though its matcher dies meanwhile", async () => {
      const { world, a, b, signIn, join, beats } = await begin({ autoAcceptMs: 4_000 });
      await signIn("op_ann");
      await join("call_1");
      const { offer } = await world.during(a.centre.view(companyId, "op_ann"));
      expect(offer).toMatchObject({ autoAcceptMs: 4_000 });
      const shown = { kind: "offerShown", offerId: offer?.offerId ?? "" } as const;
      await world.during(a.centre.command(companyId, "op_ann", shown));
      const shownAt = world.clock.now();
      expect((await world.during(a.centre.view(companyId, "op_ann"))).offer?.acceptsAt).toBeLessThanOrEqual(
        shownAt + 4_000,
      );
      a.kill();
      await beats();
      await world.advance(8_000);
      expect(await world.during(b.centre.view(companyId, "op_ann"))).toMatchObject({
        state: "ringing",
        call: { callId: "call_1", acceptedItself: true },
      });
      expect(world.calls.told).toHaveLength(1);
    });

    test("overflow keeps place and age, and happens though the matcher dies before it is due", async () => {
      const { store, world, a, b, signIn, join, beats } = await begin({
        overflow: { queueIds: ["queue_help"], afterMs: 10_000, fromWaiting: null },
      });
      await signIn("op_cleo", ["queue_help"]);
      const { place } = await join("call_1");
      const [before] = await store.waitingCalls(companyId, ["call_1.1"]);
      a.kill();
      await world.advance(7_000);
      await beats();
      await world.advance(6_000);
      expect((await world.during(b.centre.view(companyId, "op_cleo"))).offer?.callId).toBe("call_1");
      const [after] = await store.waitingCalls(companyId, ["call_1.1"]);
      expect(after).toMatchObject({ place, joinedAt: before?.joinedAt, queueIds: ["queue_sales", "queue_help"] });
      expect(after?.overflow).toMatchObject({ by: "time", queueIds: ["queue_help"] });
    });

    test("a full line, and the longest wait: the call is told until somebody owns it, and is offered to nobody meanwhile", async () => {
      const { world, signIn, join, view } = await begin({ mostWaiting: 1, longestWaitMs: 30_000 });
      await join("call_1", { leaveWhenFull: true });
      const second = world.calls.add("call_2");
      second.unownedUntil = world.clock.now() + 3_000;
      await world.during((await world.start()).centre.join(joining("call_2", { leaveWhenFull: true })));
      expect(second.turnedAway).toBeNull();
      await world.advance(5_000);
      expect(second.turnedAway).toBe("full");
      expect(world.calls.calls.get("call_1")?.turnedAway).toBeNull();
      await world.advance(30_000);
      expect(world.calls.calls.get("call_1")?.turnedAway).toBe("overflowed");
      await signIn("op_ann");
      expect((await view("op_ann")).offer).toBeNull();
    });

    test("whom the caller talked to last is asked first; of a hidden number nobody is looked for", async () => {
      const { world, signIn, join, view } = await begin();
      world.lastOperators.set("+33600000001", "op_bob");
      await signIn("op_ann");
      await signIn("op_bob");
      const preferred = { operators: [], last: true, forMs: 20_000 };
      await join("call_1", { preferred });
      expect((await view("op_bob")).offer?.callId).toBe("call_1");
      await join("call_2", { preferred, card: { ...card("+33600000001"), hidden: true } });
      expect((await view("op_ann")).offer?.callId).toBe("call_2");
      expect(world.preferredAsked.map(({ lastOf }) => lastOf)).toEqual(["+33600000001", null]);
    });

    test("a call is moved up by whichever process is asked; one that does not wait is not", async () => {
      const { world, a, b, signIn, join, view } = await begin();
      for (const callId of ["call_1", "call_2", "call_3"]) await join(callId);
      expect(await world.during(a.centre.supervise(companyId, { kind: "moveUp", callId: "call_3" }))).toMatchObject({
        ok: true,
      });
      expect(await world.during(b.centre.supervise(companyId, { kind: "moveUp", callId: "call_3" }))).toMatchObject({
        ok: true,
      });
      expect(await world.during(b.centre.supervise(companyId, { kind: "moveUp", callId: "call_9" }))).toMatchObject({
        ok: false,
      });
      await signIn("op_ann");
      expect((await view("op_ann")).offer?.callId).toBe("call_3");
    });

    test("who leaves the line for a moment keeps their age and that they were put first", async () => {
      const { store, world, a, b, signIn, join, view } = await begin({ raiseEveryMs: 10_000 });
      const leave = (callId: string) =>
        world.during(a.centre.leave({ companyId, callId, queueId: "queue_sales", entry: 1 }));
      const put = (callId: string) => world.during(b.centre.supervise(companyId, { kind: "moveUp", callId }));
      await join("call_old");
      await world.advance(25_000);
      await join("call_urgent", { priority: 1 });
      await join("call_first");
      await put("call_first");
      const [first] = await store.waitingCalls(companyId, ["call_first.1"]);
      await leave("call_old");
      await leave("call_first");
      await world.advance(1_000);
      await join("call_old", { entry: 2 });
      await join("call_first", { entry: 2 });
      const callers = await world.during(a.centre.callers(companyId, "queue_sales"));
      expect(callers.map(({ callId, movedUp }) => [callId, movedUp])).toEqual([
        ["call_first", true],
        ["call_old", false],
        ["call_urgent", false],
      ]);
      // Told once: what the new visit has is what was there before.
      const [again] = await store.waitingCalls(companyId, ["call_first.2"]);
      expect(again).toMatchObject({ before: { since: first?.joinedAt, movedUpAt: first?.movedUpAt } });
      expect(again?.movedUpAt).toBeUndefined();
      expect(await put("call_first")).toMatchObject({ ok: true });
      await signIn("op_ann");
      expect((await view("op_ann")).offer?.callId).toBe("call_first");
      expect(world.violations).toEqual([]);
    });

    test("after a conversation nothing of it is kept", async () => {
      const { store, world, a, signIn, join, view } = await begin();
      await signIn("op_ann");
      await join("call_1");
      const leg = { companyId, callId: "call_1", offerId: (await view("op_ann")).offer?.offerId ?? "none" };
      await world.during(a.centre.command(companyId, "op_ann", { kind: "accept", offerId: leg.offerId }));
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "answered" } }));
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "ended", talkMs: 1_000 } }));
      await join("call_1", { entry: 2 });
      const [anew] = await store.waitingCalls(companyId, ["call_1.2"]);
      expect(anew).toMatchObject({ live: true });
      expect(anew?.before).toBeUndefined();
    });

    test("who misses an offer of a queue that signs out is signed out, and told when they look", async () => {
      const { world, signIn, join, view } = await begin({ afterMissed: "signOut" });
      await signIn("op_ann");
      await join("call_1");
      await world.advance(16_000);
      expect(await view("op_ann")).toMatchObject({
        ...{ state: "offline", shiftId: null },
        notices: [{ code: "signedOutAfterMissed" }],
      });
    });
  });
}
