import type { AcdEvent, Asked, Intent, NamedOperator, TelephoneFailure, WaitingCall } from "../src/index.ts";
import { ModelCallbacks } from "./model-callbacks.ts";

type Phase = "waiting" | "dialling" | "backing" | "talking" | "gone";

export interface ModelCall {
  readonly id: string;
  /** Of its present visit: each time that it is passed on has one of its own, as each consultation. */
  entry: number;
  /** The highest that was given. */
  entries: number;
  readonly place: number;
  readonly number: string;
  queueIds: readonly string[];
  phase: Phase;
  /** The offer whose telephone it dials or talks to. */
  offerId: string | null;
  /** Every offer it was ever told to dial for. */
  readonly dialled: Set<string>;
  /** For one operator only: its flow takes it out of the line when it is told that they do not take it. */
  comesBack: boolean;
  /** Whom its operator asks before they pass it on; their telephone rings, or they talk, once there is an offer. */
  consult: { readonly entry: number; offerId: string | null; talks: boolean } | null;
}

/**
 * The calls as their own snapshots know them: what the callers really do, and what the call core makes of intents. What a call reports
 * waits in `outbox` until it has been delivered at least once.
 */
export class ModelTelephony {
  readonly calls: ModelCall[] = [];
  /** Calls that have left the line with a promise and go on. */
  readonly sayingGoodbye: string[] = [];
  readonly outbox: AcdEvent[] = [];
  readonly callbacks = new ModelCallbacks(this.outbox);
  /** Calls told to dial while they dial or talk: must stay empty. */
  readonly doubleDials: string[] = [];
  /** Offers that were accepted for a caller who had gone before the operator was dialled. */
  readonly tooLate = new Set<string>();
  /** What became of those who were asked first, and that calls were passed on. */
  readonly deeds = new Set<string>();
  /** Calls that operators dialled and that were placed; the ids of those whose order came. */
  readonly dialledOut = new Set<string>();
  #places = 0;

  ring(
    queueIds: readonly string[],
    priority: number,
    leaveWhenUnstaffed: boolean,
    { named, ...asked }: Asked & { readonly named?: NamedOperator } = {},
  ): void {
    const place = this.drawPlace();
    const id = `call_${place}`;
    // Few numbers, so that callers whom a callback was promised call again.
    const number = `+33${place % 7}`;
    const phase: Phase = "waiting";
    const comesBack = named?.only === true;
    this.calls.push({
      ...{ id, entry: 1, entries: 1, place, number, queueIds, phase, offerId: null },
      ...{ dialled: new Set(), comesBack, consult: null },
    });
    if (comesBack) leaveWhenUnstaffed = true;
    const joined = { type: "callJoined", callId: id, entry: 1, queueIds, place, priority, leaveWhenUnstaffed } as const;
    this.outbox.push({ ...joined, number, ...asked, ...(named && { named }) });
  }

  drawPlace(): number {
    return ++this.#places;
  }

  /** The caller leaves their number instead of waiting on, keeps their place, and hears the goodbye. */
  leaveNumber(call: ModelCall, scheduleId: string | null): void {
    const { id, number, place, queueIds } = call;
    this.leaveLine(call);
    this.callbacks.promise({ number, place, queueId: queueIds[0] ?? "", scheduleId, once: false, heldFor: id });
    this.sayingGoodbye.push(id);
  }

  /** One who has left their number hangs up. */
  hearGoodbye(index: number): void {
    const [callId] = this.sayingGoodbye.splice(index % Math.max(1, this.sayingGoodbye.length), 1);
    if (callId !== undefined) this.outbox.push({ type: "callHungUp", callId });
  }

  /** What hosts find out who ask which calls are alive: news of an end that came before the news of the promise was lost on it. */
  overButHolding(held: Iterable<WaitingCall>): readonly AcdEvent[] {
    const over = [...held].flatMap(({ callback, closedAt }) => (closedAt === null ? (callback?.heldFor ?? []) : []));
    return over
      .filter((callId) => !this.sayingGoodbye.includes(callId))
      .map((callId) => ({ type: "callHungUp", callId }));
  }

