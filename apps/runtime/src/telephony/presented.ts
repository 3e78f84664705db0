import type { Clock, TelephonyEvent, Verb } from "../ports/index.ts";
import { entryOfId } from "./media-address.ts";

type LegEnd = Extract<TelephonyEvent, { kind: "legEnded" }>;

/** jambonz's ring time when a dial names none. */
const DEFAULT_RING_S = 60;
/** The dial's hook follows its timeout within milliseconds (jambonz 0.9.8, seen: b3, m4); after this it is not waited for. */
const RING_GRACE_MS = 3_000;
/** jambonz says `trying` within 10 ms of the ack (jambonz 0.9.8, seen in 163 recordings); it is not waited for longer than this. */
const SESSION_PATIENCE_MS = 1_000;

/** jambonz says `starting` within milliseconds of an ack with verbs; where it is deaf (seen: d12), nobody waits longer. */
const START_PATIENCE_MS = 250;

/** Why what is presented has to wait, and who ends the wait. */
interface Wait {
  readonly for: "session" | "start" | "dial";
  readonly entry: number | null;
  readonly cancelTimer: () => void;
}

/**
 * What was last presented on a socket, as far as the socket has to know: which entry's hooks are to be expected, and whether something
 * new may be sent now. It may not
 *
 * - between the ack of `session:new` and jambonz's next word: until then its session is not listening, and a command is lost without a
 *   trace (jambonz 0.9.8, seen: l3, and run: its requestor hands a command that comes with the ack to nobody);
 * - between an ack with verbs and their start: jambonz takes a command that comes with an ack before the ack, whose verbs then win
 *   (jambonz 0.9.8, run: its requestor hands commands over at once and acks by a promise; compare h25);
 * - **while a dial rings** (protocol rule 6): where an answer crosses the redirect, the operator's leg stays connected to nobody and
 *   nothing can end it (jambonz 0.9.8, seen: j19, m7). The dial's own `timeout` bounds that.
 *
 * What is presented meanwhile is held back; the latest wins.
 */
export class Presented {
  readonly #clock: Clock;
  readonly #send: (verbs: readonly Verb[]) => void;
  /** `undefined` after a reconnect: another socket presented it. */
  #entry: number | null | undefined;
  /** What ran before may have had the same entry, and jambonz has not said yet that it has begun with what replaces it. */
  #replacing = false;
  #wait: Wait | null = null;
  #heldBack: readonly Verb[] | null = null;
  readonly #hooked = new Set<number>();
  #lastLegEnd: LegEnd | null = null;

  /** `send` redirects; it is called when what was held back may go. */
  constructor(clock: Clock, send: (verbs: readonly Verb[]) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** session:new was acked, which presents nothing that is heard. */
  sessionBegan(): void {
    this.#entry = null;
    this.#waitFor("session", SESSION_PATIENCE_MS);
  }

  /** jambonz said something: its session listens. */
  heard(): void {
    if (this.#wait?.for === "session") this.#waitOver();
  }

  /** These verbs have just been sent, as a command or in an ack. */
  now(verbs: readonly Verb[], sentIn: "command" | "ack"): void {
    this.stop();
    this.#lastLegEnd = null;
    const before = this.#entry;
    this.#entry = verbs.map(({ id }) => entryOfId(id)).find((entry) => entry !== null) ?? null;
    this.#replacing = before === undefined || before === this.#entry;
    const dial = verbs.find(({ verb }) => verb === "dial");
    if (!dial) {
      if (sentIn === "ack") this.#waitFor("start", START_PATIENCE_MS);
      return;
    }
    const ringS = typeof dial.timeout === "number" ? dial.timeout : DEFAULT_RING_S;
    this.#waitFor("dial", ringS * 1_000 + RING_GRACE_MS);
  }

  /** jambonz started the verb of this entry. */
  started(entry: number): void {
    if (this.#entry === entry) this.#replacing = false;
    if (this.#wait?.for === "start" && this.#wait.entry === entry) this.#waitOver();
  }

  /** True when these verbs may not be sent yet; they will be. */
  holdBack(verbs: readonly Verb[]): boolean {
    if (!this.#wait) return false;
    this.#heldBack = verbs;
    return true;
  }

  /** The dial of this entry posted its hook; returns what had to wait for it. */
  dialOver(entry: number): readonly Verb[] | null {
    if (this.#wait?.for !== "dial" || this.#wait.entry !== entry) return null;
    const verbs = this.#heldBack;
    this.stop();
    return verbs;
  }

  /** A connected dial may be redirected (jambonz 0.9.8, seen: b10). */
  dialAnswered(): void {
    if (this.#wait?.for === "dial") this.#waitOver();
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

  /**
   * Whether what is told of this entry is of the verb that was killed for the one presented last: the same effect, presented again. jambonz
   * tells the end of the one before the start of the other.
   */
  replaced(entry: number): boolean {
    return this.#entry === entry && this.#replacing;
  }

  hookCame(entry: number): void {
    this.#hooked.add(entry);
  }

  /** True, once, for an entry that runs and whose hook has not come on this socket. */
  lost(entry: number): boolean {
    if (!this.awaits(entry) || this.replaced(entry) || this.#hooked.has(entry)) return false;
    this.#hooked.add(entry);
    return true;
  }

  /** Forgets what is waited for, and what waits. */
  stop(): void {
    this.#wait?.cancelTimer();
    this.#wait = null;
    this.#heldBack = null;
  }

  #waitFor(what: Wait["for"], longestMs: number): void {
    const cancelTimer = this.#clock.at(this.#clock.now() + longestMs, () => this.#waitOver());
    this.#wait = { for: what, entry: this.#entry ?? null, cancelTimer };
  }

  #waitOver(): void {
    const verbs = this.#heldBack;
    this.stop();
    if (verbs) this.#send(verbs);
  }
}
