import type { AcdEvent, Asked, Shift, SignedIn, TelephoneFailure } from "../src/index.ts";
import { type Fault, type ModelWorld, modelSkills } from "./model-world.ts";

/** One thing that happens, drawn by fast-check: what, to whom (`a`, `b` choose among what there is), and how the host fares. */
export interface Step {
  readonly kind: StepKind;
  readonly a: number;
  readonly b: number;
  readonly fault: Fault;
}

/** What can happen, and how often: mostly calls that go well, so that disturbances meet every phase of one. */
const weights = {
  ring: 7,
  deliver: 18,
  deliverTwice: 3,
  overtake: 3,
  staleHost: 4,
  resumeHost: 3,
  clock: 6,
  sweep: 4,
  signIn: 8,
  signOut: 2,
  tick: 2,
  choose: 3,
  pause: 2,
  resume: 9,
  ready: 9,
  extend: 3,
  accept: 14,
  acceptLate: 3,
  refuse: 4,
  loseConnection: 2,
  reconnect: 5,
  dial: 2,
  outbound: 4,
  force: 1,
  orphan: 1,
  clearLeg: 3,
  answer: 8,
  fail: 4,
  endTalk: 9,
  handOver: 2,
  hangUp: 3,
  leaveLine: 1,
  changeQueue: 1,
  openOrClose: 2,
  show: 6,
  learn: 1,
  moveUp: 2,
  leaveNumber: 3,
  goodbye: 3,
  promise: 2,
  numberAnswers: 6,
  numberFails: 6,
  deskFails: 2,
  endPlaced: 6,
  cancelCallback: 1,
  changeNumber: 1,
  urge: 1,
  moveCallback: 2,
  takeCallback: 3,
  callOut: 2,
  hours: 1,
  moveTo: 1,
  passOn: 2,
  ask: 10,
  consultAnswers: 6,
  consultFails: 4,
  consultEnds: 3,
  give: 4,
  machine: 3,
} as const;

type StepKind = keyof typeof weights;

function isStepKind(name: string): name is StepKind {
  return name in weights;
}

/** Every kind of step, as often as its weight. */
export const stepKinds: readonly StepKind[] = Object.keys(weights)
  .filter(isStepKind)
  .flatMap((kind) => Array.from({ length: weights[kind] }, () => kind));

function take<T>(list: readonly T[], index: number): T | undefined {
  return list.length === 0 ? undefined : list[index % list.length];
}

