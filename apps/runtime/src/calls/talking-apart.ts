import type { Clock, LegCommand, PendingHook, TelephonyEvent, Verb } from "../ports/index.ts";
import {
  mayBeHeld,
  withHold,
  withLegFound,
  withNewTurn,
  withoutParting,
  withParted,
  withTurnEvidence,
} from "./apart.ts";
import type { CallRoutes } from "./call-routes.ts";
import type { FlowSteps } from "./flow-steps.ts";
import type { CallDocument } from "./model.ts";
import type { PartedLegs } from "./parted-legs.ts";
import { passedOn } from "./passing-on.ts";
import type { Presentation } from "./presentation.ts";

type DialEnded = Extract<TelephonyEvent, { kind: "dialEnded" }>;

/** How a conversation whose legs are apart acts on its call; everything is called in the call's turn. */
export interface ApartHands {
  readonly call: () => CallDocument;
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  /** Writes a step that no flow takes. */
  readonly step: (next: CallDocument) => Promise<boolean>;
  readonly note: (call: CallDocument | null) => void;
  readonly command: (command: LegCommand) => boolean;
  readonly redirect: (verbs: readonly Verb[]) => "sent" | "heldBack" | "closed";
  /** Whether the leg that was dialled has said its last word as a dialled one. */
  readonly legEndSeen: () => boolean;
  readonly dialEnded: (event: DialEnded) => Promise<void>;
  readonly intoFlow: (next: CallDocument, compiled: ConstructorParameters<typeof FlowSteps>[0]) => Promise<void>;
}

export interface ApartPorts {
  readonly clock: Clock;
  readonly legs: Pick<PartedLegs, "order" | "hangUp" | "reclaim">;
  readonly presentation: Pick<Presentation, "apart">;
  readonly passOnRoute: CallRoutes["passOn"];
}

/** Parting takes a re-INVITE, and a reconnection of the socket at worst; a hook that asks what the leg is to do is answered within 5 s. */
const PARTING_MS = 12_000;
/** How often it is made sure that the operator's leg is still there, as long as all is well; and when its socket is missing. */
const WATCH_MS = 20_000;
const MISSING_MS = 3_000;
/** A caller who falls out of what they hear hears it again, but never in a loop that nobody would survive. */
const AGAIN_MS = 1_000;

/** A conversation whose legs are apart: the caller held or in the conference, the operator's leg watched. */
export class TalkingApart {
  readonly #ports: ApartPorts;
  readonly #hands: ApartHands;
  /** Legs that have ended: nothing is left to be hung up. */
  readonly #over = new Set<string>();
  #cancel: (() => void) | null = null;
  #presentedAt = 0;

  constructor(ports: ApartPorts, hands: ApartHands) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** What the caller hears is told apart from the flow. */
  static presents({ apart, media }: CallDocument): boolean {
    return apart?.stage === "apart" && media?.effect.type === "dial";
  }

