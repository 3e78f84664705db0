import type { Clock, TelephonyEvent, Verb } from "../ports/index.ts";
import { entryOfId } from "./media-address.ts";

type LegEnd = Extract<TelephonyEvent, { kind: "legEnded" }>;

/** jambonz's ring time when a dial names none. */
const DEFAULT_RING_S = 60;
/** The dial's hook follows its timeout within milliseconds (jambonz 0.9.8, seen: b3, m4); after this it is not waited for. */
const RING_GRACE_MS = 3_000;

/**
 * What was last presented on a socket, as far as the socket has to know: which entry's hooks are to be expected, and whether a
 * telephone rings.
 *
 * **A dial that rings is not redirected** (protocol rule 6): where an answer crosses the redirect, the operator's leg stays connected to
 * nobody and nothing can end it (jambonz 0.9.8, seen: j19, m7). What is presented meanwhile is held back until the dial is over or
 * answered; the dial's own `timeout` bounds that.
 */
export class Presented {
  readonly #clock: Clock;
  readonly #send: (verbs: readonly Verb[]) => void;
  /** `undefined` after a reconnect: another socket presented it. */
  #entry: number | null | undefined;
  #ringing: { readonly entry: number | null; readonly cancelTimer: () => void } | null = null;
  #heldBack: readonly Verb[] | null = null;
  readonly #hooked = new Set<number>();
  #lastLegEnd: LegEnd | null = null;

  /** `send` redirects; it is called when what was held back may go. */
  constructor(clock: Clock, send: (verbs: readonly Verb[]) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** These verbs have just been sent. */
  now(verbs: readonly Verb[]): void {
    this.stop();
    this.#lastLegEnd = null;
    this.#entry = verbs.map(({ id }) => entryOfId(id)).find((entry) => entry !== null) ?? null;
    const dial = verbs.find(({ verb }) => verb === "dial");
    if (!dial) return;
    const ringMs = (typeof dial.timeout === "number" ? dial.timeout : DEFAULT_RING_S) * 1_000;
    this.#ringing = {
      entry: this.#entry,
      cancelTimer: this.#clock.at(this.#clock.now() + ringMs + RING_GRACE_MS, () => this.#ringOver()),
    };
  }

  /** True when a telephone rings: the verbs wait for its end. The latest win. */
  holdBack(verbs: readonly Verb[]): boolean {
    if (!this.#ringing) return false;
    this.#heldBack = verbs;
    return true;
  }

  /** The dial of this entry posted its hook; returns what had to wait for it. */
  dialOver(entry: number): readonly Verb[] | null {
    if (this.#ringing?.entry !== entry) return null;
    const verbs = this.#heldBack;
    this.stop();
    return verbs;
  }

  /** A connected dial may be redirected (jambonz 0.9.8, seen: b10). */
  dialAnswered(): void {
    if (this.#ringing) this.#ringOver();
  }

  legEnded(event: LegEnd): void {
    this.#lastLegEnd = event;
  }

  /** The final word on the last child leg since this was presented. */
  get lastLegEnd(): LegEnd | null {
    return this.#lastLegEnd;
  }

  /** Whether a hook of this entry is of what runs, and not of a verb that was killed. */
  awaits(entry: number): boolean {
    return this.#entry === undefined || this.#entry === entry;
  }

  hookCame(entry: number): void {
    this.#hooked.add(entry);
  }

  /** True, once, for an entry that runs and whose hook has not come on this socket. */
  lost(entry: number): boolean {
    if (!this.awaits(entry) || this.#hooked.has(entry)) return false;
    this.#hooked.add(entry);
    return true;
  }

  /** Forgets what rings and what waits for it. */
  stop(): void {
    this.#ringing?.cancelTimer();
    this.#ringing = null;
    this.#heldBack = null;
  }

  #ringOver(): void {
    const verbs = this.#heldBack;
    this.stop();
    if (verbs) this.#send(verbs);
  }
}