/** Does one step; an event that a call reports stays in its outbox until a host has finished with it. */
export function doStep(world: ModelWorld, { kind, a, b, fault }: Step): void {
  const { telephony } = world;
  const { callbacks } = telephony;
  switch (kind) {
    case "ring": {
      if (telephony.inPhase("waiting", "dialling", "backing", "talking").length >= world.callsAtOnce) return;
      const lines = [["queue_sales"], ["queue_help"], ["queue_vip"], ["queue_sales", "queue_help"]];
      const named = { operatorId: take(world.operators, a) ?? "op_1", only: b % 2 === 0 };
      const asked = { ...wish(world, a, b), ...(b % 9 === 0 ? { named } : {}) };
      telephony.ring(take(lines, a) ?? [], b % 10 === 0 ? 5 : 0, b % 4 === 0, asked);
      return;
    }
    case "deliver":
      deliver(world, 0, fault, false);
      return;
    case "deliverTwice":
      deliver(world, a, fault, true);
      return;
    case "overtake":
      deliver(world, a, fault, false);
      return;
    case "staleHost": {
      const stale = world.store.load();
      deliver(world, 0, { kind: "none" }, false);
      const event = take(telephony.outbox, a) ?? { type: "sweep" };
      const finished = world.handle(event, fault, stale);
      if (finished) drop(world, event);
      return;
    }
    case "resumeHost": {
      const [held] = world.held.splice(a % Math.max(1, world.held.length), 1);
      if (held !== undefined) world.resume(held);
      return;
    }
    case "clock":
      world.remembered = world.store.load();
      world.now += (a % 5) * 1_000 + (b % 7 === 0 ? 20_000 : 0);
      return;
    case "answer":
      withOne(telephony.inPhase("dialling"), a, (call) => telephony.answer(call));
      return;
    case "fail":
      withOne(telephony.inPhase("dialling"), a, (call) => telephony.fail(call, failureOf(b)));
      return;
    case "endTalk":
      withOne(telephony.inPhase("talking"), a, (call) => telephony.endConversation(call));
      return;
    case "handOver":
      withOne(telephony.inPhase("talking"), a, (call) => telephony.handOver(call));
      return;
    case "passOn": {
      const named = { operatorId: take(world.operators, a) ?? "op_1", only: b % 2 === 0 };
      withOne(telephony.inPhase("talking"), a, (call) =>
        telephony.passOn(call, [take([...world.store.queues.keys()], b) ?? ""], b % 3 === 0 ? null : named),
      );
      return;
    }
    case "ask":
      withOne(telephony.inPhase("talking"), a, (call) => {
        // Mostly somebody who is free.
        const free = world.openShifts().filter(({ state }) => state === "available" && b % 4 > 0);
        const asked = take(free, b)?.operatorId ?? take(world.operators, b);
        telephony.ask(call, call.queueIds, asked ?? "op_1");
      });
      // Often they take it at once, or nobody would ever come so far among all the others.
      if (b % 2 === 0) takeAsked(world, fault);
      return;
    case "consultAnswers":
      withOne(telephony.asking(false), a, (call) => telephony.consultAnswers(call));
      return;
    case "consultFails":
      withOne(telephony.asking(false), a, (call) => telephony.consultFails(call, failureOf(b)));
      return;
    case "consultEnds":
      withOne(b % 2 === 0 ? telephony.asking(true) : telephony.inPhase("talking"), a, (call) =>
        telephony.endConsult(call),
      );
      return;
    case "give":
      withOne(telephony.asking(true), a, (call) => telephony.give(call));
      return;
    case "hangUp":
      withOne(telephony.inPhase("waiting", "dialling", "backing", "talking"), a, (call) => telephony.hangUp(call));
      return;
    case "leaveLine":
      withOne(telephony.inPhase("waiting"), a, (call) => telephony.leaveLine(call));
      return;
    case "leaveNumber":
      withOne(telephony.inPhase("waiting"), a, (call) => telephony.leaveNumber(call, b % 3 === 0 ? "hours_own" : null));
      return;
    case "goodbye":
      telephony.hearGoodbye(a);
      return;
    case "promise": {
      const queueId = take([...world.store.queues.keys()], a) ?? "";
      const place = telephony.drawPlace();
      const once = a % 2 === 0;
      const slotAt = once || b % 3 === 0 ? undefined : slotFrom(world.now, b);
      callbacks.promise({
        ...{ number: `+33${b % 7}`, queueId, place, scheduleId: null, once },
        ...(slotAt !== undefined && { slotAt }),
      });
      return;
    }
    case "numberAnswers":
      withOne(callbacks.inPhase("ringing"), a, (call) => callbacks.answer(call));
      return;
    case "numberFails":
      withOne(callbacks.inPhase("ringing"), a, (call) =>
        callbacks.numberFails(call, b % 7 === 3 ? "machine" : failureOf(b)),
      );
      return;
    case "deskFails":
      withOne(callbacks.inPhase("ringing"), a, (call) => callbacks.deskFails(call, failureOf(b)));
      return;
    case "endPlaced":
      withOne(callbacks.inPhase(b % 4 === 0 ? "ringing" : "talking"), a, (call) => callbacks.end(call));
      return;
    default: {
      const event = operatorEvent(world, kind, a, b);
      if (event !== undefined) world.handle(event, fault, b % 6 === 0 ? world.remembered : undefined);
    }
  }
}

/** What is on its way is delivered, and whoever was asked last accepts. */
function takeAsked(world: ModelWorld, fault: Fault): void {
  for (const _ of [...world.telephony.outbox]) deliver(world, 0, { kind: "none" }, false);
  const offered = world.seen.at(-1);
  if (offered) world.handle({ type: "accepted", ...offered }, fault);
}

/** What some callers ask for: a skill, operators whom they know, to be told when the line is full; what they had before. */
function wish({ operators, now }: ModelWorld, a: number, b: number): Asked {
  const known = operators.filter((_, at) => (at + a) % 4 === 0);
  // At last anybody will do: not every queue has somebody who knows it.
  const relax = [
    { afterMs: 9_000, level: a % 3 },
    { afterMs: 30_000, level: 0 },
  ];
  return {
    ...(b % 5 === 1 ? { skills: [{ skillId: "billing", level: 4, relax }] } : {}),
    ...(b % 5 === 2 ? { preferred: { operatorIds: known, forMs: 6_000 } } : {}),
    ...(b % 3 === 0 ? { leaveWhenFull: true } : {}),
    ...(b % 7 === 3 ? { before: { since: now - 40_000, movedUpAt: a % 3 === 0 ? now - 20_000 : null } } : {}),
  };
}

