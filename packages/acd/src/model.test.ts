import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { doStep, type Step, signIn, stepKinds } from "../test/model-steps.ts";
import { type Fault, ModelWorld, modelSkills } from "../test/model-world.ts";
import { operatorTransitions } from "./operator-states.ts";

/** Every way that some decision took, as `from to reason`: at the end, each of the table must be among them. */
const taken = vi.hoisted(() => new Set<string>());
vi.mock("./operator-states.ts", async (original) => {
  const real = await original<typeof import("./operator-states.ts")>();
  const isTransition: typeof real.isTransition = (from, to, reason) => {
    taken.add(`${from} ${to} ${reason ?? ""}`);
    return real.isTransition(from, to, reason);
  };
  return { ...real, isTransition };
});

const eventsAimedAt = Number(process.env.CORDBOARD_MODEL_EVENTS ?? 100_000);
const stepsPerRun = 400;

const faults: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Fault>({ kind: "none" }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("crash" as const), afterWrites: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("held" as const), afterWrites: fc.nat(4) }) },
);
const steps: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...stepKinds),
  a: fc.nat(40),
  b: fc.nat(40),
  fault: faults,
});

test(`O1–O16 hold after every decision, every caller who stays is served and every promise kept or given up, over ${eventsAimedAt} events with crashes, stale hosts, repeats and overtaking`, {
  // A fifth of a millisecond of the processor each; where several share it, or a failure is made smaller, many times that.
  timeout: 60_000 + eventsAimedAt * 5,
}, () => {
  let decisions = 0;
  const ends = new Set<string>();
  const run = (callsAtOnce: number, list: readonly Step[]) => {
    const world = new ModelWorld(callsAtOnce);
    for (const [at, operatorId] of world.operators.entries()) world.handle(signIn(world, operatorId, at));
    for (const step of list) doStep(world, step);
    decisions += world.decisions;
    comeToRest(world);
    expectNothingLost(world);
    for (const { callback, leftReason } of world.store.calls.values()) {
      if (callback) ends.add(`${callback.once ? "own" : "promised"} ${leftReason}`);
      for (const { result, corrected } of callback?.attempts ?? []) ends.add(corrected ? "corrected" : result);
    }
    for (const deed of world.telephony.deeds) ends.add(deed);
    noteRules(world, ends);
  };
  const property = fc.property(
    fc.integer({ min: 1, max: 12 }),
    fc.array(steps, { minLength: 1, maxLength: stepsPerRun, size: "max" }),
    run,
  );
  for (let seed = 1; decisions < eventsAimedAt; seed++) fc.assert(property, { numRuns: 50, seed });
  expect(decisions).toBeGreaterThanOrEqual(eventsAimedAt);
  expect([...ends].sort()).toEqual([...everyEnd].sort());
  expect(operatorTransitions.flatMap(waysOf).filter((way) => !taken.has(way))).toEqual([]);
});

/** Which rules had their say, as the records tell. */
function noteRules({ store }: ModelWorld, ends: Set<string>): void {
  for (const { turnedAway, overflow, movedUpAt } of store.calls.values()) {
    if (turnedAway) ends.add(`turned away: ${turnedAway}`);
    if (overflow) ends.add(`overflow by ${overflow.by}`);
    if (typeof movedUpAt === "number") ends.add("moved up");
  }
  for (const { why, withdrawReason, autoAcceptMs, shownAt, state, endedAt } of store.offers.values()) {
    if (why.first === "preferred" || why.first === "bestSkill" || why.first === "alsoAsked") ends.add(why.first);
    if (why.first === "named") ends.add("named");
    if (withdrawReason === "takenByOther") ends.add("taken by other");
    for (const reason of ["skillMissing", "skillLevel", "notPreferredYet", "askedToo"] as const) {
      if (why.not[reason]) ends.add(reason);
    }
    const due = (shownAt ?? Number.POSITIVE_INFINITY) + (autoAcceptMs ?? 0);
    if (state === "accepted" && autoAcceptMs !== undefined && (endedAt ?? 0) >= due) ends.add("accepted by itself");
  }
}