  /** An operator rings a number of their own accord; one who may not makes no promise. */
  takeOwn(shiftId: string, number: string, queueId: string): AcdEvent {
    const callId = this.callbacks.newId();
    const promise = { number, queueId, place: this.drawPlace(), priority: 0, scheduleId: null, once: true };
    this.callbacks.promises.set(callId, { type: "callbackPromised", callId, ...promise });
    return { type: "callbackTaken", shiftId, callId, promise };
  }

  find(callId: string): ModelCall | undefined {
    return this.calls.find((call) => call.id === callId);
  }

  inPhase(...phases: readonly Phase[]): readonly ModelCall[] {
    return this.calls.filter((call) => phases.includes(call.phase));
  }

  hangUp(call: ModelCall): void {
    this.endConsult(call);
    call.phase = "gone";
    this.outbox.push({ type: "callHungUp", callId: call.id });
  }

  leaveLine(call: ModelCall): void {
    call.phase = "gone";
    this.outbox.push({ type: "callLeft", callId: call.id, entry: call.entry });
  }

  answer(call: ModelCall): void {
    call.phase = "talking";
    this.outbox.push({ type: "telephoneAnswered", callId: call.id, offerId: call.offerId });
  }

  fail(call: ModelCall, how: TelephoneFailure): void {
    call.phase = "backing";
    this.outbox.push({ type: "telephoneFailed", callId: call.id, offerId: call.offerId, how });
  }

  /** Handed to the exchange is who is not apart from their operator. */
  handOver(call: ModelCall): void {
    if (call.consult) return;
    call.phase = "gone";
    this.outbox.push({ type: "handedOver", callId: call.id, offerId: call.offerId });
    this.outbox.push({ type: "conversationEnded", callId: call.id, offerId: call.offerId });
  }

  endConversation(call: ModelCall): void {
    this.endConsult(call);
    call.phase = "gone";
    this.outbox.push({ type: "conversationEnded", callId: call.id, offerId: call.offerId });
  }

  /** The operator passes their caller on, who keeps their place. */
  passOn(call: ModelCall, queueIds: readonly string[], named: NamedOperator | null): void {
    const { id, place, number, offerId } = call;
    this.endConsult(call);
    this.outbox.push({ type: "conversationEnded", callId: id, offerId });
    const entry = ++call.entries;
    Object.assign(call, { entry, queueIds, phase: "waiting", offerId: null, comesBack: named?.only === true });
    const joined = { type: "callJoined", callId: id, entry, queueIds, place, priority: 0, number } as const;
    this.outbox.push({ ...joined, leaveWhenUnstaffed: call.comesBack, ...(named && { named }) });
    this.deeds.add("passed on");
  }

  /** The operator asks a colleague first: a visit of the same call that is for them only, while the conversation goes on. */
  ask(call: ModelCall, queueIds: readonly string[], operatorId: string): void {
    if (call.consult) return;
    const { id, place } = call;
    const entry = ++call.entries;
    call.consult = { entry, offerId: null, talks: false };
    const joined = { type: "callJoined", callId: id, entry, queueIds, place, priority: 0 } as const;
    this.outbox.push({ ...joined, leaveWhenUnstaffed: true, consult: true, named: { operatorId, only: true } });
  }

  /** Those whose colleague's telephone rings, or who talk to them. */
  asking(talks: boolean): readonly ModelCall[] {
    return this.calls.filter(({ consult }) => consult !== null && consult.offerId !== null && consult.talks === talks);
  }

  consultAnswers({ id, consult }: ModelCall): void {
    if (!consult) return;
    consult.talks = true;
    this.outbox.push({ type: "telephoneAnswered", callId: id, offerId: consult.offerId });
  }

  consultFails(call: ModelCall, how: TelephoneFailure): void {
    const { id, consult } = call;
    if (!consult) return;
    call.consult = null;
    this.outbox.push({ type: "telephoneFailed", callId: id, offerId: consult.offerId, how });
    this.outbox.push({ type: "callLeft", callId: id, entry: consult.entry });
    this.deeds.add("consult failed");
  }

  /** Whoever is asked is called off, or leaves the conversation. */
  endConsult(call: ModelCall): void {
    const { id, consult } = call;
    if (!consult) return;
    call.consult = null;
    if (consult.talks) this.outbox.push({ type: "conversationEnded", callId: id, offerId: consult.offerId });
    else this.outbox.push({ type: "callLeft", callId: id, entry: consult.entry });
    this.deeds.add(consult.talks ? "consult ended" : "consult called off");
  }