/** One of the next slots of 20 s, or as soon as possible. */
function slotFrom(now: number, chance: number): number | null {
  return chance % 4 === 0 ? null : (Math.floor(now / 20_000) + (chance % 4)) * 20_000;
}

function failureOf(b: number): TelephoneFailure {
  return take(["busy", "silent", "unreachable"] as const, b) ?? "busy";
}

function withOne<T>(list: readonly T[], index: number, act: (one: T) => void): void {
  const one = take(list, index);
  if (one !== undefined) act(one);
}

function deliver(world: ModelWorld, index: number, fault: Fault, keep: boolean): void {
  const event = take(world.telephony.outbox, index);
  if (event === undefined || !world.handle(event, fault)) return;
  if (event.type === "telephoneFailed") expectHeard(world, event);
  if (!keep) drop(world, event);
}

/** A host is done with a dial that failed: the caller must not be left between the dial and the line. */
function expectHeard({ telephony }: ModelWorld, event: Extract<AcdEvent, { type: "telephoneFailed" }>): void {
  const call = telephony.find(event.callId);
  if (call?.phase === "backing" && call.offerId === event.offerId) throw new Error(`${call.id} hears nothing`);
}

function drop(world: ModelWorld, event: AcdEvent): void {
  const at = world.telephony.outbox.indexOf(event);
  if (at >= 0) world.telephony.outbox.splice(at, 1);
}

type OperatorStep = Exclude<
  Step["kind"],
  | "ring"
  | "deliver"
  | "deliverTwice"
  | "overtake"
  | "staleHost"
  | "resumeHost"
  | "clock"
  | "answer"
  | "fail"
  | "endTalk"
  | "handOver"
  | "hangUp"
  | "leaveLine"
  | "leaveNumber"
  | "goodbye"
  | "promise"
  | "numberAnswers"
  | "numberFails"
  | "deskFails"
  | "endPlaced"
  | "passOn"
  | "ask"
  | "consultAnswers"
  | "consultFails"
  | "consultEnds"
  | "give"
>;

