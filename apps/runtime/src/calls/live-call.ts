import type { CompiledFlow } from "@cordboard/engine";
import type { DialResult, FlowEvent, MediaEffect } from "@cordboard/node-kit";
import type {
  CallConnection,
  ControlAnswer,
  ControlRequest,
  PendingHook,
  SupervisionWish,
  TelephonyEvent,
} from "../ports/index.ts";
import { hasLeft } from "./apart.ts";
import { acceptOffer, leaveUnstaffed, type OfferAccepted, type Unstaffed } from "./asked-by-centre.ts";
import { provesAnswer, withAnswer, withEvidence, withoutAnswerClock } from "./call-evidence.ts";
import { CallSaver } from "./call-saver.ts";
import { withoutConsult } from "./consult.ts";
import type { ConsultTold } from "./consulting.ts";
import { FlowSteps } from "./flow-steps.ts";
import { goneCall } from "./gone-call.ts";
import { type CallParts, callParts } from "./live-call-parts.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import { withClockAfterCut, withMediaClock } from "./media-clock.ts";
import type { CallDocument, OutboxItem, TraceEvent } from "./model.ts";
import { type HeardEnd, reconnectedCall } from "./next-call.ts";
import { isPlacing, telephonePickedUp, withCallSid } from "./placed-call.ts";
import { presentMedia } from "./present-media.ts";
import type { TalkStanding, TalkWish } from "./recorded-talk.ts";
import type { RequestAnswer } from "./request-carrier.ts";
import type { Listened } from "./supervision.ts";
import { takeEvent } from "./take-event.ts";
import { TalkingApart } from "./talking-apart.ts";
import { Turns } from "./turns.ts";
import { withTrace } from "./with-trace.ts";

/** Trace lines that a document may hold before they are moved. */
const TRACE_TAIL = 40;

/**
 * One call that this process owns. Events are taken one after the other: step (pure) → one conditional write → effects leave.
 * Nothing is said, rung or promised that is not durable; what was cut between the write and its effects is done again by the next owner.
 */
export class LiveCall {
  #call: CallDocument;
  #connection: CallConnection | null;
  #gone = false;
  /** What there was no socket to send on: due as soon as there is one. */
  #unsent: MediaEffect | null = null;
  // jambonz has said something since the call's session began: it listens and talks (protocol fact 40: one that lost our first ack does
  // not). What it tells of a telephone that we have called comes before the session, and proves nothing.
  #heard: boolean;
  readonly #turns: Turns;
  #steps: FlowSteps;
  readonly #ports: LiveCallPorts;
  readonly #saver: CallSaver;
  readonly #parts: CallParts;

