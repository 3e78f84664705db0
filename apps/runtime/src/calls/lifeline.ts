import type { Clock, TelephonyRest } from "../ports/index.ts";

/** How long jambonz may take to come back by itself before it is asked by REST: its fourth wait is 4 s, and an attempt takes a while. */
const RECONNECT_PATIENCE_MS = 8_000;
/** After the fourth reconnection it does not come back by itself until it has something to say (protocol fact 42). */
const NO_PATIENCE_AFTER_CUTS = 4;
const NO_PATIENCE_MS = 1_000;
/** After this without a socket and without an answer by REST a call counts as lost. */
const LOST_AFTER_MS = 120_000;
/** A hang-up whose end is not heard of within this is repeated by REST. */
const HANG_UP_PATIENCE_MS = 10_000;

export interface LifelinePorts {
  readonly clock: Clock;
  readonly rest: TelephonyRest;
  readonly onAsked: (answer: "asked" | "gone" | "unavailable") => void;
  readonly onLost: () => void;
  readonly onHungUp: () => void;
}

/** Keeps one call and jambonz together where the socket alone does not: after cuts, and when a hang-up is not confirmed. */
export class Lifeline {
  readonly #ports: LifelinePorts;
  readonly #callSid: () => string;
  #cancel: (() => void) | null = null;

  /** `callSid` is asked when it is needed: of a call that we placed it is not known from the beginning. */
  constructor(callSid: () => string, ports: LifelinePorts) {
    this.#callSid = callSid;
    this.#ports = ports;
  }

  /** The socket is gone: wait for jambonz, then ask for the call by REST, then give it up. */
  awaitReconnect(cuts: number, since: number): void {
    this.#in(cuts >= NO_PATIENCE_AFTER_CUTS ? NO_PATIENCE_MS : RECONNECT_PATIENCE_MS, async (current) => {
      const answer = await this.#ports.rest.reclaim(this.#callSid());
      if (!current()) return;
      this.#ports.onAsked(answer);
      if (answer === "gone" || this.#ports.clock.now() - since > LOST_AFTER_MS) this.#ports.onLost();
      else this.awaitReconnect(0, since);
    });
  }

  /** The socket is gone, and jambonz is not expected to come back: ask for the call by REST. */
  askAtOnce(since: number): void {
    this.awaitReconnect(NO_PATIENCE_AFTER_CUTS, since);
  }

  /** A hang-up was sent: its end must be heard of; where it is not, REST is told, and at last the call counts as ended. */
  awaitHangUp(attempt = 1): void {
    this.#in(HANG_UP_PATIENCE_MS, async (current) => {
      const answer = await this.#ports.rest.hangUp(this.#callSid());
      if (!current()) return;
      if (answer === "gone" || attempt >= 3) this.#ports.onHungUp();
      else this.awaitHangUp(attempt + 1);
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #in(ms: number, work: (current: () => boolean) => Promise<void>): void {
    this.stop();
    let cancelled = false;
    const unarm = this.#ports.clock.at(this.#ports.clock.now() + ms, () => void work(() => !cancelled));
    this.#cancel = () => {
      cancelled = true;
      unarm();
    };
  }
}