function operatorEvent(world: ModelWorld, kind: OperatorStep, a: number, b: number): AcdEvent | undefined {
  const all = b % 8 === 7 ? [...world.store.shifts.values()] : world.openShifts();
  const shift: Shift | undefined = take(all, a);
  const shiftId = shift?.id ?? "shift_none";
  const seen = take(world.seen.slice(-3), a);
  const promised = take([...world.telephony.callbacks.promises.keys()].slice(-4), b) ?? "callback_none";
  switch (kind) {
    case "sweep":
      return { type: "sweep" };
    case "signIn":
      return signIn(world, take(world.operators, a) ?? "op_1", b);
    case "signOut":
      return b % 3 === 0 ? { type: "signedOut", shiftId } : undefined;
    case "tick":
      return { type: "queuesTicked", shiftId, queueIds: served(world, shift?.operatorId ?? "").slice(b % 2) };
    case "choose":
      return {
        type: "telephoneChosen",
        shiftId,
        telephoneId: take([...world.telephones, null], b) ?? null,
        takeOver: a % 2 === 0,
      };
    case "pause":
      return { type: "paused", shiftId, label: b % 2 === 0 ? "lunch" : null };
    case "resume":
      return { type: "resumed", shiftId };
    case "ready":
      return { type: "ready", shiftId };
    case "extend":
      return { type: "wrapUpExtended", shiftId };
    case "accept":
      return seen && { type: "accepted", ...seen };
    case "acceptLate": {
      const late = take(world.seen.slice(-12), a);
      return late && { type: "accepted", offerId: late.offerId, shiftId: b % 4 === 0 ? shiftId : late.shiftId };
    }
    case "refuse":
      return seen && { type: "refused", ...seen };
    case "show":
      return seen && { type: "offerShown", ...seen };
    case "moveUp":
      return { type: "callMovedUp", callId: take(world.telephony.inPhase("waiting"), a)?.id ?? promised };
    case "learn": {
      const known = modelSkills[take(world.operators, a) ?? ""];
      const operators = {
        ...modelSkills,
        ...(known ? { [take(world.operators, b) ?? ""]: { ...known, skills: b % 2 === 0 ? known.skills : {} } } : {}),
      };
      world.store.operators = operators;
      return { type: "operatorsSeen", operators };
    }
    case "loseConnection":
      return { type: "connectionLost", shiftId, connectionId: shift?.connection.id ?? "conn_old" };
    case "reconnect":
      return { type: "connectionBack", shiftId, connectionId: `conn_${world.decisions}` };
    case "dial":
      return { type: "dialStarted", shiftId, callId: `call_out_${b % 9}` };
    case "outbound":
      return outbound(world, a, b);
    case "force":
      return { type: "forced", shiftId, to: take(["available", "paused", "offline"] as const, b) ?? "paused" };
    case "orphan":
      return { type: "legOrphaned", shiftId, callId: "call_orphan" };
    case "clearLeg":
      return { type: "legClearedByOperator", shiftId };
    case "cancelCallback":
      return { type: "callbackCancelled", callId: promised };
    case "changeNumber":
      return { type: "callbackChanged", callId: promised, number: `+33${b % 9}` };
    case "urge":
      return { type: "callbackUrged", callId: promised };
    case "moveCallback":
      return { type: "callbackMoved", callId: promised, slotAt: slotFrom(world.now, a) };
    case "takeCallback":
      return { type: "callbackTaken", shiftId, callId: promised, promise: null };
    case "callOut":
      return world.telephony.takeOwn(shiftId, `+33${b % 7}`, take([...world.store.queues.keys()], a) ?? "");
    case "machine": {
      const on = take(
        world.openShifts().filter(({ current }) => world.telephony.callbacks.promises.has(current?.callId ?? "")),
        a,
      );
      const { callId = "callback_none", offerId } = on?.current ?? {};
      const said = { type: "machineFound", shiftId: on?.id ?? "shift_none", callId } as const;
      return { ...said, offerId: offerId ?? "offer_none", call: world.store.calls.get(`${callId}.1`) ?? null };
    }
    case "hours": {
      const open = ["hours_help", "hours_own"].filter((_, at) => (b >> at) % 2 === 0);
      world.store.openSchedules = open;
      return { type: "schedulesSeen", open };
    }
    case "moveTo":
      return { type: "callMovedTo", callId: waiting(world, a), queueId: take([...world.store.queues.keys()], b) ?? "" };
    case "openOrClose": {
      const queue = take([...world.store.queues.values()], a);
      if (queue === undefined) return undefined;
      const until = b % 2 === 0 ? null : world.now + b * 10_000;
      const said = { until, sendsAway: b % 3 === 0, at: world.now, by: "Zoe", reason: "" };
      const states = [null, "closed", "open"] as const;
      const state = take(states, b);
      const byHand = state ? { ...said, state } : null;
      const changed = { ...queue, opening: { scheduleId: a % 4 === 0 ? "hours_own" : null, byHand } };
      world.store.queues.set(queue.id, changed);
      return { type: "queueChanged", queue: changed };
    }
    case "changeQueue": {
      const queue = take([...world.store.queues.values()], a);
      if (queue === undefined) return undefined;
      const order = take(["longestIdle", "roundRobin", "fixed", "fewestCalls"] as const, b) ?? "fixed";
      const afterMissed = take(["pause", "stay", "signOut"] as const, a + b) ?? "pause";
      const changed = { ...queue, order, afterMissed, atOnce: 1 + (b % 3) };
      world.store.queues.set(queue.id, changed);
      return { type: "queueChanged", queue: changed };
    }
  }
}

function waiting({ telephony }: ModelWorld, a: number): string {
  return take(telephony.inPhase("waiting", "dialling"), a)?.id ?? "call_none";
}

/** What becomes of a call that an operator dialled. */
function outbound(world: ModelWorld, a: number, b: number): AcdEvent | undefined {
  const on = take(
    world.openShifts().flatMap(({ current }) => (current?.offerId === null ? [current.callId] : [])),
    a,
  );
  if (on === undefined) return undefined;
  const ends = [
    { type: "telephoneAnswered", callId: on, offerId: null },
    { type: "telephoneAnswered", callId: on, offerId: null },
    { type: "telephoneRinging", callId: on, offerId: null, rings: b % 2 === 0 ? "number" : "telephone" },
    { type: "telephoneFailed", callId: on, offerId: null, how: "silent" },
    { type: "numberFailed", callId: on, offerId: null, how: "busy" },
    { type: "conversationEnded", callId: on, offerId: null },
    { type: "callHungUp", callId: on },
  ] as const;
  return take(ends, b);
}

export function signIn(world: ModelWorld, operatorId: string, b: number): SignedIn {
  return {
    type: "signedIn",
    operatorId,
    shiftId: `shift_${operatorId}_${world.decisions}`,
    telephoneId: take(world.telephones, b) ?? null,
    takeOver: b % 3 === 0,
    queueIds: served(world, operatorId),
    connectionId: `conn_${world.decisions}`,
  };
}

function served(world: ModelWorld, operatorId: string): readonly string[] {
  return [...world.store.queues.values()].filter((queue) => queue.operatorIds.includes(operatorId)).map(({ id }) => id);
}
