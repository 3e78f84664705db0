import { type AcdState, checkInvariants, emptyState } from "@cordboard/acd";
import { describe, expect, test } from "vitest";
import type { LegReport, OperatorAnswer, OperatorCommand } from "../../ports/index.ts";
import type { CallCentreStore } from "../centre-store.ts";
import { offerOf, shiftOf, waitingCallOf } from "../documents.ts";
import type { FakeCall } from "./fake-calls.ts";
import { card, joining, queue } from "./samples.ts";
import { StormCallbacks, someNumber } from "./storm-callbacks.ts";
import { companyId, type TestProcess, TestWorld } from "./test-process.ts";

const operators = ["op_ann", "op_bob", "op_cleo", "op_dan", "op_eve", "op_finn"];
const queues = [
  queue("queue_sales", ["op_ann", "op_bob", "op_cleo", "op_dan"], {
    order: "longestIdle",
    askAgainMs: 8_000,
    callbacks: { most: 8, attempts: 2, retryMs: 5_000, scheduleId: null },
    atOnce: 2,
    raiseEveryMs: 5_000,
    overflow: { queueIds: ["queue_help"], afterMs: 4_000, fromWaiting: 6 },
  }),
  queue("queue_help", ["op_cleo", "op_dan", "op_eve", "op_finn"], {
    order: "roundRobin",
    missedMeansPause: false,
    wrapUpMs: 3_000,
    offerMs: 6_000,
    askAgainMs: 4_000,
    callbacks: { most: null, attempts: 3, retryMs: 3_000, scheduleId: "schedule_storm" },
    priority: 1,
    autoAcceptMs: 1_500,
    skills: [{ skillId: "english", level: 3, relax: [{ afterMs: 3_000, level: 0 }] }],
    mostWaiting: 2,
    longestWaitMs: 9_000,
  }),
];
const skills = {
  op_ann: { skills: {} },
  op_bob: { skills: { english: 2 }, autoAcceptMs: 2_000 },
  op_cleo: { skills: { english: 4 } },
  op_dan: { skills: { english: 1 } },
};

export interface StormSize {
  readonly rounds: number;
  readonly steps: number;
}

/** Random callers and operators, processes that die, messages that get lost; the same numbers give the same storm. */
export function describeStorm(name: string, makeStore: () => Promise<CallCentreStore>, size: StormSize): void {
  describe(`a storm over the call centre on ${name}`, () => {
    const seen = new Set<string>();
    test.each(Array.from({ length: size.rounds }, (_, at) => at + 1))(
      "two processes, random events, deaths and lost messages keep every promise (storm %i)",
      async (seed) => {
        const storm = new Storm(new TestWorld(await makeStore(), queues), seed);
        await storm.rage(size.steps);
        await storm.calm();
        for (const rule of await storm.rulesSeen()) seen.add(rule);
        expect(await storm.brokenPromises()).toEqual([]);
        // A storm in which little happened would prove little.
        expect(storm.connected).toBeGreaterThan(size.steps / 100);
        expect(storm.deaths).toBeGreaterThan(0);
        expect(storm.made).toBeGreaterThan(size.steps / 200);
      },
    );

    // Short storms need not meet all of them.
    if (size.rounds * size.steps >= 5_000) {
      test("the storms met every rule of who is asked", () => {
        expect([...seen].sort()).toEqual(everyRule);
      });
    }
  });
}

/** What the offers and visits of the storms must tell of: rules that had no say would prove little. */
const everyRule = [
  "alsoAsked",
  "full",
  "itself",
  "movedUp",
  "overflow",
  "overflowed",
  "preferred",
  "skill",
  "takenByOther",
];

class Storm {
  readonly #callersAtOnce: number;
  readonly #offersMade = new Set<string>();
  readonly accepted = new Set<string>();
  deaths = 0;
  readonly #world: TestWorld;
  readonly #random: () => number;
  readonly #places = new Map<string, number>();
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #broken: string[] = [];
  readonly #callbacks: StormCallbacks;
  #processes: TestProcess[] = [];
  #pending = 0;
  #names = 0;