  /** The colleague has the caller: the operator's conversation is over. */
  give(call: ModelCall): void {
    const { id, consult, offerId } = call;
    if (!consult?.talks) return;
    call.consult = null;
    call.offerId = consult.offerId;
    this.outbox.push({ type: "conversationEnded", callId: id, offerId });
    this.deeds.add("consult given");
  }

  /** A visit that is to dial: the one that waits, or one of somebody who is asked; nothing of either is a visit of before. */
  #connectConsulted(call: ModelCall, offerId: string): void {
    const { id, consult } = call;
    if (!consult) return;
    if (consult.offerId !== null && consult.offerId !== offerId) this.doubleDials.push(offerId);
    call.dialled.add(offerId);
    consult.offerId = offerId;
    this.outbox.push({ type: "telephoneRinging", callId: id, offerId });
  }

  carryOut(intent: Intent): void {
    if ((intent.type === "connect" || intent.type === "checkCall") && this.callbacks.promises.has(intent.callId)) {
      this.callbacks.carryOut(intent);
      return;
    }
    if (intent.type === "dial") {
      this.dialledOut.add(intent.callId);
      this.outbox.push({ type: "telephoneRinging", callId: intent.callId, offerId: null });
      return;
    }
    if (intent.type === "checkCall" && this.find(intent.callId) === undefined) {
      this.outbox.push({ type: "callHungUp", callId: intent.callId });
      return;
    }
    if (intent.type === "full" || intent.type === "overflowed" || intent.type === "closed") {
      const turned = this.find(intent.callId);
      if (turned === undefined || turned.phase === "gone") {
        this.outbox.push({ type: "callHungUp", callId: intent.callId });
      } else if (turned.phase === "waiting" && turned.entry === intent.entry) this.leaveLine(turned);
      return;
    }
    if (intent.type === "unstaffed") {
      const told = this.find(intent.callId);
      if (told?.consult?.entry === intent.entry) {
        told.consult = null;
        this.outbox.push({ type: "callLeft", callId: told.id, entry: intent.entry });
        this.deeds.add("consult refused");
        return;
      }
      if (told !== undefined && told.entry !== intent.entry) {
        this.outbox.push({ type: "callLeft", callId: told.id, entry: intent.entry });
        return;
      }
      if (told?.comesBack && told.phase === "waiting") this.leaveLine(told);
      // One that has left is said to have: its joining may have overtaken that.
      else if (told?.phase === "gone") this.outbox.push({ type: "callLeft", callId: told.id, entry: told.entry });
      return;
    }
    if (intent.type !== "connect" && intent.type !== "callerBackToPlace") return;
    const call = this.find(intent.callId);
    if (call === undefined || call.phase === "gone") {
      if (intent.type === "connect") this.tooLate.add(intent.offerId);
      this.outbox.push({ type: "callHungUp", callId: intent.callId });
    } else if (intent.type === "callerBackToPlace") {
      if (call.phase === "backing" && call.offerId === intent.offerId) call.phase = "waiting";
    } else if (call.consult?.entry === intent.entry) {
      this.#connectConsulted(call, intent.offerId);
    } else if (!call.dialled.has(intent.offerId) && call.entry !== intent.entry) {
      // Of a visit that is over: whoever was asked was called off, or the call was passed on since.
      this.tooLate.add(intent.offerId);
      this.outbox.push({ type: "callLeft", callId: call.id, entry: intent.entry });
    } else if (!call.dialled.has(intent.offerId)) {
      if (call.phase === "dialling" || call.phase === "talking") this.doubleDials.push(intent.offerId);
      call.dialled.add(intent.offerId);
      call.phase = "dialling";
      call.offerId = intent.offerId;
      this.outbox.push({ type: "telephoneRinging", callId: call.id, offerId: intent.offerId });
    } else if (call.offerId === intent.offerId && call.phase === "dialling") {
      this.outbox.push({ type: "telephoneRinging", callId: call.id, offerId: intent.offerId });
    }
  }
}