  /** `call` is as the store has it (`stored`) or, for a new call, about to be written. */
  constructor(
    call: CallDocument,
    compiled: CompiledFlow | null,
    connection: CallConnection | null,
    ports: LiveCallPorts,
    stored: boolean,
  ) {
    this.#call = call;
    this.#turns = new Turns({
      over: () => this.#gone,
      failed: (error) => ports.log.error({ callId: this.id, err: error }, "a step of a call failed"),
    });
    this.#steps = new FlowSteps(compiled, ports);
    this.#connection = connection;
    this.#ports = ports;
    this.#heard = call.answeredAt !== null;
    this.#saver = new CallSaver(ports.writer, ports.clock, ports.secrets);
    if (stored) this.#saver.startFrom(call);
    this.#parts = callParts(
      {
        call: () => this.#call,
        connection: () => this.#connection,
        gone: () => this.#gone,
        later: (work) => this.#later(work),
        step: (event, amend) => this.#step(event, null, amend),
        answering: (hook, work) => this.#answering(hook, work),
        callerGone: (by, unanswered) => void this.#callerGone(by, unanswered),
        stepNow: (event, hook) => this.#stepNow(event, hook),
        stepWithFacts: (...facts) => this.#stepWithFacts(...facts),
        stepBesideFlow: (next) => this.#stepBesideFlow(next),
        intoFlow: (next, flow) => this.#intoFlow(next, flow),
        note: (noted) => this.#note(noted),
        trace: (kind, details) => this.#trace(kind, details),
        present: (hook) => this.#present(hook),
        nothingChanged: (hook) => this.#goOn(false, hook),
        answerNow: () => this.#answerNow(),
        pickedUp: () => this.#pickedUp(),
        hangingUp: () => this.#hangingUp,
        confirm: (item) => this.#confirm(item),
        systemAnswered: (item, answer) => this.#systemAnswered(item, answer),
        writeEnded: async (ended) => {
          this.#call = ended;
          await this.#flush();
          this.#parts.owed.carry(this.#call);
        },
        settled: async () => {
          await this.#thinTrace(0);
          await this.#flush();
          this.#connection?.finish();
          this.abandon();
          ports.onGone(this);
        },
      },
      ports,
    );
  }

  get id(): string {
    return this.#call._id;
  }
  /** The call as it stands in this process; what of it is durable is the saver's business. */
  get document(): CallDocument {
    return this.#call;
  }
  get connection(): CallConnection | null {
    return this.#connection;
  }
  get heard(): boolean {
    return this.#heard;
  }

  /** Resolves when everything that was asked of this call so far is done. */
  settled(): Promise<void> {
    return this.#turns.done;
  }

  /** Writes a new call for the first time and presents what its caller is to hear. */
  beginNew(): Promise<void> {
    return this.#later(async () => {
      const stopComfort = this.#parts.comfort.arm(null);
      const { clock, presentation } = this.#ports;
      const first = await this.#steps.answered(this.#call);
      const written = await this.#commit(withMediaClock(first, null, clock.now(), presentation), null);
      stopComfort();
      if (written) await this.#afterStep(null, null);
    });
  }

  /** Writes a call that we place for the first time, and has its telephone called; false when another process has written it. */
  async beginPlaced(): Promise<boolean> {
    let written = false;
    await this.#later(async () => {
      written = await this.#stepBesideFlow({ ...this.#call, rev: this.#call.rev + 1 });
    });
    if (written) this.#parts.placing.begin();
    return written;
  }

  /** The socket on which jambonz tells of a call that we placed, before there is anything to be heard in it. */
  attach(connection: CallConnection): void {
    this.#connection = connection;
    void this.#later(() => {
      this.#note(withCallSid(this.#call, connection.facts.callSid));
      this.#parts.placing.known();
    });
  }

  /** Takes up a call that was another process's: arms what is due, tells what is owed, and compares what the caller hears. */
  resume(): void {
    this.#call = withClockAfterCut(this.#call, this.#ports.clock.now(), this.#ports.presentation);
    this.#parts.timers.arm(this.#call.timers);
    this.#parts.owed.carry(this.#call);
    if (this.#call.status === "ended") {
      this.#parts.settling.awaitLastWord();
      void this.#later(() => this.#parts.settling.settleIfTold());
    } else if (isPlacing(this.#call)) this.#parts.placing.begin();
    else if (this.#connection) {
      this.#parts.recovery.begin(this.#call, this.#unsent);
      this.#parts.talk.again();
      this.#parts.apart.watch();
      this.#parts.consulting.follow();
      this.#parts.supervising.again();
    } else this.#parts.lifeline.awaitReconnect(this.#call.cuts, this.#call.cutAt ?? this.#ports.clock.now());
  }

  /** jambonz came back to this very process: a new epoch all the same, so that a message of the old socket can do nothing. */
  reattach(connection: CallConnection): void {
    this.#connection = connection;
    this.#heard = true;
    this.#parts.lifeline.stop();
    void this.#later(async () => {
      const now = this.#ports.clock.now();
      const back = withClockAfterCut(reconnectedCall(this.#call, now), now, this.#ports.presentation);
      if (!(await this.#commit(back, null))) return;
      this.#parts.timers.arm(this.#call.timers);
      this.#parts.recovery.begin(this.#call, this.#unsent);
      this.#parts.talk.again();
      this.#parts.supervising.again();
    });
  }

  cut(connection: CallConnection, code: number): void {
    if (this.#connection !== connection || this.#gone) return;
    this.#connection = null;
    if (this.#call.status === "ended") return;
    if (code === 1000) {
      // jambonz closes with 1000 when its session is over; a deaf call's last status never comes (protocol fact 40).
      void this.#callerGone("network");
      return;
    }
    const cutAt = this.#ports.clock.now();
    void this.#later(() => {
      this.#call = { ...this.#call, cuts: this.#call.cuts + 1, cutAt };
      this.#trace("socketCut", { code, cuts: this.#call.cuts });
    });
    // It cannot be asked for by REST before it is picked up, but its state can.
    if (isPlacing(this.#call)) this.#parts.placing.watch();
    // After a hang-up there is most likely nothing left that could come back.
    else if (this.#hangingUp) this.#parts.lifeline.askAtOnce(cutAt);
    else this.#parts.lifeline.awaitReconnect(this.#call.cuts + 1, cutAt);
  }

  /** An operator accepted. Resolves once the call's step is durable. */
  offerAccepted = (...accepted: OfferAccepted) => acceptOffer(this.#parts.asked, ...accepted);

  /** Nobody who may serve the call's queue is signed in, or all of them are busy, or the queue's limits are reached. */
  unstaffed = (...why: Unstaffed) => leaveUnstaffed(this.#parts.asked, ...why);

  /** What the operator who talks asks for. Resolves once it is durable; `unowned`: it is not, here at least. */
  async control(request: ControlRequest): Promise<ControlAnswer> {
    const answer = await this.#parts.controls.carryOut(request);
    return this.#gone ? "unowned" : answer;
  }

  /** What the supervisor whose call this is wishes for their part in the conversation of another call. */
  supervised = (wish: SupervisionWish): Promise<"done" | "gone" | "unowned"> =>
    this.#asked((parts) => parts.supervising.wished(wish));

  /** A supervisor is in this conversation, or not any more (`mode` null). Resolves once that is durable. */
  listened = (...told: Listened): Promise<"taken" | "gone" | "unowned"> =>
    this.#asked((parts) => parts.supervising.listened(...told));

  async #asked<Answer extends string>(work: (parts: CallParts) => Promise<Answer>): Promise<Answer | "unowned"> {
    let answer: Answer | "unowned" = "unowned";
    await this.#later(async () => {
      answer = await work(this.#parts);
    });
    return this.#gone ? "unowned" : answer;
  }

  /**
   * The person's leg has a socket of its own: the call is turned round, and is of whoever has that socket; this one says and writes nothing
   * more of it. `gone`: that leg is not of this call (any more). `unowned`: to be asked again.
   */
  async turned(partySid: string): Promise<"taken" | "gone" | "unowned"> {
    let answer: "taken" | "gone" | "unowned" = "unowned";
    await this.#later(async () => {
      answer = await this.#parts.apart.turn(partySid);
      if (answer === "taken") this.abandon();
    });
    return answer;
  }

  /** What the process says that has the socket of somebody who is asked in this call. */
  consultTold(...told: ConsultTold): Promise<"taken" | "gone" | "unowned"> {
    return this.#asked((parts) => parts.consulting.told(...told));
  }

  /** What the process says that has the socket of a leg which was parted from this call. */
  legTold(legSid: string, what: "there" | "over"): Promise<"taken" | "gone" | "unowned"> {
    return this.#asked((parts) => parts.apart.legTold(legSid, what));
  }

  /** Nothing can go on with this call (its flow is gone): the caller hears an apology, and everybody is told that it is over. */
  giveUp(): void {
    this.#connection?.redirect(this.#ports.presentation.apology(this.#call));
    void this.#callerGone("us");
  }

  /** This process holds the call a second time, with a higher epoch: this one says and writes nothing more. */
  abandon(): void {
    this.#gone = true;
    this.#saver.stop();
    for (const part of this.#parts.busy) part.stop();
  }

  /** What an operator asks of the recording of their conversation; resolves with how it stands, once that is durable. */
  recordTalk = (wish: TalkWish): Promise<TalkStanding> => this.#parts.talk.wished(wish);

  /** Takes what jambonz said of the call. */
  handle(event: TelephonyEvent): void {
    this.#heard ||= !isPlacing(this.#call) && event.kind !== "placedAnswered";
    if (provesAnswer(event, this.#call))
      void this.#later(() => this.#note(withAnswer(this.#call, this.#ports.clock.now())));
    takeEvent(event, this.#parts.events);
  }

  /** Hands the call back to jambonz, which reconnects: here after a restart, or to another process. */
  async release(): Promise<void> {
    await this.#turns.done;
    if (!this.#saver.clean(this.#call)) {
      await this.#saver.save({ ...this.#call, rev: this.#call.rev + 1 }, () => true).catch(() => "lost");
    }
    this.abandon();
    this.#connection?.release("this process is stopping");
  }

  #later(work: () => Promise<void> | void): Promise<void> {
    return this.#turns.add(work);
  }

  /** The heart: event → step → write → effects. */
  #step(event: FlowEvent, hook: PendingHook | null = null, amend = (next: CallDocument) => next): Promise<void> {
    return this.#later(() => this.#stepNow(event, hook, amend));
  }

  /** What a hook waits for: from its arrival on, whatever is being written before it, the caller is not left in silence. */
  async #answering(hook: PendingHook, work: () => Promise<void>): Promise<void> {
    const stopComfort = this.#parts.comfort.arm(hook);
    await this.#later(work);
    stopComfort();
  }

  async #stepNow(event: FlowEvent, hook: PendingHook | null, amend = (next: CallDocument) => next): Promise<void> {
    const next = this.#call.status === "live" ? this.#steps.next(this.#call, event, this.#ports.clock.now()) : null;
    await (next ? this.#take(next, hook, amend) : this.#goOn(false, hook));
  }

  /** Facts that must be written whether or not the flow cares (`facts`), together with the flow's step on `event`. */
  async #stepWithFacts(
    facts: CallDocument,
    event: FlowEvent,
    hook: PendingHook | null = null,
    amend = (next: CallDocument) => next,
  ): Promise<void> {
    const next = this.#steps.next(facts, event, this.#ports.clock.now()) ?? { ...facts, rev: facts.rev + 1 };
    await this.#take(next, hook, amend);
  }

  /** A step, with what it asks of the host: one write, then its effects. */
  async #take(next: CallDocument, hook: PendingHook | null, amend = (answered: CallDocument) => answered) {
    const before = this.#call;
    const now = this.#ports.clock.now();
    const answered = amend(await this.#steps.answered(next));
    const stays = hasLeft(answered, before.media) ? { ...withoutConsult(answered, now), apart: null } : answered;
    const whole = withMediaClock(stays, before, now, this.#ports.presentation);
    if (await this.#commit(whole, hook)) await this.#afterStep(before, hook);
  }

  /** The call comes into another flow. */
  #intoFlow(next: CallDocument, flow: CompiledFlow | null): Promise<void> {
    this.#steps = new FlowSteps(flow, this.#ports);
    return this.#take(next, null);
  }

  /** The operator's telephone was picked up: the flow begins. Of a call that is over by now nothing is revived (rule 9). */
  async #pickedUp(): Promise<void> {
    if (this.#call.status === "ended") return void this.#connection?.redirect([{ verb: "hangup" }]);
    if (!isPlacing(this.#call)) return;
    if (this.#call.placed?.calledOff) {
      this.#connection?.redirect([{ verb: "hangup" }]);
      return void this.#callerGone("us");
    }
    if (this.#call.supervision) return this.#parts.supervising.pickedUp();
    const now = this.#ports.clock.now();
    const begun = this.#steps.begin(telephonePickedUp(this.#call, now), now);
    await (begun ? this.#take(begun, null) : this.giveUp());
  }

  async #afterStep(before: CallDocument | null, hook: PendingHook | null): Promise<void> {
    this.#parts.timers.arm(this.#call.timers);
    this.#parts.owed.carry(this.#call);
    await this.#parts.talk.follow();
    const changed = this.#call.media !== null && this.#call.media.effect !== before?.media?.effect;
    await this.#goOn(changed, hook);
    await this.#thinTrace(TRACE_TAIL);
  }

  /** Presents what changed. After a comfort what was heard before it too, and by redirect: the hook has had its answer. */
  async #goOn(changed: boolean, hook: PendingHook | null): Promise<void> {
    const comforted = this.#parts.comfort.takePlayed();
    if (changed || comforted) await this.#present(comforted ? null : hook);
    else hook?.answer([]);
  }

  /** The time unanswered is over. Music goes on in the answered call; a prompt is not begun again, the next thing heard answers. */
  async #answerNow(): Promise<void> {
    this.#note(withoutAnswerClock(this.#call));
    if (this.#call.answeredAt === null && this.#call.media?.effect.type === "hold") await this.#present(null);
  }

  get #hangingUp(): boolean {
    return this.#call.media?.effect.type === "hangUp";
  }

  /** Writes the step. False when the call is another's by now. While the store does not answer, the caller hears music. */
  async #commit(next: CallDocument, hook: PendingHook | null): Promise<boolean> {
    // A hook's own comfort is armed since it came.
    const silent = hook === null && next.media !== null && next.media.effect !== this.#call.media?.effect;
    const stopComfort = silent ? this.#parts.comfort.arm(null) : () => undefined;
    const result = await this.#saver.save(next, () => this.#gone);
    stopComfort();
    if (result === "written") {
      const before = this.#call;
      this.#call = next;
      this.#parts.apart.follow(before, next);
      this.#parts.consulting.follow();
      return true;
    }
    this.abandon();
    this.#connection?.release("another process owns this call");
    this.#ports.onGone(this);
    return false;
  }

  /** Sends what the caller is to hear: as the answer of the hook that led here, or as a redirect. */
  async #present(hook: PendingHook | null): Promise<void> {
    const effect = this.#call.media?.effect;
    if (!effect) return;
    if (TalkingApart.presents(this.#call)) {
      this.#unsent = (await this.#parts.apart.present(hook)) === "closed" ? effect : null;
      return;
    }
    // Written before it rings: who takes the call up must not ring it a second time (rule 6), nor take a caller who was handed over as lost.
    if (effect.type === "dial") {
      this.#note(withEvidence(this.#call, effect.entry, "sent"));
      await this.#flush();
      if (this.#gone) return;
    }
    const sent = await presentMedia(this.#call, effect, { hook, connection: this.#connection }, this.#ports);
    // A hook's answer needs its own socket too.
    this.#unsent = sent === "closed" || this.#connection === null ? effect : null;
    if (effect.type === "hangUp") {
      // Watched also where it was held back or could not be sent: it must come to an end.
      if (sent !== "closed") this.#parts.lifeline.awaitHangUp();
      return;
    }
    if (sent === "failed") void this.#later(() => this.#parts.ends.lost(effect.entry, { begun: false }));
    if (sent !== "sent") return;
    this.#note(withEvidence(this.#call, effect.entry, "sent"));
  }

  /** A step that no flow takes: written, and what it owes told. */
  async #stepBesideFlow(next: CallDocument): Promise<boolean> {
    if (!(await this.#commit(next, null))) return false;
    this.#parts.timers.arm(this.#call.timers);
    this.#parts.owed.carry(this.#call);
    await this.#parts.talk.follow();
    return true;
  }

  /** Keeps what changed beside the steps, if anything did; it is written before long. */
  #note(call: CallDocument | null): void {
    if (!call) return;
    this.#call = call;
    this.#saveSoon();
  }

  #callerGone(by: HeardEnd, unanswered?: Exclude<DialResult, "completed"> | "machine"): Promise<void> {
    return this.#later(async () => {
      if (this.#call.status === "ended") return;
      const how = { by, unanswered, legEndSeen: this.#parts.leg.endSeen };
      if (!(await this.#commit(goneCall(this.#call, this.#steps, how, this.#ports.clock.now()), null))) return;
      const { timers, lifeline, recovery, talk, supervising } = this.#parts;
      for (const part of [timers, lifeline, recovery, talk, supervising]) part.stop();
      this.#parts.owed.carry(this.#call);
      this.#parts.settling.awaitLastWord();
      // Everything may be told by now: of a call that we placed, when its conversation was over.
      this.#parts.settling.settleIfTold();
    });
  }

  #trace(kind: string, details: TraceEvent["details"]): void {
    this.#note(withTrace(this.#call, [{ at: this.#ports.clock.now(), kind, nodeId: null, details }]));
  }

  #confirm(item: OutboxItem): void {
    this.#call = { ...this.#call, outbox: this.#call.outbox.filter((owed) => owed.id !== item.id) };
    if (this.#call.status === "live") this.#saveSoon();
    else this.#parts.settling.settleIfTold();
  }

  /** What was asked is owed no more, in the step that knows what came of it. */
  async #systemAnswered(item: OutboxItem & { kind: "request" }, answer: RequestAnswer): Promise<void> {
    if (this.#call.status !== "live") return this.#confirm(item);
    const outbox = this.#call.outbox.filter(({ id }) => id !== item.id);
    await this.#stepWithFacts({ ...this.#call, outbox }, { type: "request.answered", entry: item.entry, ...answer });
  }

  #saveSoon(): void {
    this.#saver.soon(() => void this.#later(() => this.#flush()));
  }

  /** Writes what changed beside the steps (evidence, confirmed items, trace lines). */
  async #flush(): Promise<void> {
    if (this.#saver.clean(this.#call)) return;
    await this.#commit({ ...this.#call, rev: this.#call.rev + 1 }, null);
  }

  /** Moves the trace out of the document when it has grown: a call's document stays small however long the call. */
  async #thinTrace(keep: number): Promise<void> {
    if (this.#call.traceTail.length <= keep) return;
    const moved = await this.#ports.moveTrace(this.#call);
    if (moved === 0) return;
    this.#call = { ...this.#call, traceTail: this.#call.traceTail.filter((line) => line.seq > moved) };
    this.#saveSoon();
  }
}
