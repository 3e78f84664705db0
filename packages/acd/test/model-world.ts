import {
  type AcdEvent,
  type AcdState,
  type Change,
  changes,
  checkInvariants,
  type Decision,
  decide,
  type Intent,
  type Offer,
  type Queue,
  type Shift,
  waitingCallId,
} from "../src/index.ts";
import { cameTooSoon, checkIntents, checkLine } from "./model-oracle.ts";
import { deepFreeze, ModelStore } from "./model-store.ts";
import { ModelTelephony } from "./model-telephony.ts";

/** How a host fares with one decision. */
export type Fault =
  | { readonly kind: "none" }
  /** Dies after this many writes: the rest and the intents are lost. */
  | { readonly kind: "crash"; readonly afterWrites: number }
  /** Is held up after this many writes, and goes on later with what it decided then. */
  | { readonly kind: "held"; readonly afterWrites: number };

interface Held {
  readonly rest: readonly Change[];
  readonly intents: readonly Intent[];
}

const operators = ["op_1", "op_2", "op_3", "op_4", "op_5"];

const modelQueues: readonly Queue[] = [
  {
    ...times(),
    id: "queue_sales",
    order: "longestIdle",
    operatorIds: ["op_1", "op_2", "op_3", "op_4"],
    atOnce: 2,
    raiseEveryMs: 15_000,
    overflow: { queueIds: ["queue_vip"], afterMs: 20_000, fromWaiting: 3 },
  },
  {
    ...times(),
    id: "queue_help",
    order: "roundRobin",
    operatorIds: ["op_3", "op_4", "op_5"],
    wrapUpMs: 8_000,
    mostWaiting: 2,
    longestWaitMs: 45_000,
    skills: [
      {
        skillId: "english",
        level: 3,
        relax: [
          { afterMs: 12_000, level: 2 },
          { afterMs: 40_000, level: 0 },
        ],
      },
    ],
    wrapUpExtension: { ms: 6_000, most: 2 },
    callbacks: {
      ...{ most: 3, attempts: 2, retryMs: 30_000, scheduleId: "hours_help" },
      slots: { lengthMs: 20_000, most: 1 },
    },
  },
  {
    ...times(),
    id: "queue_vip",
    order: "fewestCalls",
    operatorIds: ["op_5", "op_1"],
    refusalAllowed: false,
    missedMeansPause: false,
    priority: 3,
    autoAcceptMs: 2_000,
  },
];

function times(): Omit<Queue, "id" | "order" | "operatorIds"> {
  return {
    companyId: "co_1",
    offerMs: 15_000,
    wrapUpMs: null,
    refusalAllowed: true,
    missedMeansPause: true,
    askAgainMs: 60_000,
    askAgainAloneMs: 10_000,
    callbacks: { most: null, attempts: 3, retryMs: 20_000, scheduleId: null },
  };
}

/** What the operators know where nobody has changed it: somebody can take every call. */
export const modelSkills: AcdState["operators"] = {
  op_1: { skills: { english: 1 } },
  op_2: { skills: {}, autoAcceptMs: 1_000 },
  op_3: { skills: { english: 5, billing: 2 } },
  op_4: { skills: { english: 2, billing: 4 } },
  op_5: { skills: { english: 3 } },
};

/** One company with its store, its calls and its hosts; every decision made in it is checked. */
export class ModelWorld {
  readonly store = new ModelStore();
  readonly telephony = new ModelTelephony();
  readonly operators = operators;
  readonly telephones = ["tel_1", "tel_2", "tel_3", "tel_4", "tel_5", "tel_6"];
  /** Offers that agents were shown: what they may accept or refuse, in time or late. */
  readonly seen: { readonly shiftId: string; readonly offerId: string }[] = [];
  /** Offers whose acceptance reached the store. */
  readonly accepted = new Set<string>();
  readonly held: Held[] = [];
  /** What some host loaded a while ago. */
  remembered: AcdState = this.store.load();
  readonly callsAtOnce: number;
  now = 1_000_000;
  decisions = 0;
  #fresh = 0;

  /** `callsAtOnce`: few, and operators wait for calls; many, and calls wait for operators. */
  constructor(callsAtOnce: number) {
    this.callsAtOnce = callsAtOnce;
    for (const queue of modelQueues) this.store.queues.set(queue.id, queue);
    this.store.operators = modelSkills;
  }

