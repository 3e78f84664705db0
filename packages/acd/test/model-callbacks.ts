import type { AcdEvent, Intent, TelephoneFailure } from "../src/index.ts";

/** A call that was placed for a callback: the operator's telephone first, then the number. */
interface PlacedCall {
  readonly callbackId: string;
  readonly offerId: string;
  phase: "ringing" | "talking" | "gone";
  /** How the number was reached, or was not; null: it never came to an end. */
  result: "answered" | TelephoneFailure | "machine" | null;
}

type Promised = Extract<AcdEvent, { type: "callbackPromised" }>;

/** The calls that are placed for callbacks, as their own documents know them. What they report goes to the same outbox as other calls'. */
export class ModelCallbacks {
  readonly promises = new Map<string, Promised>();
  readonly placed: PlacedCall[] = [];
  /** Two calls for one callback at a time: must stay empty. */
  readonly doubles: string[] = [];
  readonly #outbox: AcdEvent[];

  constructor(outbox: AcdEvent[]) {
    this.#outbox = outbox;
  }

  promise(given: Omit<Promised, "type" | "callId" | "priority">): void {
    const callId = this.newId();
    const event: Promised = { type: "callbackPromised", callId, priority: 0, ...given };
    this.promises.set(callId, event);
    this.#outbox.push(event);
  }

  newId(): string {
    return `callback_${this.promises.size + 1}`;
  }

  inPhase(phase: PlacedCall["phase"]): readonly PlacedCall[] {
    return this.placed.filter((call) => call.phase === phase);
  }

  of(offerId: string): PlacedCall | undefined {
    return this.placed.find((call) => call.offerId === offerId);
  }

  answer(call: PlacedCall): void {
    call.phase = "talking";
    call.result = "answered";
    this.#outbox.push({ type: "telephoneAnswered", callId: call.callbackId, offerId: call.offerId });
  }

  /** The number did not answer; the call that was placed is over. */
  numberFails(call: PlacedCall, how: TelephoneFailure | "machine"): void {
    call.result = how;
    this.#outbox.push({ type: "numberFailed", callId: call.callbackId, offerId: call.offerId, how });
    this.end(call);
  }

  /** The operator's own telephone did not answer. */
  deskFails(call: PlacedCall, how: TelephoneFailure): void {
    this.#outbox.push({ type: "telephoneFailed", callId: call.callbackId, offerId: call.offerId, how });
    this.end(call);
  }

  /** Somebody hung up. */
  end(call: PlacedCall): void {
    call.phase = "gone";
    this.#outbox.push({ type: "conversationEnded", callId: call.callbackId, offerId: call.offerId });
  }

  carryOut(intent: Extract<Intent, { type: "connect" | "checkCall" }>): void {
    const { callId, offerId } = intent;
    if (offerId === null) return;
    const known = this.of(offerId);
    if (known === undefined && intent.type === "connect") {
      const other = this.placed.find((call) => call.callbackId === callId && call.phase !== "gone");
      if (other !== undefined) this.doubles.push(offerId);
      this.placed.push({ callbackId: callId, offerId, phase: "ringing", result: null });
    }
    const { phase } = this.of(offerId) ?? { phase: "gone" };
    if (phase === "gone") this.#outbox.push({ type: "conversationEnded", callId, offerId });
    else if (phase === "ringing") this.#outbox.push({ type: "telephoneRinging", callId, offerId });
  }
}
