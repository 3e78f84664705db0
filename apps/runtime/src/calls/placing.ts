import type { DialResult } from "@cordboard/node-kit";
import type { LegCommand, PlacingAnswer } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import {
  askedFor,
  calledOff,
  isLeftAlone,
  isPlacing,
  TELEPHONE_RING_MS,
  telephoneRang,
  withCallSid,
} from "./placed-call.ts";
import { withTrace } from "./with-trace.ts";

/** How the placing acts on its call. */
export interface PlacingHands {
  readonly call: () => CallDocument;
  /** In its turn, and not at all once the call is another process's. */
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  /** Writes the step and lets its effects leave; false when the call is another's by now. */
  readonly step: (next: CallDocument) => Promise<boolean>;
  /** Keeps what needs no step of its own. */
  readonly note: (call: CallDocument | null) => void;
  readonly missed: (result: Exclude<DialResult, "completed"> | "machine") => void;
  readonly trace: (kind: string, details: TraceEvent["details"]) => void;
  /** Has the leg at our end hung up. */
  readonly end: () => void;
  /** Whether the socket is there, on which jambonz tells what becomes of the call. */
  readonly connected: () => boolean;
  /** The call is over, and nobody was rung. */
  readonly over: () => void;
  /** False: there is no socket to say it on. */
  readonly command: (command: LegCommand) => boolean;
}

/** For a store that stumbles as the telephone is looked up. */
const ATTEMPTS = 3;
const PAUSE_MS = 400;
/** An order that is late by this is not sent any more (a store that did not answer, a process that stood still): the call is over. */
const TOO_LATE_MS = 8_000;
/**
 * How often jambonz is asked what became of a telephone whose socket nobody has. That it is over counts when it is said twice: jambonz tries for a
 * new socket to tell why, at last after 6 s (protocol fact 44).
 */
const WATCH_MS = 4_000;

/**
 * Has the operator's telephone called, once: that jambonz may have been asked is written before it is. Where its answer is lost, or this
 * process, nobody asks again: the socket that jambonz opens for the call tells what became of it. Where that socket was lost, and its last word
 * may be with it, jambonz is asked by REST; where nothing tells until the call's clock runs out, the call counts as failed and is given up.
 */
export class Placing {
  readonly #ports: Pick<LiveCallPorts, "clock" | "placeTelephone" | "rest" | "log">;
  readonly #hands: PlacingHands;
  #cancel: (() => void) | null = null;
  #saidOver = false;

  constructor(ports: Pick<LiveCallPorts, "clock" | "placeTelephone" | "rest" | "log">, hands: PlacingHands) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** Does nothing to a call of which jambonz may have been asked before. */
  begin(): void {
    const { call, later, step } = this.#hands;
    this.watch();
    void later(async () => {
      if (call().status === "ended") return;
      if (call().placed?.calledOff) return this.#endWhatRings();
      if (call().placed?.stage !== "due") return;
      const now = this.#ports.clock.now();
      if (await step(askedFor(call(), now))) void this.#ask(now + TOO_LATE_MS, 1);
    });
  }

