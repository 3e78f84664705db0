import { telling } from "./call-leg.ts";
import { LAST_WORD_MS, settleMs, unfinishedOffer, withLastWord } from "./last-word.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";

/** How the settling acts on its call. */
export interface SettlingHands {
  readonly call: () => CallDocument;
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  /** Writes what changed, and tells what is owed. */
  readonly write: (call: CallDocument) => Promise<void>;
  /** Everything was told: the trace moves out, and the call leaves memory. */
  readonly settled: () => Promise<void>;
}

/** What is left to be done for a call that has ended: the last word of a telephone that rang, and everybody told. */
export class Settling {
  readonly #clock: LiveCallPorts["clock"];
  readonly #hands: SettlingHands;

  constructor(clock: LiveCallPorts["clock"], hands: SettlingHands) {
    this.#clock = clock;
    this.#hands = hands;
  }

  /** The caller hung up while a telephone rang: its final status follows within moments, or the leg is left to itself (protocol fact 19). */
  awaitLastWord(): void {
    const offerId = unfinishedOffer(this.#hands.call());
    if (offerId) this.#in(LAST_WORD_MS, () => this.#leftBehind(offerId));
  }

  /**
   * Ended and told to everyone: the call leaves memory once the telephone's last word is in. That it was told is written then, with the
   * trace: who takes the call up before that tells it again, which does no harm.
   */
  settleIfTold(): void {
    const { call, settled } = this.#hands;
    if (call().outbox.length > 0) return;
    this.#in(settleMs(call()), async () => {
      if (call().outbox.length === 0) await settled();
    });
  }

  async #leftBehind(offerId: string): Promise<void> {
    const { call, write } = this.#hands;
    if (unfinishedOffer(call()) !== offerId) return;
    await write(withLastWord(telling(call(), offerId, { kind: "orphaned" }, this.#clock.now())));
  }

  #in(ms: number, work: () => Promise<void>): void {
    this.#clock.at(this.#clock.now() + ms, () => void this.#hands.later(work));
  }
}
