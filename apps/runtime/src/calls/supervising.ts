import type { LegCommand, SupervisionMode, SupervisionWish, TelephonyEvent, Verb } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import { isPlacing, telephonePickedUp } from "./placed-call.ts";
import {
  type Listened,
  type MeetingStanding,
  supervisedTalk,
  withEntered,
  withListener,
  withMode,
} from "./supervision.ts";

/** How a supervisor's call acts on itself; everything but `later` is called in the call's turn. */
export interface SupervisingHands {
  readonly call: () => CallDocument;
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  readonly step: (next: CallDocument) => Promise<boolean>;
  readonly trace: (kind: string, details: TraceEvent["details"]) => void;
  readonly command: (command: LegCommand) => boolean;
  readonly redirect: (verbs: readonly Verb[]) => "sent" | "heldBack" | "closed";
  /** The hang-up was sent, and must come to an end. */
  readonly hangingUp: () => void;
  /** Their telephone was not picked up, and is not to ring on. */
  readonly givenUp: () => void;
}

type Ports = Pick<LiveCallPorts, "clock" | "presentation" | "supervision" | "rest">;

/** How often it is looked whether the two still talk; while they are on their way into the conference, and otherwise. */
const ON_THE_WAY_MS = 300;
const TOGETHER_MS = 1_000;
/** They are there by then, or never. */
const PATIENCE_MS = 15_000;
/** jambonz says that the verb begins, and takes a moment to be in the conference: what it is told before is lost (read: record 51). */
const SETTLE_MS = 600;
/** Told once more: a media server that took longer. Nothing of it changes what is so already. */
const AGAIN_MS = 2_500;
/** jambonz asks its media server whom a coach is not to be heard by, and says so: until then they stay silent (read: `setCoachMode`). */
const UNHEARD_MS = 500;

/**
 * Has a supervisor listen to a conversation, whisper to its operator, or join the two. It only ever leaves or comes into the conference of
 * the other call: whatever happens to it, the two hear nothing of it.
 */
export class Supervising {
  readonly #ports: Ports;
  readonly #hands: SupervisingHands;
  #cancelLook: (() => void) | null = null;
  #cancelSettle: (() => void) | null = null;
  #cancelVoice: (() => void) | null = null;
  #inRoom = false;
  #comforted = false;
  #since = 0;
  #turn = 0;
  #leaving = false;