  constructor(world: TestWorld, seed: number) {
    this.#world = world;
    this.#random = mulberry(seed);
    // Few, and operators wait for calls; many, and calls wait for operators.
    this.#callersAtOnce = seed % 3 === 0 ? 5 : 25;
    world.operators = skills;
    world.spoil = (decision) => {
      for (const intent of decision.intents) if (intent.type === "offer") this.#offersMade.add(intent.offerId);
      return decision;
    };
    world.calls.onTurnedAway = (call) => {
      this.#hangUp(call);
    };
    const owe = (who: string, tell: (process: TestProcess) => Promise<void>) => this.#owe(who, tell);
    const pick = <T>(from: readonly T[]) => this.#pick(from);
    this.#callbacks = new StormCallbacks({ world, random: this.#random, pick, owe });
  }

  /** How many calls were placed for callbacks. */
  get made(): number {
    return this.#world.calls.placed.size;
  }

  /** How many offers were accepted, by operators or by themselves, and came to a call: of a caller, or for a callback. */
  get connected(): number {
    const { told, placed } = this.#world.calls;
    return new Set([...told, ...[...placed.values()].map(({ order }) => order)].map(({ offerId }) => offerId)).size;
  }

  async rage(steps: number): Promise<void> {
    this.#processes = [await this.#world.start(), await this.#world.start()];
    this.#world.bus.lost = () => this.#random() < 0.02;
    for (let step = 0; step < steps; step++) {
      this.#act();
      if (step % 20 === 0) this.#heartbeats();
      if (this.#random() < 0.25) await this.#world.advance(Math.floor(this.#random() * 1_500));
      else if (this.#random() < 0.5) await this.#world.settle();
      else await new Promise(setImmediate);
      if (step % 150 === 149) await this.#someoneDies();
    }
  }

  /** Everybody hangs up, everything that is owed is told, and what was left is swept. */
  async calm(): Promise<void> {
    this.#world.bus.lost = () => false;
    for (const call of this.#world.calls.calls.values()) this.#hangUp(call);
    await this.#untilTold();
    this.#callbacks.cancelAll();
    await this.#untilTold();
    if (this.#pending > 0) this.#broken.push(`${this.#pending} requests were never answered`);
    for (let wait = 0; wait < 6; wait++) {
      this.#heartbeats();
      await this.#world.advance(10_000);
    }
  }

  /** Calls that are placed meanwhile are over at once. */
  async #untilTold(): Promise<void> {
    for (let wait = 0; wait < 200; wait++) {
      this.#callbacks.endPlaced();
      if (this.#pending === 0) return;
      await this.#world.advance(1_000);
    }
  }

  async brokenPromises(): Promise<readonly string[]> {
    const { store, clock, violations, calls } = this.#world;
    const broken = [...this.#broken, ...violations, ...calls.faults];
    const open = await store.loadOpen(companyId);
    const state: AcdState = {
      ...emptyState(companyId),
      queues: Object.fromEntries(queues.map((one) => [one.id, one])),
      operators: skills,
      shifts: Object.fromEntries(open.shifts.map((one) => [one._id, shiftOf(one)])),
      calls: Object.fromEntries(open.waitingCalls.map((one) => [one._id, waitingCallOf(one)])),
      offers: Object.fromEntries(open.offers.map((one) => [one._id, offerOf(one)])),
    };
    for (const { rule, about } of checkInvariants(state, { now: clock.now() }))
      broken.push(`${rule} ${about} at the end`);
    for (const call of open.waitingCalls) broken.push(`${call._id} still waits`);
    for (const offer of open.offers) broken.push(`${offer._id} is still open`);
    for (const { _id, state } of open.shifts) {
      if (state === "talking" || state === "dialling") broken.push(`${_id} is still ${state}`);
    }
    broken.push(...(await this.#callbacks.check()));
    await this.#checkPlaces(broken);
    await this.#checkOffers(broken);
    return broken;
  }

  /** The rules that the records tell of. */
  async rulesSeen(): Promise<readonly string[]> {
    const { store } = this.#world;
    const [offers, visits] = await Promise.all([
      store.offers(companyId, [...this.#offersMade]),
      store.waitingCalls(companyId, [...this.#places.keys()]),
    ]);
    const seen = new Set<string>();
    for (const { why, withdrawReason, autoAcceptMs, shownAt, state } of offers) {
      if (why.first === "alsoAsked" || why.first === "preferred") seen.add(why.first);
      if (why.not.skillMissing || why.not.skillLevel) seen.add("skill");
      if (withdrawReason === "takenByOther") seen.add(withdrawReason);
      if (state === "accepted" && autoAcceptMs !== undefined && typeof shownAt === "number") seen.add("itself");
    }
    for (const { overflow, turnedAway, movedUpAt } of visits) {
      if (overflow) seen.add("overflow");
      if (turnedAway) seen.add(turnedAway);
      if (typeof movedUpAt === "number") seen.add("movedUp");
    }
    return [...seen].sort();
  }

  /** Every place that was promised is the one that was kept, and no two calls have the same. */
  async #checkPlaces(broken: string[]): Promise<void> {
    const visits = await this.#world.store.waitingCalls(companyId, [...this.#places.keys()]);
    const kept = new Map(visits.map((visit) => [visit._id, visit.place]));
    for (const [id, place] of this.#places) {
      // A visit that came after a later one of the same call, or after its end, was never in line.
      if (kept.has(id) && kept.get(id) !== place) broken.push(`${id} was promised ${place} and has ${kept.get(id)}`);
    }
    const mine = new Set(visits.map(({ callId, place }) => `${place} ${callId}`));
    if (mine.size !== new Set(kept.values()).size) broken.push("two calls have the same place");
    if (kept.size < this.#places.size / 2) broken.push("most visits were not kept");
  }

  /** What an operator was told to have accepted is accepted, and so is all that a call was told to dial. */
  async #checkOffers(broken: string[]): Promise<void> {
    const dialled = this.#world.calls.told.map(({ offerId }) => offerId);
    const ids = [...new Set([...this.accepted, ...dialled])];
    const offers = new Map((await this.#world.store.offers(companyId, ids)).map((offer) => [offer._id, offer]));
    for (const id of ids) {
      const offer = offers.get(id);
      if (offer?.state !== "accepted" || offer.outcome === null)
        broken.push(`${id} was accepted but is ${offer?.state}`);
      if (offer && offer.why.eligible[0]?.operatorId !== offer.operatorId) broken.push(`${id} does not say why`);
    }
  }

  #act(): void {
    const dice = this.#random();
    const calls = [...this.#world.calls.calls.values()].filter(({ alive }) => alive);
    const call = this.#pick(calls);
    const dialling = this.#pick(calls.filter(({ dial }) => dial !== null));
    if (dice < 0.12 && calls.length < this.#callersAtOnce) this.#newCall();
    else if (dice < 0.3 && dialling?.dial) this.#moveDial(dialling, dialling.dial);
    else if (dice < 0.33 && call) this.#hangUp(call);
    else if (dice < 0.36 && call && !call.dial) this.#nextVisit(call);
    else if (dice < 0.37 && call) call.unownedUntil = this.#world.clock.now() + 3_000;
    else if (dice < 0.4 && call && !call.dial) this.#leaveNumber(call);
    else if (dice < 0.46) this.#callbacks.move();
    else if (dice < 0.48) this.#meddle(this.#pick(operators) ?? "op_ann");
    else if (dice < 0.485) this.#world.calls.placesFrom = this.#world.clock.now() + 3_000;
    else if (dice < 0.5 && call) {
      this.#owe(
        call.callId,
        async ({ centre }) => void (await centre.supervise(companyId, { kind: "moveUp", callId: call.callId })),
      );
    } else if (dice < 0.505) this.#world.schedules.opensAt.set("schedule_storm", this.#world.clock.now() + 6_000);
    else this.#operatorActs(this.#pick(operators) ?? "op_ann");
  }

  #leaveNumber(call: FakeCall): void {
    const { callId, entry } = call;
    this.#owe(callId, ({ centre }) => centre.leave({ companyId, callId, entry, queueId: "queue_sales" }));
    this.#callbacks.leaveNumber(call, this.#pick(queues)?.id ?? "queue_sales");
    this.#hangUp(call);
  }

  #meddle(operatorId: string): void {
    const queueId = queues.find((one) => one.operatorIds.includes(operatorId))?.id ?? "queue_sales";
    this.#callbacks.meddle(operatorId, queueId, (who, asked, made) =>
      this.#command(who, asked, (answer) => answer.ok && made()),
    );
  }

  #newCall(): void {
    const call = this.#world.calls.add(`call_${this.#names++}`);
    this.#join(call);
  }

  #join(call: FakeCall): void {
    const { callId, entry } = call;
    const queueId = this.#random() < 0.5 ? "queue_sales" : "queue_help";
    const priority = Math.floor(this.#random() * 2);
    const wishes = {
      ...(this.#random() < 0.5 ? { leaveWhenFull: true } : {}),
      ...(this.#random() < 0.2
        ? { preferred: { operators: [this.#pick(operators) ?? ""], last: false, forMs: 2_000 } }
        : {}),
      ...(this.#random() < 0.1
        ? {
            skills: [
              {
                skillId: "english",
                level: 5,
                relax: [
                  { afterMs: 2_000, level: 1 },
                  { afterMs: 6_000, level: 0 },
                ],
              },
            ],
          }
        : {}),
    };
    const request = joining(callId, { entry, queueId, priority, card: card(someNumber(this.#random)), ...wishes });
    const tell = async ({ centre }: TestProcess) => {
      const { place } = await centre.join(request);
      const id = `${callId}.${entry}`;
      const before = this.#places.get(id);
      if (before !== undefined && before !== place) this.#broken.push(`${id} had place ${before}, then ${place}`);
      this.#places.set(id, place);
    };
    this.#owe(callId, tell);
    if (this.#random() < 0.2) this.#owe(callId, tell);
  }

  #nextVisit(call: FakeCall): void {
    const { callId, entry } = call;
    this.#owe(callId, ({ centre }) => centre.leave({ companyId, callId, entry, queueId: "queue_sales" }));
    call.entry += 1;
    this.#join(call);
  }

  #moveDial(call: FakeCall, dial: NonNullable<FakeCall["dial"]>): void {
    const { callId } = call;
    const tell = (report: LegReport) =>
      this.#owe(callId, ({ centre }) => centre.reportLeg({ companyId, callId, offerId: dial.offerId, report }));
    if (dial.answered) {
      call.dial = null;
      tell({ kind: "ended", talkMs: 1_000 });
      // The flow ends after a conversation: a call does not come back to the line by itself.
      this.#hangUp(call);
    } else if (this.#random() < 0.6) {
      dial.answered = true;
      if (this.#random() < 0.5) tell({ kind: "ringing" });
      tell({ kind: "answered" });
    } else {
      call.dial = null;
      tell({ kind: "failed", result: this.#pick(["busy", "silent", "unreachable"] as const) ?? "busy" });
      if (this.#random() < 0.1) tell({ kind: "orphaned" });
    }
  }

  #hangUp(call: FakeCall): void {
    if (!call.alive) return;
    const { callId, dial } = call;
    call.alive = false;
    call.dial = null;
    if (dial?.answered) {
      const report = { kind: "ended", talkMs: 500 } as const;
      this.#owe(callId, ({ centre }) => centre.reportLeg({ companyId, callId, offerId: dial.offerId, report }));
    }
    this.#owe(callId, ({ centre }) => centre.callEnded({ companyId, callId, by: "caller" }));
  }

  #operatorActs(operatorId: string): void {
    const dice = this.#random();
    if (dice < 0.45) this.#seeOffer(operatorId);
    else if (dice < 0.6) this.#command(operatorId, { kind: "ready" });
    else if (dice < 0.75) this.#command(operatorId, { kind: "resume" });
    else if (dice < 0.88) this.#signIn(operatorId);
    else if (dice < 0.9) this.#command(operatorId, { kind: "signOut" });
    else if (dice < 0.93) this.#command(operatorId, { kind: "pause", label: "lunch" });
    else if (dice < 0.96) this.#command(operatorId, { kind: "legCleared" });
    else if (dice < 0.98) this.#command(operatorId, { kind: "disconnected", processId: "proc_agents" });
    else
      this.#command(operatorId, {
        kind: "chooseTelephone",
        telephoneId: this.#telephone(),
        takeOver: this.#random() < 0.5,
      });
  }

  #signIn(operatorId: string): void {
    const queueIds = queues.filter((one) => one.operatorIds.includes(operatorId)).map((one) => one.id);
    const shiftId = `shift_${this.#names++}`;
    const takeOver = this.#random() < 0.3;
    // Mostly their own, though there is one telephone less than operators.
    const own = `tel_${(operators.indexOf(operatorId) % 5) + 1}`;
    const telephoneId = this.#random() < 0.7 ? own : this.#telephone();
    this.#command(operatorId, { kind: "signIn", shiftId, telephoneId, takeOver, queueIds });
    this.#command(operatorId, { kind: "connected", processId: "proc_agents" });
  }

  /** Looks at the screen, and accepts, refuses or lets pass what is there by then. */
  #seeOffer(operatorId: string): void {
    this.#owe(operatorId, async ({ centre }) => {
      const { offer } = await centre.view(companyId, operatorId);
      const dice = this.#random();
      if (offer?.autoAcceptMs !== undefined) this.#command(operatorId, { kind: "offerShown", offerId: offer.offerId });
      if (!offer || dice > 0.85) return;
      const kind = dice < 0.65 ? "accept" : "refuse";
      this.#command(operatorId, { kind, offerId: offer.offerId }, (answer) => {
        if (kind === "accept" && answer.ok) this.accepted.add(offer.offerId);
      });
      if (dice < 0.1) this.#command(operatorId, { kind, offerId: offer.offerId });
    });
  }

  #command(operatorId: string, command: OperatorCommand, then: (answer: OperatorAnswer) => unknown = () => {}): void {
    this.#owe(operatorId, async ({ centre }) => void then(await centre.command(companyId, operatorId, command)));
  }

  #heartbeats(): void {
    for (const operatorId of operators) this.#command(operatorId, { kind: "connected", processId: "proc_agents" });
  }

  /** Told in order for each call and operator, by any process, again until one has answered. */
  #owe(who: string, tell: (process: TestProcess) => Promise<void>): void {
    this.#pending += 1;
    const insist = async () => {
      for (;;) {
        const process = this.#pick(this.#processes.filter(({ alive }) => alive));
        const told = process && Promise.race([tell(process).then(() => true), process.death.then(() => false)]);
        if (await told?.catch(() => false)) break;
        await new Promise<void>((resolve) => this.#world.clock.at(this.#world.clock.now() + 200, resolve));
      }
      this.#pending -= 1;
    };
    this.#tails.set(who, (this.#tails.get(who) ?? Promise.resolve()).then(insist));
  }

  /** At once, or at its next write. */
  async #someoneDies(): Promise<void> {
    const victim = this.#pick(this.#processes);
    if (!victim) return;
    this.deaths += 1;
    if (this.#random() < 0.5) victim.kill();
    else {
      const fate = this.#random() < 0.5 ? "dies before" : "dies after";
      const spared = Math.floor(this.#random() * 8);
      let writes = 0;
      victim.fate = () => (writes++ < spared ? "lives" : fate);
    }
    this.#processes = [...this.#processes.filter(({ alive }) => alive).slice(-3), await this.#world.start()];
  }

  #telephone(): string {
    return this.#pick([...this.#world.telephones]) ?? "tel_1";
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }
}

/** A small generator of numbers between 0 and 1 that can be repeated. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
