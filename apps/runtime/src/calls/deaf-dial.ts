import type { Clock, DialledNow, TelephonyRest } from "../ports/index.ts";
import type { CallDocument } from "./model.ts";
import { dialledNow } from "./recovery.ts";

const LOOK_MS = 1_000;

/** Whether what this call dials now is told by nobody, and still has something to be told of. */
function isDeafDial({ placed, media, leg, status, apart }: CallDocument): boolean {
  if (status === "ended" || placed?.deaf !== true || apart) return false;
  return media?.effect.type === "dial" && leg !== null && leg.state !== "talking" && leg.way !== "refer";
}

interface DeafDialHands {
  readonly call: () => CallDocument;
  /** What was dialled rings, or is talked to. */
  readonly dialled: (entry: number, now: DialledNow) => void;
}

/**
 * What a call dials whose session began again (`TelephonyRest.beginAgain`): jambonz says on its socket how the dial ends, and nothing before. So it is
 * asked by REST, as long as the telephone is not picked up.
 */
export class DeafDial {
  readonly #clock: Clock;
  readonly #rest: Pick<TelephonyRest, "dialledBy">;
  readonly #hands: DeafDialHands;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, rest: Pick<TelephonyRest, "dialledBy">, hands: DeafDialHands) {
    this.#clock = clock;
    this.#rest = rest;
    this.#hands = hands;
  }

  /** After each write, and after a take-over. */
  follow(): void {
    if (this.#cancel !== null || !isDeafDial(this.#hands.call())) return;
    this.#cancel = this.#clock.at(this.#clock.now() + LOOK_MS, () => void this.#look());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  async #look(): Promise<void> {
    const armed = this.#cancel;
    const call = this.#hands.call();
    const legs = isDeafDial(call) ? await this.#rest.dialledBy(call.callSid) : [];
    if (this.#cancel !== armed) return;
    this.#cancel = null;
    const found = legs === "unavailable" ? undefined : dialledNow(legs, call);
    if (found && call.leg) this.#hands.dialled(call.leg.entry, found);
    this.follow();
  }
}