  /** Without a socket jambonz is asked by REST what becomes of the call, until it has come back or the call goes on. */
  watch(): void {
    const { clock } = this.#ports;
    this.stop();
    this.#cancel = clock.at(clock.now() + WATCH_MS, () => void this.#look());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** The operator's telephone rings. */
  rang(): void {
    const { call, later, step } = this.#hands;
    void later(async () => {
      const rang = telephoneRang(call(), this.#ports.clock.now());
      if (rang) await step(rang);
    });
  }

  /** Its operator does not want the call any more, of which nobody talks yet. In the call's turn; false: it is another process's. */
  async calledOff(operatorId: string): Promise<boolean> {
    const { call, step } = this.#hands;
    if (call().placed?.calledOff) return true;
    if (!(await step(calledOff(call(), operatorId, this.#ports.clock.now())))) return false;
    this.#endWhatRings();
    return true;
  }

  /** jambonz' id of the call may be known by now: it is by that that one which was called off is given up. */
  known(): void {
    const { status, placed } = this.#hands.call();
    if (status === "live" && placed?.calledOff) this.#endWhatRings();
  }

  /** Ends whatever rings. How the call is over is then told by jambonz, or at worst by the clock. */
  #endWhatRings(): void {
    const { call, over, command } = this.#hands;
    const { placed, callSid, _id } = call();
    if (placed?.stage === "due") over();
    else if (placed?.stage === "pickedUp") {
      if (!command({ kind: "hangUp" })) void this.#ports.rest.hangUp(callSid);
    } else if (callSid !== _id) void this.#giveUp(callSid);
  }

  /** Nothing was heard of the telephone until now. It may have been picked up unheard: what could still be connected is ended. */
  clockRanOut(): void {
    const { call, later, missed } = this.#hands;
    void later(async () => {
      const { placed, callSid, _id } = call();
      if (!isPlacing(call())) return;
      if (callSid !== _id) void this.#giveUp(callSid);
      missed(placed?.stage === "ringing" ? "silent" : "unreachable");
    });
  }

  /** Nothing is said to an answering machine; a telephone that rings for it stops. In the call's turn. */
  machineAnswered(): void {
    const { call, trace, missed, end } = this.#hands;
    if (!isLeftAlone(call())) {
      if (call().status === "live") trace("machineHeard", {});
      return;
    }
    if (call().leg) void this.#ports.rest.hangUp(call().callSid);
    else end();
    missed("machine");
  }

  async #look(): Promise<void> {
    const { rest } = this.#ports;
    const { call, later, missed, connected } = this.#hands;
    const { callSid, _id } = call();
    if (!isPlacing(call()) || connected()) return;
    // Armed before the answer: that of an earlier owner's, who is stopped meanwhile, arms nothing.
    this.watch();
    // Until it is known which call it is, only its clock runs.
    const state = callSid === _id ? "unavailable" : await rest.legState(callSid);
    if (state === "over" && this.#saidOver)
      await later(() => {
        if (isPlacing(call()) && !connected()) missed(call().placed?.stage === "ringing" ? "silent" : "unreachable");
      });
    this.#saidOver = state === "over";
    // Whoever picked up hears nothing; asked for before, it would ring no more.
    if (state === "talking") await rest.reclaim(callSid);
  }

  async #giveUp(callSid: string): Promise<void> {
    const { rest } = this.#ports;
    if ((await rest.giveUp(callSid)) !== "asked") await rest.hangUp(callSid);
  }

  async #ask(until: number, attempt: number): Promise<void> {
    const { clock, placeTelephone, log } = this.#ports;
    const { call, later } = this.#hands;
    const refused = (why: string) => this.#answered({ kind: "refused", why });
    if (clock.now() > until) return void later(() => refused("this process was held up"));
    try {
      const answer = await placeTelephone(call(), TELEPHONE_RING_MS);
      await later(() => this.#answered(answer));
    } catch (error) {
      log.error({ callId: call()._id, err: error, attempt }, "a telephone to be called could not be looked up");
      const again = () => void this.#ask(until, attempt + 1);
      clock.at(clock.now() + PAUSE_MS * attempt, () => {
        void later(attempt < ATTEMPTS ? again : () => refused("the telephone could not be looked up"));
      });
    }
  }

  #answered(answer: PlacingAnswer): void {
    const { call, note, missed } = this.#hands;
    if (answer.kind === "placed") {
      note(withCallSid(call(), answer.callSid));
      this.known();
      return;
    }
    // Otherwise its socket has told more by now.
    if (!isPlacing(call()) || call().placed?.stage !== "asked") return;
    const kind = answer.kind === "refused" ? "placingRefused" : "placingUnanswered";
    const line = { at: this.#ports.clock.now(), kind, nodeId: null, details: { why: answer.why } };
    note(withTrace(call(), [line]));
    if (answer.kind === "refused") missed("unreachable");
  }
}
