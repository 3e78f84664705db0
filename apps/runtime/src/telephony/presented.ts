import type { Clock, LegCommand, TelephonyEvent, Verb } from "../ports/index.ts";
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

/**
 * Who comes into a conference is in it within 160 ms (jambonz 0.9.8, seen: h9, h10); a leg that was parted with its media on the server is
 * played a second of silence before (run against the real session code).
 */
const ENTRY_PATIENCE_MS = 1_000;
const PARTED_ENTRY_PATIENCE_MS = 2_000;

/** Why what is presented has to wait, and who ends the wait. */
interface Wait {
  readonly for: "session" | "start" | "dial" | "entry";
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
 *   nothing can end it (jambonz 0.9.8, seen: j19, m7). The dial's own `timeout` bounds that;
 * - while a conference is being entered: a verb that is killed before its member is known takes nobody out, and waits for ever to be told that
 *   it is in. The caller stays with the others, and no command has any effect again (jambonz 0.9.8, run against the real session code).
 *
 * What is presented meanwhile is held back; the latest wins. So is a hang-up while a conference is being entered: of a leg that was dialled the verb would
 * wait for ever, and the telephone stay connected to nobody (run against the real session code). Whoever is silenced while they come into a conference, or given their voice back, is
 * told so once more when they are in it: jambonz drops what it is told of a member before (jambonz 0.9.8, run against the real session code).
 */
export class Presented {
  readonly #clock: Clock;
  readonly #send: (verbs: readonly Verb[]) => void;
  readonly #say: (command: LegCommand) => void;
  /** `undefined` after a reconnect: another socket presented it. */
  #entry: number | null | undefined;
  /** What ran before may have had the same entry, and jambonz has not said yet that it has begun with what replaces it. */
  #replacing = false;
  #wait: Wait | null = null;
  #heldBack: readonly Verb[] | null = null;
  /** What was said of the voice of who is coming into a conference; `null`: nothing. */
  #muted: boolean | null = null;
  #hangsUp = false;
  readonly #hooked = new Set<number>();
  #lastLegEnd: LegEnd | null = null;

  /** `send` redirects, `say` commands; they are called when what was held back may go. */
  constructor(clock: Clock, send: (verbs: readonly Verb[]) => void, say: (command: LegCommand) => void) {
    this.#clock = clock;
    this.#send = send;
    this.#say = say;
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

  /** The leg of this socket was parted from its call, into a conference. */
  parted(): void {
    this.#waitFor("entry", PARTED_ENTRY_PATIENCE_MS);
  }

  /** True when this may not be said yet; it will be. */
  holdBackCommand(command: LegCommand): boolean {
    if (this.#wait?.for !== "entry") return false;
    if (command.kind === "mute" && command.legSid === null) this.#muted = command.muted;
    this.#hangsUp ||= command.kind === "hangUp";
    return command.kind === "hangUp";
  }

  /** These verbs have just been sent, as a command or in an ack. */
  now(verbs: readonly Verb[], sentIn: "command" | "ack"): void {
    const hangsUp = this.#hangsUp;
    this.stop();
    this.#lastLegEnd = null;
    const before = this.#entry;
    this.#entry = verbs.map(({ id }) => entryOfId(id)).find((entry) => entry !== null) ?? null;
    this.#replacing = before === undefined || before === this.#entry;
    const dial = verbs.find(({ verb }) => verb === "dial");
    if (!dial) {
      if (verbs.some(({ verb }) => verb === "conference")) this.#waitFor("entry", ENTRY_PATIENCE_MS);
      else if (sentIn === "ack") this.#waitFor("start", START_PATIENCE_MS);
      if (hangsUp && !this.holdBackCommand({ kind: "hangUp" })) this.#say({ kind: "hangUp" });
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
    this.#muted = null;
    this.#hangsUp = false;
  }

  #waitFor(what: Wait["for"], longestMs: number): void {
    const cancelTimer = this.#clock.at(this.#clock.now() + longestMs, () => this.#waitOver());
    this.#wait = { for: what, entry: this.#entry ?? null, cancelTimer };
  }

  #waitOver(): void {
    const verbs = this.#heldBack;
    const muted = this.#muted;
    const hangsUp = this.#hangsUp;
    this.stop();
    if (hangsUp) this.#say({ kind: "hangUp" });
    else if (verbs) this.#send(verbs);
    if (hangsUp || muted === null) return;
    // They may be told to come in again, by verbs that were made before this was said.
    if (verbs) this.holdBackCommand({ kind: "mute", muted, legSid: null });
    else this.#say({ kind: "mute", muted, legSid: null });
  }
}
