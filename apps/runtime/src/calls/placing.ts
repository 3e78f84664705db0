import type { DialResult } from "@cordboard/node-kit";
import type { PlacingAnswer } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";
import { askedFor, isPlacing, TELEPHONE_RING_MS, telephoneRang, withCallSid } from "./placed-call.ts";
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
  readonly missed: (result: Exclude<DialResult, "completed">) => void;
}

/** For a store that stumbles as the telephone is looked up. */
const ATTEMPTS = 3;
const PAUSE_MS = 400;
/** An order that is late by this is not sent any more (a store that did not answer, a process that stood still): the call is over. */
const TOO_LATE_MS = 8_000;

/**
 * Has the operator's telephone called, once: that jambonz may have been asked is written before it is. Where its answer is lost, or this
 * process, nobody asks again: the socket that jambonz opens for the call tells what became of it, and where it tells nothing until the
 * call's clock runs out, the call counts as failed and is given up.
 */
export class Placing {
  readonly #ports: Pick<LiveCallPorts, "clock" | "placeTelephone" | "rest" | "log">;
  readonly #hands: PlacingHands;

  constructor(ports: Pick<LiveCallPorts, "clock" | "placeTelephone" | "rest" | "log">, hands: PlacingHands) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** Does nothing to a call of which jambonz may have been asked before. */
  begin(): void {
    const { call, later, step } = this.#hands;
    void later(async () => {
      if (call().status === "ended" || call().placed?.stage !== "due") return;
      const now = this.#ports.clock.now();
      if (await step(askedFor(call(), now))) void this.#ask(now + TOO_LATE_MS, 1);
    });
  }

  /** The operator's telephone rings. */
  rang(): void {
    const { call, later, step } = this.#hands;
    void later(async () => {
      const rang = telephoneRang(call(), this.#ports.clock.now());
      if (rang) await step(rang);
    });
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