  openShifts(): readonly Shift[] {
    return Object.values(this.store.load().shifts);
  }

  /** Decides on what was loaded (perhaps long ago) and checks the decision, but writes nothing. */
  decideOn(loaded: AcdState, event: AcdEvent): Decision {
    this.decisions++;
    const frozen = deepFreeze(loaded);
    const decision = decide(frozen, event, { now: this.now, fresh: `${++this.#fresh}` });
    const problems = [
      ...checkInvariants(decision.state, { now: this.now, before: loaded }).map(
        ({ rule, about }) => `${rule} ${about}`,
      ),
      ...checkLine(loaded, decision, this.now),
      ...checkIntents(loaded, decision),
    ];
    if (problems.length > 0) throw new Error(`after ${JSON.stringify(event)}: ${problems.join(", ")}`);
    return decision;
  }

  /** An event meets a host: load, decide, write; who loses a race loads and decides again. Returns whether all was written. */
  handle(event: AcdEvent, fault: Fault = { kind: "none" }, stale?: AcdState): boolean {
    let loaded = stale ?? this.store.load(event);
    for (let attempt = 0; ; attempt++) {
      if (attempt > 1) throw new Error(`nobody else writes, yet the store refuses ${JSON.stringify(event)}`);
      const decision = this.decideOn(loaded, event);
      const toWrite = changes(loaded, decision.state);
      const limit = fault.kind === "none" ? toWrite.length : Math.min(fault.afterWrites, toWrite.length);
      const written = this.#write(toWrite.slice(0, limit));
      if (written < limit) {
        loaded = this.store.load(event);
        continue;
      }
      if (limit < toWrite.length || fault.kind === "crash") {
        if (fault.kind === "held") this.held.push({ rest: toWrite.slice(limit), intents: decision.intents });
        return false;
      }
      this.#carryOut(decision.intents);
      return true;
    }
  }

  /** A host that was held up goes on, until it finds that somebody was faster. */
  resume(held: Held): void {
    if (this.#write(held.rest) === held.rest.length) this.#carryOut(held.intents);
  }

  #write(toWrite: readonly Change[]): number {
    let written = 0;
    for (const change of toWrite) {
      if (!this.store.write(change)) break;
      written++;
      if (change.kind === "shift") this.#noteAccepted(change.after, change.before);
      if (change.kind === "offer") this.#noteUndone(change.after);
    }
    return written;
  }

  #noteAccepted(after: Shift, before: Shift | null): void {
    const offerId = after.current?.offerId;
    if (after.state === "ringing" && before?.state === "offered" && typeof offerId === "string") {
      this.accepted.add(offerId);
    }
  }

  /** An acceptance that came to nothing when the caller had gone already has lost nobody, whoever of several hosts that died found that out. */
  #noteUndone({ id, callId, closedAt }: Offer): void {
    if (closedAt !== null && this.accepted.has(id) && this.telephony.find(callId)?.phase === "gone")
      this.telephony.tooLate.add(id);
  }

  #carryOut(intents: readonly Intent[]): void {
    for (const intent of intents) {
      if (intent.type === "offer") this.#show(intent.shiftId, intent.offerId);
      else if (this.#isDue(intent)) this.telephony.carryOut(intent);
    }
  }

  /**
   * A callback that an operator takes is offered and accepted in one decision: no write of it meets one that a repair made while its host
   * was held up. So a host asks before it has a call placed whether that is still to be done.
   */
  #isDue(intent: Intent): boolean {
    if (intent.type !== "connect" || !this.telephony.callbacks.promises.has(intent.callId)) return true;
    const call = this.store.calls.get(waitingCallId(intent.callId, intent.entry));
    const isOn = this.store.shifts.get(intent.shiftId)?.current?.offerId === intent.offerId;
    return isOn && call?.state === "connecting" && call.offerIds.includes(intent.offerId);
  }

  #show(shiftId: string, offerId: string): void {
    this.seen.push({ shiftId, offerId });
    const offer = this.store.offers.get(offerId);
    if (offer === undefined) throw new Error(`${offerId} is shown but not stored`);
    // A host that was held up may show an offer that is over by now; only one that can still be accepted must not be there.
    const live = this.store.shifts.get(shiftId)?.current?.offerId === offerId;
    if (live && offer.why.first !== "taken" && cameTooSoon(offer, this.store.offers.values(), 10_000))
      throw new Error(`${offerId} came back too soon`);
  }
}