/** How callbacks ended, and their attempts, and every rule that was asked: a model that never came there would prove little. */
const everyEnd = [
  ...["accepted by itself", "alsoAsked", "askedToo", "bestSkill", "moved up", "named", "notPreferredYet"],
  "overflow by length",
  ...["overflow by time", "preferred", "skillLevel", "skillMissing", "taken by other"],
  ...["turned away: closed", "turned away: full", "turned away: overflowed"],
  ...["consult called off", "consult ended", "consult failed", "consult given", "consult refused"],
  ...["corrected", "passed on"],
  ...[
    "answered",
    "numberBusy",
    "numberMachine",
    "numberSilent",
    "numberUnreachable",
    "own answered",
    "own calledIn",
    "own cancelled",
  ],
  ...["own givenUp", "promised answered", "promised calledIn", "promised cancelled", "promised givenUp"],
];

function waysOf({ from, to, reasons }: (typeof operatorTransitions)[number]): readonly string[] {
  return (reasons ?? [""]).map((reason) => `${from} ${to} ${reason}`);
}

/** Faults end, everybody works: what the calls reported is delivered, operators sign in and take what they are offered. */
function comeToRest(world: ModelWorld): void {
  const { telephony } = world;
  const { callbacks } = telephony;
  for (const held of world.held.splice(0)) world.resume(held);
  const open = ["hours_help", "hours_own"];
  world.store.openSchedules = open;
  world.handle({ type: "schedulesSeen", open });
  for (const { opening: _, ...queue } of [...world.store.queues.values()]) {
    world.store.queues.set(queue.id, queue);
    world.handle({ type: "queueChanged", queue });
  }
  world.store.operators = modelSkills;
  world.handle({ type: "operatorsSeen", operators: modelSkills });
  while (telephony.sayingGoodbye.length > 0) telephony.hearGoodbye(0);
  for (let round = 0; round < 100 && !isAtRest(world); round++) {
    for (const event of telephony.overButHolding(world.store.calls.values())) world.handle(event);
    for (const event of telephony.outbox.splice(0)) world.handle(event);
    for (const operatorId of world.operators) world.handle({ ...signIn(world, operatorId, 0), telephoneId: null });
    for (const { id: shiftId, connection, orphanedLeg, telephoneId, state, current } of world.openShifts()) {
      // A call that was dialled ends once it is placed: that it comes to be placed is the host's to see to, whatever died meanwhile.
      const isPlaced = current?.dialConfirmed === true || state !== "dialling";
      if (current?.offerId === null && isPlaced) {
        world.handle({ type: "conversationEnded", callId: current.callId, offerId: null });
      }
      if (connection.id === null)
        world.handle({ type: "connectionBack", shiftId, connectionId: `conn_${world.decisions}` });
      if (orphanedLeg !== null) world.handle({ type: "legClearedByOperator", shiftId });
      for (const free of telephoneId === null ? world.telephones : []) {
        world.handle({ type: "telephoneChosen", shiftId, telephoneId: free, takeOver: false });
      }
      if (state === "paused") world.handle({ type: "resumed", shiftId });
      if (state === "wrapUp" || state === "handedOver") world.handle({ type: "ready", shiftId });
      const queueIds = [...world.store.queues.values()].filter((queue) =>
        queue.operatorIds.includes(world.store.shifts.get(shiftId)?.operatorId ?? ""),
      );
      world.handle({ type: "queuesTicked", shiftId, queueIds: queueIds.map((queue) => queue.id) });
    }
    for (const { id: shiftId, state, current } of world.openShifts()) {
      const offerId = current?.offerId;
      if (state === "offered" && typeof offerId === "string") world.handle({ type: "accepted", shiftId, offerId });
    }
    for (const call of telephony.inPhase("dialling")) telephony.answer(call);
    for (const call of telephony.inPhase("talking")) telephony.endConversation(call);
    // Some numbers never answer: their promises are given up, after the attempts that were stated.
    for (const call of callbacks.inPhase("ringing")) {
      if (call.callbackId.endsWith("3")) callbacks.numberFails(call, "silent");
      else callbacks.answer(call);
    }
    for (const call of callbacks.inPhase("talking")) callbacks.end(call);
    world.now += 4_000;
    world.handle({ type: "sweep" });
  }
}

