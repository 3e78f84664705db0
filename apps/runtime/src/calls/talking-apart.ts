import type { Clock, LegCommand, PendingHook, TelephonyEvent, Verb } from "../ports/index.ts";
import {
  mayBeHeld,
  withHold,
  withLegFound,
  withMeeting,
  withNewTurn,
  withoutParting,
  withParted,
  withTurnEvidence,
  withVoiceTold,
} from "./apart.ts";
import type { CallRoutes } from "./call-routes.ts";
import { withoutConsult, withTogether } from "./consult.ts";
import { withHearing } from "./consult-hearing.ts";
import type { FlowSteps } from "./flow-steps.ts";
import type { Apart, CallDocument } from "./model.ts";
import { hasPartyAtOurEnd, isToBeTurned, operatorTalk } from "./operator-talk.ts";
import type { PartedLegs } from "./parted-legs.ts";
import { passedOn } from "./passing-on.ts";
import type { Presentation } from "./presentation.ts";
import { turnedRound } from "./turned-round.ts";

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
  /** The operator's leg is over: true where somebody whom they asked talks to the caller too, and has the call now. */
  readonly takenOver: () => Promise<boolean>;
  /** The operator's leg is there: it may be told what it was not. */
  readonly legThere: () => void;
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

/** What is heard on a leg that becomes a call's own is to be told of. */
const TELLS: readonly Verb[] = [{ verb: "config", notifyEvents: true }];

/** A conversation whose legs are apart: the caller held or in the conference, the operator's leg watched. */
export class TalkingApart {
  readonly #ports: ApartPorts;
  readonly #hands: ApartHands;
  /** Legs that have ended: nothing is left to be hung up. */
  readonly #over = new Set<string>();
  #cancel: (() => void) | null = null;
  #presentedAt = 0;
  /** Of a call that is to be turned round: the operator, whose leg is at our end still, has come into the conference. */
  #operatorRoomed = false;

  constructor(ports: ApartPorts, hands: ApartHands) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** What the caller hears is told apart from the flow. */
  static presents({ apart, media }: CallDocument): boolean {
    return apart?.stage === "apart" && media?.effect.type === "dial";
  }

  /** The operator holds the caller, or takes them back; `also`: what is written with it, though the caller may be there. In the call's turn. */
  async hold(
    offerId: string | null,
    queueId: string | null,
    held: boolean,
    also?: (next: CallDocument) => CallDocument,
  ): Promise<"done" | "gone" | "unowned"> {
    const { call, step } = this.#hands;
    if (!mayBeHeld(call(), offerId)) return "gone";
    const before = call();
    const now = this.#ports.clock.now();
    const wished = withHold(before, held, queueId, now);
    if (!wished && !also) return "done";
    const moved = wished ?? { ...before, rev: before.rev + 1 };
    const next = withHearing(also ? also(moved) : withTogether(moved, now));
    if (!(await step(next))) return "unowned";
    if (!before.apart) return this.#part();
    if (call().apart?.stage === "apart" && call().apart?.turn !== before.apart.turn) await this.present(null);
    return "done";
  }

