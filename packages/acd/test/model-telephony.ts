import type { AcdEvent, Asked, Intent, NamedOperator, TelephoneFailure, WaitingCall } from "../src/index.ts";
import { ModelCallbacks } from "./model-callbacks.ts";

type Phase = "waiting" | "dialling" | "backing" | "talking" | "gone";

interface ModelCall {
  readonly id: string;
  readonly entry: number;
  readonly place: number;
  readonly number: string;
  readonly queueIds: readonly string[];
  phase: Phase;
  /** The offer whose telephone it dials or talks to. */
  offerId: string | null;
  /** Every offer it was ever told to dial for. */
  readonly dialled: Set<string>;
  /** For one operator only: its flow takes it out of the line when it is told that they do not take it. */
  readonly comesBack: boolean;
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
  /** Offers whose operator was to be dialled for a caller who had gone by then. */
  readonly tooLate = new Set<string>();
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
    this.calls.push({ id, entry: 1, place, number, queueIds, phase, offerId: null, dialled: new Set(), comesBack });
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

  handOver(call: ModelCall): void {
    call.phase = "gone";
    this.outbox.push({ type: "handedOver", callId: call.id, offerId: call.offerId });
    this.outbox.push({ type: "conversationEnded", callId: call.id, offerId: call.offerId });
  }

  endConversation(call: ModelCall): void {
    call.phase = "gone";
    this.outbox.push({ type: "conversationEnded", callId: call.id, offerId: call.offerId });
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
    if (intent.type === "full" || intent.type === "overflowed") {
      const turned = this.find(intent.callId);
      if (turned === undefined || turned.phase === "gone") {
        this.outbox.push({ type: "callHungUp", callId: intent.callId });
      } else if (turned.phase === "waiting" && turned.entry === intent.entry) this.leaveLine(turned);
      return;
    }
    if (intent.type === "unstaffed") {
      const told = this.find(intent.callId);
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