function isAtRest(world: ModelWorld): boolean {
  const { telephony, store } = world;
  if (world.openShifts().some((shift) => shift.state !== "available")) return false;
  if (["ringing", "talking"].some((phase) => telephony.callbacks.placed.some((call) => call.phase === phase)))
    return false;
  const busy = [...store.calls.values(), ...store.offers.values()].some((entity) => entity.closedAt === null);
  return !busy && telephony.outbox.length === 0 && telephony.inPhase("waiting", "dialling", "talking").length === 0;
}

function expectNothingLost(world: ModelWorld): void {
  const { telephony, store } = world;
  expect(telephony.doubleDials).toEqual([]);
  // Every caller was connected, hung up, or left: nobody is still waiting for an operator who is free.
  expect(telephony.calls.filter((call) => call.phase !== "gone")).toEqual([]);
  expect([...store.calls.values()].filter((call) => call.closedAt === null)).toEqual([]);
  expect([...store.offers.values()].filter((offer) => offer.closedAt === null)).toEqual([]);
  // Nobody is kept busy by a call that is over.
  expect(world.openShifts().filter((shift) => shift.state !== "available")).toEqual([]);
  // O3: whoever accepted got the caller on the line, unless the caller had gone.
  for (const offerId of world.accepted) {
    const offer = store.offers.get(offerId);
    const placed = telephony.callbacks.of(offerId) !== undefined;
    const dialledFor = telephony.find(offer?.callId ?? "")?.dialled;
    const dialled = placed || dialledFor?.has(offerId) === true;
    // Two who were asked at once accepted past each other's writes: one of them has the caller, and the other is told.
    const slower =
      offer?.outcome === "repaired" &&
      [...store.offers.values()].some(
        (one) => one.id !== offerId && one.waitingCallId === offer.waitingCallId && dialledFor?.has(one.id) === true,
      );
    // The caller's own word counts too: of two decisions in a row that are cut, the second may take along how the first one ended.
    const gone = offer?.outcome === "callerLeft" || telephony.tooLate.has(offerId);
    expect(dialled || slower || gone, `${offerId} was accepted`).toBe(true);
  }
  // O6: the place is the one that was drawn, to the end.
  for (const call of store.calls.values()) {
    expect(call.place).toBe((telephony.find(call.callId) ?? telephony.callbacks.promises.get(call.callId))?.place);
  }
  expectPromisesKept(world);
}

/** O11 against what really happened: every promise is there, was made or given up, and every attempt was one. */
function expectPromisesKept({ telephony: { callbacks }, store }: ModelWorld): void {
  expect(callbacks.doubles).toEqual([]);
  const results = {
    busy: "numberBusy",
    silent: "numberSilent",
    unreachable: "numberUnreachable",
    machine: "numberMachine",
    answered: "answered",
  };
  for (const { callId, number, queueId, once } of callbacks.promises.values()) {
    const call = store.calls.get(`${callId}.1`);
    if (call === undefined) {
      // Merged with one that was promised before, or refused because the queue has promised enough, or its operator was not free.
      if (once) continue;
      const others = [...store.calls.values()].filter((one) => one.callback !== null && one.queueIds[0] === queueId);
      expect(others.length, `${callId} to ${number} was promised`).toBeGreaterThan(0);
      continue;
    }
    expect(["answered", "givenUp", "cancelled", "calledIn"]).toContain(call.leftReason);
    for (const { offerId, result, corrected } of call.callback?.attempts ?? []) {
      const truly = callbacks.of(offerId)?.result ?? null;
      const told = truly && results[truly];
      // What an operator says of an answer is believed; nothing else is.
      expect([told, result], `${offerId} of ${callId}`).toEqual(
        corrected ? ["answered", "numberMachine"] : [told, told],
      );
    }
  }
}