  /** The two come into the conference as they talk, for somebody else to come in. In the call's turn; `done` once they are on their way. */
  async meet(offerId: string | null, queueId: string | null): Promise<"done" | "gone" | "unowned"> {
    const { call, step } = this.#hands;
    if (!mayBeHeld(call(), offerId)) return "gone";
    const next = withMeeting(call(), queueId, this.#ports.clock.now());
    if (!next) return "done";
    return (await step(next)) ? this.#part() : "unowned";
  }

  /**
   * Silences the operator where they are, or gives them their voice back. A leg that is on its way into the conference is told when it is there
   * (`withVoice`): until then it may be anywhere, and whom the border controller silences in that moment would stay so for good.
   */
  async mute({ legSid, stage }: Apart, muted: boolean): Promise<boolean> {
    return stage === "parting" || this.#ports.legs.order(legSid, { kind: "mute", muted });
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
    if (isToBeTurned(call())) {
      // It is the operator who is left at our end; the person's leg comes with a socket of its own.
      event.hook.answer(this.#ports.presentation.apart(call(), asOperator(call())));
      this.#operatorRoomed = true;
      return true;
    }
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
    await this.#tellVoice();
    this.#hands.legThere();
    return "taken";
  }

  /** The person's leg has a socket of its own: the call is to be of that one from now on. */
  async turn(partySid: string): Promise<"taken" | "gone" | "unowned"> {
    const { call, step } = this.#hands;
    const next = turnedRound(call(), partySid, this.#operatorRoomed);
    if (!next) return "gone";
    return (await step(next)) ? "taken" : "unowned";
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
    const { call, later, step, command } = this.#hands;
    const { legs, clock } = this.#ports;
    const { apart } = call();
    if (!apart || call().status === "ended") return;
    if (apart.stage === "parting") {
      await later(async () => {
        const given = withoutParting(call(), clock.now());
        if (!given || !(await step(withoutConsult(given, clock.now())))) return;
        const { leg } = call();
        if (leg?.muted) command({ kind: "mute", muted: true, legSid: operatorSid(call()) });
      });
      return;
    }
    if (await legs.order(apart.legSid, { kind: "there" })) {
      if (apart.voice) await later(() => this.#tellVoice());
      return this.#in(WATCH_MS);
    }
    // jambonz may still be waiting before it comes back with the leg; where it does not know it any more, the leg is over.
    if ((await legs.reclaim(apart.legSid)) === "gone") {
      this.#over.add(apart.legSid);
      await later(() => this.#legOver(apart.legSid));
    }
    // Also where that could not be done just now: a caller on hold is not forgotten.
    if (call().apart && call().status === "live") this.#in(MISSING_MS * 2);
  }

  /** Has the leg that is there be heard or not, as its operator wished meanwhile; silence also after its socket was away. */
  async #tellVoice(): Promise<void> {
    const { call, note } = this.#hands;
    const { apart, leg } = call();
    if (apart?.stage !== "apart" || !leg || !(leg.muted || apart.voice)) return;
    const muted = leg.muted ?? false;
    if (await this.#ports.legs.order(apart.legSid, { kind: "mute", muted })) note(withVoiceTold(call(), apart.legSid));
  }

  async #part(): Promise<"done" | "unowned"> {
    const { call, command, step } = this.#hands;
    const { leg, apart } = call();
    this.#operatorRoomed = false;
    // Who is silent stays so: the border controller is told to let them be heard again, which nobody could do once the dial is over (read:
    // `_lccMuteStatus`), and they come into the conference muted.
    if (leg?.muted) command({ kind: "mute", muted: false, legSid: operatorSid(call()) });
    const { presentation } = this.#ports;
    const verbs = isToBeTurned(call())
      ? [...TELLS, ...presentation.apart(call(), { held: apart?.held ?? false, turn: 0 })]
      : presentation.apart(call(), asOperator(call()));
    if (command({ kind: "part", verbs })) return "done";
    const now = this.#ports.clock.now();
    const back = withoutParting(call(), now);
    if (back) await step(withoutConsult(back, now));
    return "unowned";
  }

  /** The operator's end is gone: of a conversation that is its end; a caller who was held has somebody else to talk to, before everybody. */
  async #legOver(legSid: string): Promise<void> {
    const { call, dialEnded, intoFlow, takenOver } = this.#hands;
    const { apart, leg } = call();
    if (apart?.legSid !== legSid || !leg || call().status === "ended") return;
    if (await takenOver()) return;
    const { entry, held, queueId } = apart;
    const talk = operatorTalk(call());
    // The end of the other leg, before the call was turned round, is the person's.
    if (held && queueId !== null && talk && hasPartyAtOurEnd(call())) {
      const { offerId } = talk;
      const route = await this.#ports.passOnRoute(call().companyId, queueId, { kind: "back" });
      const back = { kind: "passOn", to: { kind: "back" }, place: "head", outcome: null, note: "" } as const;
      const next = route && passedOn(call(), { offerId, queueId }, back, route, this.#ports.clock.now());
      if (next) return intoFlow(next, route.compiled);
    }
    const hook = { answer: (verbs: readonly Verb[]) => void (verbs.length > 0 && this.#hands.redirect(verbs)) };
    await dialEnded({ kind: "dialEnded", entry, result: "completed", sipStatus: 200, legSid, hook });
  }
}

/** The command by which the operator's leg is named on the call's own socket; null: it is the one of the socket. */
function operatorSid(call: CallDocument): string | null {
  return hasPartyAtOurEnd(call) ? (call.leg?.legSid ?? null) : null;
}

const asOperator = ({ leg }: CallDocument) => ({ held: false, turn: 0, operator: { muted: leg?.muted ?? false } });
