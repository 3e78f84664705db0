import { describe, expect, test } from "vitest";
import type { CallCentreStore } from "../centre-store.ts";
import { centreTimes } from "../ports.ts";
import { callbackPlay } from "./callback-play.ts";
import { dialPlay } from "./dial-play.ts";
import { joining, queue, signingIn } from "./samples.ts";
import { companyId, type Fate, type TestProcess, TestWorld } from "./test-process.ts";

const everyWrite: ReadonlySet<string> = new Set([
  "take",
  "drawPlaces",
  "commit",
  "apply shifts",
  "apply offers",
  "apply waitingCalls",
  "apply shiftTimes",
]);

/** Who dials waits in no line and is offered nothing. */
const writesOfDialling: ReadonlySet<string> = new Set(["take", "commit", "apply shifts", "apply shiftTimes"]);

/** At which writes the holder dies: at every nth of all (1: at each), or at one of each kind, in the midst of them. */
export type Deaths = number | "each kind";

/** What must hold when processes die, stand still, or lag behind. */
export function describeCrashes(name: string, makeStore: () => Promise<CallCentreStore>, deaths: Deaths = 1): void {
  const begin = async () => {
    const store = await makeStore();
    const callbacks = { most: null, attempts: 3, retryMs: 60_000, scheduleId: null };
    const sales = queue("queue_sales", ["op_ann", "op_bob"], { askAgainMs: 15_000, callbacks });
    return { store, world: new TestWorld(store, [sales]) };
  };

  /** Asks until a living process has answered, as the call core's outbox and an operator's agent do. */
  const insist = async <T>(
    world: TestWorld,
    processes: readonly TestProcess[],
    ask: (process: TestProcess) => Promise<T>,
  ): Promise<T> => {
    for (;;) {
      const process = processes.find(({ alive }) => alive);
      if (!process) throw new Error("nobody is alive");
      const answer = await world.during(
        Promise.race([ask(process).then((value) => ({ value })), process.death.then(() => null)]),
        60_000,
      );
      if (answer) return answer.value;
    }
  };

  /** Two operators, two callers: one refuses, the other accepts, her telephone is silent, the first accepts and they talk. */
  const play = async (world: TestWorld, processes: readonly TestProcess[]) => {
    const ask = <T>(one: (process: TestProcess) => Promise<T>) => insist(world, processes, one);
    const command = (operatorId: string, asked: Parameters<TestProcess["centre"]["command"]>[2]) =>
      ask(({ centre }) => centre.command(companyId, operatorId, asked));
    const offerOf = async (operatorId: string) => {
      for (let tries = 0; tries < 25; tries++) {
        // As their agents do every few seconds: whoever took over may not have heard of them yet.
        await command(operatorId, { kind: "connected", processId: "proc_of_the_agents" });
        const { offer } = await ask(({ centre }) => centre.view(companyId, operatorId));
        if (offer) return offer;
        await world.advance(1_000);
      }
      throw new Error(`${operatorId} was not offered the call`);
    };
    for (const [operatorId, telephoneId] of [["op_ann", "tel_1"] as const, ["op_bob", "tel_2"] as const]) {
      expect(await command(operatorId, signingIn(`shift_${operatorId}`, telephoneId))).toEqual({ ok: true });
      await command(operatorId, { kind: "connected", processId: "proc_of_the_agents" });
    }
    world.calls.add("call_1");
    const { place } = await ask(({ centre }) => centre.join(joining("call_1")));
    expect((await ask(({ centre }) => centre.join(joining("call_1")))).place).toBe(place);
    const first = await offerOf("op_ann");
    expect(await command("op_ann", { kind: "refuse", offerId: first.offerId })).toEqual({ ok: true });
    const second = await offerOf("op_bob");
    expect(await command("op_bob", { kind: "accept", offerId: second.offerId })).toEqual({ ok: true });
    const dialled = async (offerId: string) => {
      for (let tries = 0; tries < 25 && world.calls.calls.get("call_1")?.dial?.offerId !== offerId; tries++) {
        await world.advance(1_000);
      }
      expect(world.calls.calls.get("call_1")?.dial?.offerId).toBe(offerId);
    };
    await dialled(second.offerId);
    const call = world.calls.calls.get("call_1");
    if (call) call.dial = null;
    const leg = { companyId, callId: "call_1" };
    const report = (offerId: string, told: Parameters<TestProcess["centre"]["reportLeg"]>[0]["report"]) =>
      ask(({ centre }) => centre.reportLeg({ ...leg, offerId, report: told }));
    await report(second.offerId, { kind: "failed", result: "silent" });
    const third = await offerOf("op_ann");
    expect(await command("op_ann", { kind: "accept", offerId: third.offerId })).toEqual({ ok: true });
    await dialled(third.offerId);
    await report(third.offerId, { kind: "answered" });
    await report(third.offerId, { kind: "ended", talkMs: 1_000 });
    if (call) call.alive = false;
    await ask(({ centre }) => centre.callEnded({ ...leg, by: "caller" }));
    expect(await command("op_ann", { kind: "ready" })).toEqual({ ok: true });
    const [kept] = await ask(() => world.store.waitingCalls(companyId, ["call_1.1"]));
    expect(kept).toMatchObject({ place, state: "left", leftReason: "answered" });
    const offers = await ask(() => world.store.offers(companyId, [first.offerId, second.offerId, third.offerId]));
    const ends = offers.map(({ state, outcome }) => `${state} ${outcome}`).sort();
    expect(ends).toEqual(["accepted answered", "accepted silent", "refused null"]);
    const ann = await ask(({ centre }) => centre.view(companyId, "op_ann"));
    const bob = await ask(({ centre }) => centre.view(companyId, "op_bob"));
    expect([ann.state, bob.pause?.reason]).toEqual(["available", "telephoneSilent"]);
    expect(world.violations).toEqual([]);
    expect(world.calls.faults).toEqual([]);
  };

  const plays = {
    "a call": play,
    "a callback": (world: TestWorld, processes: readonly TestProcess[]) =>
      callbackPlay(world, (ask) => insist(world, processes, ask)),
    "a dialled call": (world: TestWorld, processes: readonly TestProcess[]) =>
      dialPlay(world, (ask) => insist(world, processes, ask)),
  };

  /** Runs a play in which the holder's writes have the fates that `fateOf` gives: its `at`-th of all, its `nth` of this kind. */
  const playWith = async (which: keyof typeof plays, fateOf: (write: string, at: number, nth: number) => Fate) => {
    const { world } = await begin();
    const first = await world.start();
    const second = await world.start();
    let at = 0;
    const ofKind = new Map<string, number>();
    first.fate = (write) => {
      const nth = ofKind.get(write) ?? 0;
      ofKind.set(write, nth + 1);
      return fateOf(write, at++, nth);
    };
    await plays[which](world, [first, second]);
    return ofKind;
  };

  /** The kinds of writes at which the holder died. */
  const atEvery = async (stride: number, which: keyof typeof plays, fate: Fate): Promise<ReadonlySet<string>> => {
    const seen = new Set<string>();
    for (let dying = 0; ; dying += stride) {
      let died = false;
      await playWith(which, (write, at) => {
        if (at !== dying) return "lives";
        died = true;
        seen.add(write);
        return fate;
      });
      if (!died) return seen;
    }
  };
  const atEachKind = async (which: keyof typeof plays, fate: Fate): Promise<ReadonlySet<string>> => {
    const seen = new Set<string>();
    for (const [kind, times] of await playWith(which, () => "lives")) {
      await playWith(which, (write, _, nth) => {
        if (write !== kind || nth !== Math.floor((times - 1) / 2)) return "lives";
        seen.add(write);
        return fate;
      });
    }
    return seen;
  };

  describe(`crashes of the call centre on ${name}`, () => {
    test.each([
      ["a call", "dies before"],
      ["a call", "dies after"],
      ["a callback", "dies before"],
      ["a callback", "dies after"],
      ["a dialled call", "dies before"],
      ["a dialled call", "dies after"],
    ] as const)("of %s: whichever write its holder %s, the same comes of every request", async (which, fate) => {
      const seen = await (deaths === "each kind" ? atEachKind(which, fate) : atEvery(deaths, which, fate));
      const wanted = which === "a dialled call" ? writesOfDialling : everyWrite;
      const all = deaths === "each kind" || deaths === 1;
      expect([...wanted].filter((write) => all && !seen.has(write))).toEqual([]);
      expect([...seen].filter((write) => !everyWrite.has(write))).toEqual([]);
      expect(seen.size).toBeGreaterThan(3);
    });

    test("when the holder dies, another takes over within 6.5 s though nobody asks, and a moment later ends what has run out", async () => {
      const { store, world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", { kind: "connected", processId: "proc_b" }));
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      const b = await world.start();
      world.calls.add("call_1");
      await world.during(a.centre.join(joining("call_1")));
      const { offer } = await world.during(a.centre.view(companyId, "op_ann"));
      await world.advance(14_000);
      a.kill();
      await world.advance(6_500);
      expect((await world.during(b.centre.view(companyId, "op_ann"))).state).toBe("offered");
      await world.advance(centreTimes.graceMs);
      const [kept] = await store.offers(companyId, [offer?.offerId ?? ""]);
      expect(kept).toMatchObject({ state: "expired" });
      expect(b.alive).toBe(true);
      expect((await world.during(b.centre.view(companyId, "op_ann"))).pause?.reason).toBe("missed");
    });

    test("an offer that was accepted while nobody could hear it counts, though its time ended meanwhile", async () => {
      const { store, world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", { kind: "connected", processId: "proc_b" }));
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      const b = await world.start();
      world.calls.add("call_1");
      await world.during(a.centre.join(joining("call_1")));
      const { offer } = await world.during(a.centre.view(companyId, "op_ann"));
      const offerId = offer?.offerId ?? "";
      await world.advance(14_900);
      a.kill();
      // Nobody decides for 5 s; the agent says it again until somebody does.
      await world.advance(6_000);
      const accept = { kind: "accept", offerId } as const;
      expect(await world.during(b.centre.command(companyId, "op_ann", accept))).toEqual({ ok: true });
      const [kept] = await store.offers(companyId, [offerId]);
      expect(kept).toMatchObject({ state: "accepted" });
      expect(world.violations).toEqual([]);
    });

    test("a holder that stood still cannot write when it goes on, and what it is asked is answered by the new one", async () => {
      const { store, world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      const b = await world.start();
      a.freeze(true);
      const late = a.centre.command(companyId, "op_ann", { kind: "pause", label: "late" });
      await world.advance(7_000);
      expect(await world.during(b.centre.command(companyId, "op_ann", { kind: "signOut" }))).toEqual({ ok: true });
      a.freeze(false);
      expect(await world.during(late)).toEqual({ ok: false, reason: "notSignedIn" });
      const [shift] = await store.shifts(companyId, ["shift_ann"]);
      expect(shift).toMatchObject({ state: "offline", live: false, pauseLabel: null });
      expect(world.violations).toEqual([]);
    });

    test("a holder whose clock is a minute late believes in its lease, but cannot commit after another has taken it", async () => {
      const { store, world } = await begin();
      const late = await world.start({ behindMs: 60_000 });
      await world.during(late.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      const b = await world.start();
      await world.during(b.centre.command(companyId, "op_ann", { kind: "pause", label: "now" }));
      await world.during(late.centre.command(companyId, "op_bob", signingIn("shift_bob", "tel_1"))).then((answer) => {
        expect(answer).toMatchObject({ reason: "telephoneTaken", heldBy: { operatorId: "op_ann" } });
      });
      await world.settle();
      const [shift] = await store.shifts(companyId, ["shift_ann"]);
      expect(shift).toMatchObject({ state: "paused", pauseLabel: "now" });
      expect(world.violations).toEqual([]);
    });

    test("not even while the new holder has only looked", async () => {
      const { world } = await begin();
      const late = await world.start({ behindMs: 60_000 });
      await world.during(late.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      await world.during(late.centre.command(companyId, "op_ann", { kind: "connected", processId: "proc_agents" }));
      const b = await world.start();
      expect((await world.during(b.centre.view(companyId, "op_ann"))).state).toBe("available");
      await world.during(late.centre.command(companyId, "op_ann", { kind: "pause", label: "late" }));
      expect((await world.during(b.centre.view(companyId, "op_ann"))).pause?.label).toBe("late");
    });

    test("a holder of yesterday does not confirm what it knows nothing of", async () => {
      const { store, world } = await begin();
      const late = await world.start({ behindMs: 60_000 });
      await world.during(late.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      const b = await world.start();
      world.calls.add("call_1");
      await world.during(b.centre.join(joining("call_1")));
      await world.during(late.centre.callEnded({ companyId, callId: "call_1", by: "caller" }));
      await world.settle();
      expect(await store.waitingCalls(companyId, ["call_1.1"])).toMatchObject([{ leftReason: "hungUp" }]);
    });

    test("a store that answers nothing until the lease ran out costs no reading anew, where nobody else took it", async () => {
      const { world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      const writes: string[] = [];
      a.fate = (write) => {
        writes.push(write);
        return "lives";
      };
      world.storeGone = true;
      const paused = a.centre.command(companyId, "op_ann", { kind: "pause", label: "lunch" });
      const seen = a.centre.view(companyId, "op_ann");
      await world.advance(7_000);
      world.storeGone = false;
      expect(await world.during(paused)).toEqual({ ok: true });
      expect((await world.during(seen)).state).toBe("paused");
      expect(writes).not.toContain("take");
      expect(world.violations).toEqual([]);
    });

    test("a store that is gone for 4 s delays the answer; nothing is lost and nothing is doubled", async () => {
      const { world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      world.storeGone = true;
      world.calls.add("call_1");
      const join = a.centre.join(joining("call_1"));
      await world.advance(4_000);
      world.storeGone = false;
      const { place } = await world.during(join);
      expect((await world.during(a.centre.join(joining("call_1")))).place).toBe(place);
      expect(world.violations).toEqual([]);
    });

    test("a store that is gone for long is said: the request is given back to be asked again, and works afterwards", async () => {
      const { world } = await begin();
      const a = await world.start();
      world.storeGone = true;
      world.calls.add("call_1");
      const refused = a.centre.join(joining("call_1"));
      await expect(world.during(refused, 30_000)).rejects.toMatchObject({
        name: "OutsideError",
        code: "callCentreUnavailable",
      });
      world.storeGone = false;
      expect((await world.during(a.centre.join(joining("call_1")))).place).toBeGreaterThan(0);
    });

    test("a decision that cannot be committed is thrown away with the memory that it spoiled", async () => {
      const { store, world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      let spoiled = 0;
      world.spoil = (decision) => {
        const call = decision.state.calls["call_1.1"];
        if (!call || spoiled > 0) return decision;
        spoiled += 1;
        // A call that nobody brought: it has no card, so it cannot be written.
        const ghost = { ...call, id: "call_ghost.1", callId: "call_ghost" };
        return { ...decision, state: { ...decision.state, calls: { ...decision.state.calls, [ghost.id]: ghost } } };
      };
      world.calls.add("call_1");
      expect((await world.during(a.centre.join(joining("call_1")))).place).toBeGreaterThan(0);
      await world.settle();
      expect(spoiled).toBe(1);
      expect(await store.waitingCalls(companyId, ["call_1.1", "call_ghost.1"])).toMatchObject([{ _id: "call_1.1" }]);
      expect((await world.during(a.centre.view(companyId, "op_ann"))).shiftId).toBe("shift_ann");
      expect(world.violations).toEqual([expect.stringContaining("without its card")]);
    });

    test("a process that is alone on its machine goes on at once where the one before it was killed", async () => {
      const { world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      a.kill();
      const b = await world.start({ alone: true });
      const before = world.clock.now();
      expect(await world.during(b.centre.command(companyId, "op_ann", { kind: "signOut" }))).toEqual({ ok: true });
      expect(world.clock.now() - before).toBeLessThanOrEqual(100);
    });

    test("a process that closes gives its leases back at once", async () => {
      const { world } = await begin();
      const a = await world.start();
      await world.during(a.centre.command(companyId, "op_ann", signingIn("shift_ann", "tel_1")));
      const b = await world.start();
      await world.during(a.centre.close());
      const before = world.clock.now();
      expect((await world.during(b.centre.view(companyId, "op_ann"))).state).toBe("available");
      expect(world.clock.now() - before).toBeLessThanOrEqual(500);
      await expect(world.during(a.centre.view(companyId, "op_ann"))).rejects.toMatchObject({
        code: "callCentreUnavailable",
      });
    });
  });
}