  /** The operator holds the caller, or takes them back. In the call's turn. */
  async hold(offerId: string | null, queueId: string | null, held: boolean): Promise<"done" | "gone" | "unowned"> {
    const { call, step, command } = this.#hands;
    if (!mayBeHeld(call(), offerId)) return "gone";
    const next = withHold(call(), held, queueId, this.#ports.clock.now());
    if (!next) return "done";
    const before = call();
    // Whom the border controller silences nobody could give their voice back once the dial is over (read: `_lccMuteStatus`).
    if (!before.apart && before.leg?.muted) command({ kind: "mute", muted: false, legSid: before.leg.legSid });
    const unmuted = before.apart || !next.leg?.muted ? next : { ...next, leg: { ...next.leg, muted: false } };
    if (!(await step(unmuted))) return "unowned";
    if (call().apart?.stage === "apart") {
      await this.present(null);
      return "done";
    }
    if (before.apart) return "done";
    return this.#part();
  }

  /** Silences the operator where they are, or gives them their voice back. */
  mute(legSid: string, muted: boolean): Promise<boolean> {
    return this.#ports.legs.order(legSid, { kind: "mute", muted });
  }

  /**
   * A dial that is over: true when it is because its leg was parted from it, which is no end of the conversation. A leg that has hung up says
   * so before the dial's hook (protocol fact 26); one that was parted says nothing more here (seen: h16).
   */
  async dialEnded(event: DialEnded): Promise<boolean> {
    const { call, step, legEndSeen } = this.#hands;
    const { apart } = call();
    if (!apart || apart.entry !== event.entry || call().status === "ended") return false;
    if (apart.stage === "apart") {
      event.hook.answer([]);
      return true;
    }
    if (event.result !== "completed" || legEndSeen()) return false;
    const parted = withParted(call());
    if (parted && (await step(parted))) await this.present(event.hook);
    return true;
  }

  /** The leg is there, or over: told by whoever has its socket. */
  async legTold(legSid: string, what: "there" | "over"): Promise<"taken" | "gone"> {
    const { call, step } = this.#hands;
    if (what === "over") {
      this.#over.add(legSid);
      if (call().apart?.legSid !== legSid || call().status === "ended") return "gone";
      await this.#legOver(legSid);
      return "taken";
    }
    const found = withLegFound(call(), legSid);
    const next = found ?? (call().apart?.legSid === legSid ? withParted(call()) : null);
    if (call().status === "ended" || (!next && call().apart?.legSid !== legSid)) return "gone";
    if (next && (await step(next))) await this.present(null);
    return "taken";
  }

  /** What the caller hears has begun, or is over by itself: who falls out of the conference, or hears no music, is brought back. */
  async told(event: Extract<TelephonyEvent, { kind: "apartStarted" | "apartEnded" }>): Promise<void> {
    const { call, note, later, step } = this.#hands;
    const { clock } = this.#ports;
    if (event.kind === "apartStarted") return note(withTurnEvidence(call(), event.turn, "started"));
    const again = async () => {
      if (call().apart?.turn !== event.turn || !TalkingApart.presents(call())) return;
      if (await step(withNewTurn(call()))) await this.present(null);
    };
    if (call().apart?.turn !== event.turn) return;
    const wait = this.#presentedAt + AGAIN_MS - clock.now();
    if (wait <= 0) return again();
    clock.at(clock.now() + wait, () => void later(again));
  }

  /** Sends the caller what they are to hear: music, or the conference. */
  async present(hook: PendingHook | null): Promise<"sent" | "heldBack" | "closed"> {
    const { call, note, redirect } = this.#hands;
    const { apart } = call();
    if (!apart) return "closed";
    const verbs = this.#ports.presentation.apart(call(), apart);
    this.#presentedAt = this.#ports.clock.now();
    const sent = hook ? "sent" : redirect(verbs);
    hook?.answer(verbs);
    if (sent === "sent") note(withTurnEvidence(call(), apart.turn, "sent"));
    return sent;
  }

  /** Watches while the legs are apart, and ends the operator's leg when the conversation is over without it. Once what changed is durable. */
  follow(before: CallDocument, now: CallDocument): void {
    const left = before.apart;
    if (left && (!now.apart || now.status === "ended") && !this.#over.has(left.legSid)) {
      this.#over.add(left.legSid);
      void this.#ports.legs.hangUp(left.legSid);
    }
    if (!now.apart || now.status === "ended") this.stop();
    else if (before.apart?.stage !== now.apart.stage || !this.#cancel) this.watch();
  }

  /** Begins to watch; also for a call that was taken up. */
  watch(): void {
    const { apart } = this.#hands.call();
    if (apart) this.#in(apart.stage === "parting" ? PARTING_MS : MISSING_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #in(ms: number): void {
    this.stop();
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.now() + ms, () => void this.#look());
  }

  /** Not in the call's turn: a leg is asked for in whichever process has it, and by REST. */
  async #look(): Promise<void> {
    const { call, later, step } = this.#hands;
    const { legs, clock } = this.#ports;
    const { apart } = call();
    if (!apart || call().status === "ended") return;
    if (apart.stage === "parting") {
      await later(async () => {
        const given = withoutParting(call(), clock.now());
        if (given) await step(given);
      });
      return;
    }
    if (await legs.order(apart.legSid, { kind: "there" })) return this.#in(WATCH_MS);
    // jambonz may still be waiting before it comes back with the leg; where it does not know it any more, the leg is over.
    if ((await legs.reclaim(apart.legSid)) === "gone") {
      this.#over.add(apart.legSid);
      await later(() => this.#legOver(apart.legSid));
    }
    // Also where that could not be done just now: a caller on hold is not forgotten.
    if (call().apart && call().status === "live") this.#in(MISSING_MS * 2);
  }

  async #part(): Promise<"done" | "unowned"> {
    const { call, command, step } = this.#hands;
    if (command({ kind: "part", verbs: this.#ports.presentation.apart(call(), { held: false, turn: 0 }) }))
      return "done";
    const back = withoutParting(call(), this.#ports.clock.now());
    if (back) await step(back);
    return "unowned";
  }

  /** The operator's end is gone: of a conversation that is its end; a caller who was held has somebody else to talk to, before everybody. */
  async #legOver(legSid: string): Promise<void> {
    const { call, dialEnded, intoFlow } = this.#hands;
    const { apart, leg } = call();
    if (apart?.legSid !== legSid || !leg || call().status === "ended") return;
    const { entry, held, queueId } = apart;
    if (held && queueId !== null && leg.offerId !== null) {
      const { offerId } = leg;
      const route = await this.#ports.passOnRoute(call().companyId, queueId, { kind: "back" });
      const back = { kind: "passOn", to: { kind: "back" }, place: "head", outcome: null, note: "" } as const;
      const next = route && passedOn(call(), { offerId, queueId }, back, route, this.#ports.clock.now());
      if (next) return intoFlow(next, route.compiled);
    }
    const hook = { answer: (verbs: readonly Verb[]) => void (verbs.length > 0 && this.#hands.redirect(verbs)) };
    await dialEnded({ kind: "dialEnded", entry, result: "completed", sipStatus: 200, legSid, hook });
  }
}
