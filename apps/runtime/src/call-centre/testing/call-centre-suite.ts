import { describe, expect, test } from "vitest";
import type { CallCentreStore } from "../centre-store.ts";
import { joining, queue, signingIn } from "./samples.ts";
import { companyId, type TestProcess, TestWorld } from "./test-process.ts";

/** What must hold of the call centre on every store. `makeStore` gives an empty one. */
export function describeCallCentre(name: string, makeStore: () => Promise<CallCentreStore>): void {
  const sales = queue("queue_sales", ["op_ann", "op_bob"]);
  const begin = async () => {
    const store = await makeStore();
    const world = new TestWorld(store, [sales]);
    return { store, world };
  };
  const signIn = async (world: TestWorld, { centre, id }: TestProcess, operatorId: string, telephoneId: string) => {
    await world.during(centre.command(companyId, operatorId, { kind: "connected", processId: id }));
    const command = signingIn(`shift_${operatorId}`, telephoneId);
    return await world.during(centre.command(companyId, operatorId, command));
  };
  const view = (world: TestWorld, { centre }: TestProcess, operatorId: string) =>
    world.during(centre.view(companyId, operatorId));
  const offerTo = async (world: TestWorld, process: TestProcess, operatorId: string) => {
    const { offer } = await view(world, process, operatorId);
    if (!offer) throw new Error(`${operatorId} has no offer`);
    return offer;
  };
  /** One operator in shift, one caller offered to her. */
  const offered = async () => {
    const { store, world } = await begin();
    const a = await world.start();
    const b = await world.start();
    await signIn(world, a, "op_ann", "tel_1");
    world.calls.add("call_1");
    await world.during(a.centre.join(joining("call_1")));
    return { store, world, a, b, offer: await offerTo(world, a, "op_ann") };
  };

  describe(`the call centre on ${name}`, () => {
    test("a call that is passed on stands where it stood first, or before everybody, and is for whom it is meant", async () => {
      const { world } = await begin();
      const a = await world.start();
      const join = async (callId: string, change: Parameters<typeof joining>[1] = {}) => {
        if (!world.calls.calls.has(callId)) world.calls.add(callId);
        return (await world.during(a.centre.join(joining(callId, change)))).place;
      };
      const first = await join("call_1");
      const second = await join("call_2");
      await world.during(a.centre.leave({ companyId, callId: "call_1", queueId: "queue_sales", entry: 1 }));
      expect(await join("call_1", { entry: 2, at: "kept" })).toBe(first);
      expect(second).toBeGreaterThan(first);
      const urgent = await join("call_3", { priority: 5 });
      const ahead = await join("call_2", { entry: 2, at: "head", named: { operatorId: "op_bob", only: false } });
      expect(ahead).toBeLessThan(urgent);
      await signIn(world, a, "op_ann", "tel_1");
      expect((await offerTo(world, a, "op_ann")).callId).toBe("call_2");
      await signIn(world, a, "op_bob", "tel_2");
      expect((await offerTo(world, a, "op_bob")).callId).toBe("call_3");
      expect(world.violations).toEqual([]);
    });

    test("a caller who leaves the line for a moment is back at their place; one who talked to somebody meanwhile is not", async () => {
      const { world, a, offer } = await offered();
      const join = async (callId: string, entry: number) =>
        (await world.during(a.centre.join(joining(callId, { entry })))).place;
      const leave = (callId: string, entry: number) =>
        world.during(a.centre.leave({ companyId, callId, queueId: "queue_sales", entry }));
      for (const callId of ["call_2", "call_3"]) world.calls.add(callId);
      const [second, third] = [await join("call_2", 1), await join("call_3", 1)];
      await leave("call_2", 1);
      expect(await join("call_2", 4)).toBe(second);
      const leg = { companyId, callId: "call_1", offerId: offer.offerId };
      await world.during(a.centre.command(companyId, "op_ann", { kind: "accept", offerId: offer.offerId }));
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "answered" } }));
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "ended", talkMs: 1_000 } }));
      const again = await join("call_1", 5);
      expect(again).toBeGreaterThan(third);
      await leave("call_1", 5);
      expect(await join("call_1", 7)).toBe(again);
      expect(world.violations).toEqual([]);
    });

    test("who talks is told whether they are silenced and recorded, may ask for help once, and colleagues see who is free", async () => {
      const { world, a, b, offer } = await offered();
      await world.during(a.centre.command(companyId, "op_ann", { kind: "accept", offerId: offer.offerId }));
      const leg = { companyId, callId: "call_1", offerId: offer.offerId };
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "answered" } }));
      await world.during(b.centre.reportLeg({ ...leg, report: { kind: "muted", muted: true } }));
      expect((await view(world, a, "op_ann")).call?.muted).toBe(true);
      await world.during(b.centre.reportLeg({ ...leg, report: { kind: "held", held: true } }));
      expect((await view(world, b, "op_ann")).call?.held).toBe(true);
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "held", held: false } }));
      expect((await view(world, b, "op_ann")).call?.held).toBe(false);
      await world.during(b.centre.reportLeg({ ...leg, report: { kind: "recording", state: "paused" } }));
      const help = (callId: string, wanted = true) =>
        world.during(b.centre.command(companyId, "op_ann", { kind: "askHelp", callId, wanted }));
      expect(await help("call_9")).toEqual({ ok: false, reason: "notYourCall" });
      expect(await help("call_1")).toEqual({ ok: true });
      const asked = (await view(world, a, "op_ann")).call;
      expect(asked).toMatchObject({ muted: true, recording: "paused", helpSince: expect.any(Number) });
      await world.advance(1_000);
      expect(await help("call_1")).toEqual({ ok: true });
      expect((await view(world, a, "op_ann")).call?.helpSince).toBe(asked?.helpSince);
      const to = { operatorId: "op_ann" };
      await world.during(
        a.centre.supervise(companyId, { kind: "notice", noticeId: "notice_1", to, by: "Ada", text: "I am with you" }),
      );
      expect((await view(world, a, "op_ann")).call?.helpSince).toBeNull();
      await help("call_1");
      expect(await help("call_1", false)).toEqual({ ok: true });
      expect((await view(world, a, "op_ann")).call?.helpSince).toBeNull();
      await signIn(world, b, "op_bob", "tel_2");
      const now = await world.during(b.centre.operatorsNow(companyId));
      expect([...now.values()].map(({ operatorId, state, free }) => [operatorId, state, free])).toEqual([
        ["op_ann", "talking", false],
        ["op_bob", "available", true],
      ]);
    });

    test("a call is offered, accepted, connected, talked to and wrapped up, whichever process is asked", async () => {
      const { store, world, a, b, offer } = await offered();
      expect(offer).toMatchObject({ callId: "call_1", queueId: "queue_sales", mayRefuse: true });
      expect(offer.card.from).toBe("+33600000001");

      expect(
        await world.during(b.centre.command(companyId, "op_ann", { kind: "accept", offerId: offer.offerId })),
      ).toEqual({
        ok: true,
      });
      expect(world.calls.told).toMatchObject([
        { offerId: offer.offerId, operatorName: "name of op_ann", target: { kind: "telephone", telephoneId: "tel_1" } },
      ]);
      const leg = { companyId, callId: "call_1", offerId: offer.offerId };
      expect((await view(world, b, "op_ann")).state).toBe("ringing");
      await world.during(b.centre.reportLeg({ ...leg, report: { kind: "answered" } }));
      expect(await view(world, a, "op_ann")).toMatchObject({
        state: "talking",
        call: { callId: "call_1", endedAt: null },
      });
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "ended", talkMs: 1_000 } }));
      const wrapping = await view(world, b, "op_ann");
      expect(wrapping).toMatchObject({ state: "wrapUp", call: { offerId: offer.offerId } });
      expect(wrapping.call?.endedAt).toBe(world.clock.now());
      await world.during(b.centre.command(companyId, "op_ann", { kind: "ready" }));
      expect(await view(world, a, "op_ann")).toMatchObject({ state: "available", call: null });

      const [kept] = await store.offers(companyId, [offer.offerId]);
      expect(kept).toMatchObject({ state: "accepted", outcome: "answered", live: false });
      expect(kept?.why).toMatchObject({ eligible: [{ operatorId: "op_ann" }], not: { offline: ["op_bob"] } });
      expect(world.violations).toEqual([]);
    });

    test("a place in line is drawn once for a visit, and numbers rise over processes", async () => {
      const { world } = await begin();
      const a = await world.start();
      const b = await world.start();
      const joins = Array.from({ length: 20 }, (_, at) => {
        world.calls.add(`call_${at}`);
        return (at % 2 ? a : b).centre.join(joining(`call_${at}`));
      });
      const places = (await world.during(Promise.all(joins))).map(({ place }) => place);
      expect(new Set(places).size).toBe(20);

      const again = await world.during(b.centre.join(joining("call_7")));
      expect(again.place).toBe(places[7]);
      await world.during(a.centre.leave({ companyId, callId: "call_7", queueId: "queue_sales", entry: 1 }));
      const late = await world.during(a.centre.join(joining("call_7")));
      expect(late.place).toBe(places[7]);
      world.calls.add("call_20");
      const next = await world.during(b.centre.join(joining("call_20")));
      expect(next.place).toBeGreaterThan(Math.max(...places));
    });

    test("a caller who is not answered is back at the place they had, and the operator is told why", async () => {
      const { store, world, a, b, offer } = await offered();
      const before = await store.waitingCalls(companyId, ["call_1.1"]);
      await world.during(a.centre.command(companyId, "op_ann", { kind: "accept", offerId: offer.offerId }));
      const report = { kind: "failed", result: "busy" } as const;
      await world.during(b.centre.reportLeg({ companyId, callId: "call_1", offerId: offer.offerId, report }));
      await world.settle();
      const [after] = await store.waitingCalls(companyId, ["call_1.1"]);
      expect(after).toMatchObject({ state: "waiting", place: before[0]?.place, live: true });
      const seen = await view(world, b, "op_ann");
      expect(seen).toMatchObject({ state: "paused", pause: { reason: "telephoneBusy" }, call: null });
      expect(seen.notices).toMatchObject([{ code: "telephoneBusy", callId: "call_1" }]);
    });

    test("refusals say how an offer ended, and a repeated command is answered like the first", async () => {
      const { world, a, b, offer } = await offered();
      const { offerId } = offer;
      const accept = { kind: "accept", offerId } as const;
      await world.advance(16_000);
      expect(await world.during(b.centre.command(companyId, "op_ann", accept))).toEqual({
        ok: false,
        reason: "offerGone",
        how: "expired",
      });
      expect(await view(world, a, "op_ann")).toMatchObject({ state: "paused", pause: { reason: "missed" } });

      await world.during(a.centre.command(companyId, "op_ann", { kind: "resume" }));
      await world.advance(11_000);
      const second = await offerTo(world, a, "op_ann");
      const refuse = { kind: "refuse", offerId: second.offerId } as const;
      expect(await world.during(a.centre.command(companyId, "op_ann", refuse))).toEqual({ ok: true });
      expect(await world.during(b.centre.command(companyId, "op_ann", refuse))).toEqual({ ok: true });
      expect(
        await world.during(b.centre.command(companyId, "op_ann", { kind: "accept", offerId: second.offerId })),
      ).toEqual({ ok: false, reason: "offerGone", how: "refused" });

      await world.advance(11_000);
      const third = await offerTo(world, a, "op_ann");
      const call = world.calls.calls.get("call_1");
      if (call) call.alive = false;
      const [answer] = await world.during(
        Promise.all([
          a.centre.command(companyId, "op_ann", { kind: "accept", offerId: third.offerId }),
          b.centre.callEnded({ companyId, callId: "call_1", by: "caller" }),
        ]),
      );
      expect(answer.ok || answer.reason).toSatisfy((how: unknown) => how === true || how === "offerGone");
      await world.settle();
      expect(await view(world, b, "op_ann")).toMatchObject({ state: "available", offer: null, call: null });
      const lateAccept = { kind: "accept", offerId: "offer_of_nobody" } as const;
      expect(await world.during(b.centre.command(companyId, "op_ann", lateAccept))).toMatchObject({ how: "unknown" });
      expect(world.violations).toEqual([]);
    });

    test("of two operators who choose the same telephone at once, one has it and the other is told who", async () => {
      const { world } = await begin();
      const a = await world.start();
      const b = await world.start();
      const answers = await world.during(
        Promise.all([
          a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")),
          b.centre.command(companyId, "op_bob", signingIn("shift_bob", "tel_1")),
        ]),
      );
      const [holder, other] = answers[0].ok ? ["op_ann", "op_bob"] : ["op_bob", "op_ann"];
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      expect(answers).toContainEqual({ ok: false, reason: "telephoneTaken", heldBy: { operatorId: holder } });
      expect(await world.during(b.centre.telephoneHolders(companyId))).toEqual(new Map([["tel_1", holder]]));

      const takeOver = signingIn("shift_second", "tel_1", { takeOver: true });
      expect(await world.during(b.centre.command(companyId, other ?? "", takeOver))).toEqual({ ok: true });
      expect(await world.during(a.centre.telephoneHolders(companyId))).toEqual(new Map([["tel_1", other]]));
      expect(await view(world, a, holder ?? "")).toMatchObject({
        telephoneId: null,
        notices: [{ code: "telephoneTakenOver" }],
      });
      expect(
        await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_x", "tel_unknown"))),
      ).toMatchObject({
        reason: "telephoneUnknown",
      });
    });

    test("two operators exchange their telephones in one commit", async () => {
      const { world } = await begin();
      const a = await world.start();
      const b = await world.start();
      await signIn(world, a, "op_ann", "tel_1");
      await signIn(world, a, "op_bob", "tel_2");
      const take = (telephoneId: string) => ({ kind: "chooseTelephone", telephoneId, takeOver: true }) as const;
      await world.during(
        Promise.all([
          a.centre.command(companyId, "op_ann", take("tel_3")),
          a.centre.command(companyId, "op_bob", take("tel_1")),
          a.centre.command(companyId, "op_ann", take("tel_2")),
        ]),
      );
      a.kill();
      const holders = await world.during(b.centre.telephoneHolders(companyId));
      expect(holders).toEqual(
        new Map([
          ["tel_2", "op_ann"],
          ["tel_1", "op_bob"],
        ]),
      );
    });

    test("an accepted call without an owner is told every second until somebody owns it", async () => {
      const { world, a, b, offer } = await offered();
      const call = world.calls.calls.get("call_1");
      if (call) call.unownedUntil = world.clock.now() + 4_000;
      await world.during(a.centre.command(companyId, "op_ann", { kind: "accept", offerId: offer.offerId }));
      await world.advance(2_500);
      a.kill();
      await world.advance(10_000);
      expect(world.calls.told.filter(({ answer }) => answer === "unowned").length).toBeGreaterThanOrEqual(3);
      expect(world.calls.told.filter(({ answer }) => answer === "taken").length).toBeGreaterThanOrEqual(1);
      expect(call?.dial?.offerId).toBe(offer.offerId);
      const told = world.calls.told.length;
      await world.advance(10_000);
      expect(world.calls.told.length).toBe(told);
      expect((await view(world, b, "op_ann")).state).toBe("ringing");
    });

    test("a call that is gone when its operator accepts frees the operator", async () => {
      const { world, a, b, offer } = await offered();
      const call = world.calls.calls.get("call_1");
      if (call) call.alive = false;
      await world.during(a.centre.command(companyId, "op_ann", { kind: "accept", offerId: offer.offerId }));
      await world.settle();
      expect(await view(world, b, "op_ann")).toMatchObject({ state: "available", call: null });
    });

    test("a call that died without a word gives its place back, and its operator wraps up", async () => {
      const { store, world, a, b, offer } = await offered();
      world.calls.add("call_2");
      await world.during(b.centre.join(joining("call_2")));
      await world.during(a.centre.command(companyId, "op_ann", { kind: "accept", offerId: offer.offerId }));
      const leg = { companyId, callId: "call_1", offerId: offer.offerId };
      await world.during(a.centre.reportLeg({ ...leg, report: { kind: "answered" } }));
      for (const call of world.calls.calls.values()) call.alive = false;
      await world.advance(21_000);
      expect((await view(world, b, "op_ann")).state).toBe("wrapUp");
      const [left] = await store.waitingCalls(companyId, ["call_2.1"]);
      expect(left).toMatchObject({ state: "left", leftReason: "hungUp", live: false });
    });

    test("a call whose queue nobody serves is told so, and again when everybody has gone", async () => {
      const { world } = await begin();
      const a = await world.start();
      const call = world.calls.add("call_1");
      await world.during(a.centre.join(joining("call_1", { leaveWhenUnstaffed: true })));
      await world.settle();
      expect(call.unstaffedTold).toBeGreaterThan(0);
    });

    test("an operator whose browser is gone is not offered calls; one whose process died neither", async () => {
      const { world } = await begin();
      const a = await world.start();
      const b = await world.start();
      await signIn(world, b, "op_ann", "tel_1");
      b.kill();
      await world.advance(45_000);
      world.calls.add("call_1");
      await world.during(a.centre.join(joining("call_1")));
      expect((await view(world, a, "op_ann")).offer).toBeNull();
      await world.during(a.centre.command(companyId, "op_ann", { kind: "connected", processId: a.id }));
      expect((await view(world, a, "op_ann")).offer).toMatchObject({ callId: "call_1" });
    });

    test("a queue that changes is matched by its new settings at once", async () => {
      const { world, a, b, offer } = await offered();
      await world.during(a.centre.command(companyId, "op_ann", { kind: "refuse", offerId: offer.offerId }));
      world.queues = [{ ...sales, refusalAllowed: false, operatorIds: ["op_ann", "op_bob", "op_cleo"] }];
      await world.during(b.centre.queuesChanged(companyId));
      await signIn(world, b, "op_cleo", "tel_2");
      const second = await offerTo(world, a, "op_cleo");
      expect(second.mayRefuse).toBe(false);
      const refuse = { kind: "refuse", offerId: second.offerId } as const;
      expect(await world.during(b.centre.command(companyId, "op_cleo", refuse))).toEqual({
        ok: false,
        reason: "refusalNotAllowed",
      });
    });

    test("a view that is asked for afresh has a queue of which no word has come yet", async () => {
      const { world, a } = await offered();
      const late = { ...sales, id: "queue_late", name: "Late", operatorIds: ["op_cleo"] };
      world.queues = [sales, late];
      const queuesOf = async (fresh: boolean) =>
        (await world.during(a.centre.view(companyId, "op_cleo", fresh))).queues.map(({ queueId }) => queueId);
      expect(await queuesOf(false)).toEqual([]);
      expect(await queuesOf(true)).toEqual(["queue_late"]);
    });

    test("a row's number rises with each change, over processes and shifts; messages carry the whole view", async () => {
      const { world } = await begin();
      const a = await world.start();
      const seen: number[] = [];
      world.bus.subscribe(`company/${companyId}/operator/op_ann`, (message) => {
        seen.push((message as { view: { seq: number } }).view.seq);
      });
      expect((await view(world, a, "op_ann")).seq).toBe(0);
      await signIn(world, a, "op_ann", "tel_1");
      await world.during(a.centre.command(companyId, "op_ann", { kind: "pause", label: "lunch" }));
      await world.during(a.centre.command(companyId, "op_ann", { kind: "signOut" }));
      await world.settle();
      a.kill();
      const b = await world.start();
      await world.advance(6_000);
      const offline = await view(world, b, "op_ann");
      expect(offline).toMatchObject({ state: "offline", shiftId: null, seq: seen.at(-1) });
      const again = signingIn("shift_again", "tel_1");
      expect(await world.during(b.centre.command(companyId, "op_ann", again))).toEqual({ ok: true });
      await world.settle();
      expect(seen.length).toBeGreaterThanOrEqual(4);
      for (const [at, seq] of seen.entries()) expect(seq).toBeGreaterThan(seen[at - 1] ?? 0);
      expect(await world.during(b.centre.command(companyId, "op_ann", { kind: "signOut" }))).toEqual({ ok: true });
      expect(await world.during(b.centre.command(companyId, "op_ann", again))).toMatchObject({ reason: "notSignedIn" });
    });

    test("the board tells how many wait, at most twice a second", async () => {
      const { world } = await begin();
      const a = await world.start();
      const told: { at: number; queues: unknown }[] = [];
      world.bus.subscribe(`company/${companyId}/board`, (message) => {
        told.push({ at: world.clock.now(), queues: (message as { queues: unknown }).queues });
      });
      const start = world.clock.now();
      for (let at = 0; at < 10; at++) {
        world.calls.add(`call_${at}`);
        await world.during(a.centre.join(joining(`call_${at}`)));
        await world.advance(100);
      }
      await world.advance(1_000);
      expect(told.length).toBeLessThanOrEqual((world.clock.now() - start) / 500 + 1);
      expect(told.at(-1)?.queues).toMatchObject([{ queueId: "queue_sales", waiting: 10 }]);
    });
  });
}