  constructor(ports: Ports, hands: SupervisingHands) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** The supervisor's telephone was picked up. */
  async pickedUp(): Promise<void> {
    const { call, step } = this.#hands;
    const next = telephonePickedUp(call(), this.#ports.clock.now());
    if (await step({ ...next, rev: next.rev + 1 })) this.again();
  }

  /** Their call has come back, here or from another process: they come into the conference anew. */
  again(): void {
    const { call } = this.#hands;
    if (!call().supervision || call().status === "ended" || isPlacing(call())) return;
    this.#inRoom = false;
    this.#since = this.#ports.clock.now();
    void this.#look();
  }

  /** What they wish for their own part. `gone`: it is over. */
  async wished(wish: SupervisionWish): Promise<"done" | "gone" | "unowned"> {
    const { call, step } = this.#hands;
    if (!call().supervision || call().status === "ended") return "gone";
    if (wish.kind === "leave") {
      this.#leave("asked");
      return "done";
    }
    const next = withMode(call(), wish.mode, this.#ports.clock.now());
    if (next && !(await step(next))) return "unowned";
    if (next && this.#inRoom) this.#speakAs(wish.mode);
    return "done";
  }

  /** What they hear has begun, or they fell out of it: then they come in again while there is something to come into. */
  told({ kind, turn }: Extract<TelephonyEvent, { kind: "apartStarted" | "apartEnded" }>): void {
    const { call } = this.#hands;
    if (turn !== this.#turn || call().status === "ended") return;
    if (kind === "apartStarted") {
      this.#settle(SETTLE_MS, () => {
        this.#speakAs(this.#mode());
        this.#settle(AGAIN_MS, () => this.#onceMore(this.#mode()));
      });
    } else {
      this.#inRoom = false;
      this.#in(TOGETHER_MS);
    }
  }

  /** Another supervisor is in this conversation, or not any more (mode null). */
  async listened(...told: Listened): Promise<"taken" | "gone" | "unowned"> {
    const { call, step } = this.#hands;
    if (call().status === "ended") return "gone";
    const next = withListener(call(), ...told, this.#ports.clock.now());
    return !next || (await step(next)) ? "taken" : "unowned";
  }

  stop(): void {
    for (const cancel of [this.#cancelLook, this.#cancelSettle, this.#cancelVoice]) cancel?.();
  }

  /** Not in the call's turn: the conversation is another call, which any process may have. */
  async #look(): Promise<void> {
    this.#cancelLook?.();
    const { call, later } = this.#hands;
    let standing: MeetingStanding;
    try {
      standing = await this.#ports.supervision.standing(call());
    } catch {
      // A store that does not answer disturbs nobody.
      return this.#in(TOGETHER_MS);
    }
    await later(() => this.#found(standing));
  }

  async #found(standing: MeetingStanding): Promise<void> {
    const { call, redirect } = this.#hands;
    if (call().status === "ended" || this.#leaving) return;
    const { clock, presentation } = this.#ports;
    if (standing === "over") return this.#leave("talkOver");
    if (standing === "together") {
      if (!this.#inRoom) await this.#enter();
      return this.#in(TOGETHER_MS);
    }
    if (clock.now() - this.#since > PATIENCE_MS) return this.#leave("notTogether");
    if (!this.#comforted && !this.#inRoom) redirect(presentation.comfort(call()));
    this.#comforted = true;
    this.#in(ON_THE_WAY_MS);
  }

  async #enter(): Promise<void> {
    const { call, step, redirect } = this.#hands;
    const { clock, presentation } = this.#ports;
    const talk = supervisedTalk(call());
    if (!talk) return;
    const entered = withEntered(call(), clock.now());
    if (entered && !(await step(entered))) return;
    // Apart from every turn of another owner: what a verb of theirs says is not of this one.
    this.#turn = Math.max(this.#turn + 1, call().ownerEpoch * TURNS_OF_AN_OWNER);
    const how = { held: false, turn: this.#turn, listensTo: talk.callId };
    this.#inRoom = redirect(presentation.apart(call(), how)) !== "closed";
  }

  #leave(why: string): void {
    const { call, trace, redirect, hangingUp, givenUp } = this.#hands;
    if (this.#leaving) return;
    this.#leaving = true;
    trace("supervisionOver", { why });
    if (isPlacing(call())) {
      if (call().callSid !== call()._id) void this.#ports.rest.giveUp(call().callSid);
      givenUp();
      return;
    }
    redirect([{ verb: "hangup" }]);
    hangingUp();
  }

  #mode(): SupervisionMode {
    return this.#hands.call().supervision?.mode ?? "listen";
  }

  /** Has them heard by those who are to hear them. Nobody hears them in between who is not to. */
  #speakAs(mode: SupervisionMode): void {
    const { command } = this.#hands;
    this.#cancelVoice?.();
    if (mode !== "join") command({ kind: "mute", muted: true, legSid: null });
    command({ kind: "coachInRoom", coaches: mode === "whisper" });
    if (mode === "join") command({ kind: "mute", muted: false, legSid: null });
    if (mode === "whisper") this.#voice(UNHEARD_MS, () => command({ kind: "mute", muted: false, legSid: null }));
  }

  #onceMore(mode: SupervisionMode): void {
    const { command } = this.#hands;
    if (mode === "whisper") command({ kind: "coachInRoom", coaches: true });
    this.#voice(UNHEARD_MS, () => command({ kind: "mute", muted: mode === "listen", legSid: null }));
  }

  #settle(ms: number, work: () => void): void {
    this.#cancelSettle?.();
    this.#cancelSettle = this.#after(ms, work);
  }

  #voice(ms: number, work: () => void): void {
    this.#cancelVoice?.();
    this.#cancelVoice = this.#after(ms, work);
  }

  #after(ms: number, work: () => void): () => void {
    const { clock } = this.#ports;
    return clock.at(clock.now() + ms, () => {
      void this.#hands.later(() => {
        if (this.#inRoom && this.#hands.call().status === "live") work();
      });
    });
  }

  #in(ms: number): void {
    this.#cancelLook?.();
    const { clock } = this.#ports;
    this.#cancelLook = clock.at(clock.now() + ms, () => void this.#look());
  }
}

const TURNS_OF_AN_OWNER = 1_000;
