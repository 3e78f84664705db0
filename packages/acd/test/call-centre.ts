import {
  type AcdEvent,
  type AcdState,
  type Decision,
  decide,
  emptyState,
  type Intent,
  type Offer,
  type Queue,
  type Shift,
  type SkillLevels,
  type WaitingCall,
} from "../src/index.ts";

const sales: Queue = {
  id: "sales",
  companyId: "co_1",
  operatorIds: ["ines", "paul", "zoe"],
  order: "longestIdle",
  offerMs: 15_000,
  wrapUpMs: null,
  refusalAllowed: true,
  missedMeansPause: true,
  askAgainMs: 60_000,
  askAgainAloneMs: 10_000,
};

/**
 * A call centre in the words of a supervisor, on virtual time: each method is one event, whose decision is kept in `last`. Operators are
 * named by their first names and sit at a telephone of the same name.
 */
export class CallCentre {
  state: AcdState = emptyState("co_1");
  now = 0;
  last: Decision = { state: this.state, intents: [], result: { ok: true } };
  #fresh = 0;
  #place = 0;

  constructor(...queues: readonly Partial<Queue>[]) {
    for (const queue of queues.length === 0 ? [{}] : queues) {
      this.does({ type: "queueChanged", queue: { ...sales, ...queue } });
    }
  }

  does(event: AcdEvent): Decision {
    this.last = decide(this.state, event, { now: this.now, fresh: `f${++this.#fresh}` });
    this.state = this.last.state;
    return this.last;
  }

  /** What the operators know: ines: { english: 3 }. */
  knows(skills: Readonly<Record<string, SkillLevels>>): Decision {
    const operators = Object.fromEntries(Object.entries(skills).map(([id, known]) => [id, { skills: known }]));
    return this.does({ type: "operatorsSeen", operators });
  }

  /** The operator's agent has the offer on the screen. */
  sees(operatorId: string): Decision {
    return this.does({
      type: "offerShown",
      shiftId: this.shift(operatorId).id,
      offerId: this.offerTo(operatorId)?.id ?? "none",
    });
  }

  /** Who has this call on the screen, or is being connected to it. */
  askedFor(callId: string): readonly (string | undefined)[] {
    return this.call(callId).offerIds.map((id) => this.state.offers[id]?.operatorId);
  }

  /** Lets time pass without anybody looking. */
  later(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Lets time pass; the host sweeps at the end. */
  after(ms: number): Decision {
    return this.later(ms).does({ type: "sweep" });
  }

  signsIn(operatorId: string, change: Partial<Extract<AcdEvent, { type: "signedIn" }>> = {}): Decision {
    return this.does({
      type: "signedIn",
      operatorId,
      shiftId: `shift_${operatorId}`,
      telephoneId: `tel_${operatorId}`,
      takeOver: false,
      queueIds: Object.values(this.state.queues).flatMap((queue) =>
        queue.operatorIds.includes(operatorId) ? [queue.id] : [],
      ),
      connectionId: `conn_${operatorId}`,
      ...change,
    });
  }

  joins(callId: string, change: Partial<Extract<AcdEvent, { type: "callJoined" }>> = {}): Decision {
    const place = ++this.#place;
    const rest = { entry: 1, queueIds: ["sales"], place, priority: 0, leaveWhenUnstaffed: false };
    return this.does({ type: "callJoined", callId, ...rest, ...change });
  }

  /** A callback to +331 in the queue of sales, at a new place. */
  promises(callId: string, change: Partial<Extract<AcdEvent, { type: "callbackPromised" }>> = {}): Decision {
    const place = ++this.#place;
    const rest = { number: "+331", queueId: "sales", place, priority: 0, scheduleId: null, once: false };
    return this.does({ type: "callbackPromised", callId, ...rest, ...change });
  }

  /** The operator rings +331 of their own accord. */
  takes(operatorId: string, callId: string): Decision {
    const place = ++this.#place;
    const promise = { number: "+331", queueId: "sales", place, priority: 0, scheduleId: null, once: true };
    return this.does({ type: "callbackTaken", shiftId: this.shift(operatorId).id, callId, promise });
  }

  /** The operator's telephone was answered, the callback's number not. */
  numberFails(operatorId: string, how: "busy" | "silent" | "unreachable"): Decision {
    const { callId, offerId } = this.shift(operatorId).current ?? { callId: "none", offerId: null };
    return this.does({ type: "numberFailed", callId, offerId: offerId ?? "none", how });
  }

  accepts(operatorId: string, offerId = this.offerTo(operatorId)?.id ?? "none"): Decision {
    return this.does({ type: "accepted", shiftId: this.shift(operatorId).id, offerId });
  }

  refuses(operatorId: string): Decision {
    return this.does({
      type: "refused",
      shiftId: this.shift(operatorId).id,
      offerId: this.offerTo(operatorId)?.id ?? "none",
    });
  }

  /** The telephone of the operator, who accepted, reports. */
  telephone(operatorId: string, type: "telephoneRinging" | "telephoneAnswered" | "conversationEnded"): Decision {
    const { callId, offerId } = this.shift(operatorId).current ?? { callId: "none", offerId: null };
    return this.does({ type, callId, offerId });
  }

  fails(operatorId: string, how: "busy" | "silent" | "unreachable"): Decision {
    const { callId, offerId } = this.shift(operatorId).current ?? { callId: "none", offerId: null };
    return this.does({ type: "telephoneFailed", callId, offerId, how });
  }

  /** An event that only needs the operator's shift. */
  operator<T extends "signedOut" | "resumed" | "ready" | "wrapUpExtended" | "legClearedByOperator">(
    operatorId: string,
    type: T,
  ): Decision {
    return this.does({ type, shiftId: this.shift(operatorId).id });
  }

  shift(operatorId: string): Shift {
    const found = Object.values(this.state.shifts).findLast((shift) => shift.operatorId === operatorId);
    if (found === undefined) throw new Error(`${operatorId} never signed in`);
    return found;
  }

  call(callId: string): WaitingCall {
    const found = Object.values(this.state.calls).findLast((call) => call.callId === callId);
    if (found === undefined) throw new Error(`${callId} never joined`);
    return found;
  }

  /** The latest offer made to this operator. */
  offerTo(operatorId: string): Offer | undefined {
    return Object.values(this.state.offers).findLast((offer) => offer.operatorId === operatorId);
  }

  /** Who is being offered, or connected to, this call. */
  whoHas(callId: string): string | undefined {
    const [offerId] = this.call(callId).offerIds;
    return this.state.offers[offerId ?? ""]?.operatorId;
  }

  intents<T extends Intent["type"]>(type: T): readonly Extract<Intent, { type: T }>[] {
    return this.last.intents.filter((intent): intent is Extract<Intent, { type: T }> => intent.type === type);
  }
}
