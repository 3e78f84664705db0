import type { MediaEffect } from "@cordboard/node-kit";
import type { Clock, DialledNow, TelephonyRest } from "../ports/index.ts";
import type { Apart, CallDocument } from "./model.ts";
import type { RecordingEnd } from "./recording-end.ts";

/** What to do about the caller's ear after jambonz has come back to a call. */
type AfterReconnect =
  /** What was sent is known to have arrived: the caller hears it still. */
  | { readonly do: "nothing" }
  /** Send what the caller should hear. */
  | { readonly do: "present" }
  /**
   * Unknown whether it arrived (the process died between sending and noting it, or the message was lost with the socket). The backlog that
   * jambonz delivers after the ack, or the next thing that happens, will tell; present it when nothing has told until then.
   */
  | { readonly do: "wait"; readonly ms: number }
  /** As before, but of a dial: jambonz can be asked, by REST, whether it rings. `ms`: the wait where that gives no answer. */
  | { readonly do: "ask"; readonly ms: number };

/** What jambonz had to say while there was no socket follows its ack within this. */
const BACKLOG_MS = 400;
/** Where REST cannot say: a dial that left nobody knows where shows itself by its leg's first status, hold music going on meanwhile. */
const DIAL_MS = 2_500;
/** A recording goes to a socket of its own, which may have been lost as well: by then its audio arrives, or never. */
const RECORDING_MS = 1_500;
/** One that was sent is likely to ring: to ring it anew (rule 6) is worse than to wait for its next word. */
const SENT_DIAL_MS = 6_000;

/**
 * Compares what the caller should be in with what was last sent (protocol rule 8). Only jambonz's own word (`started`) proves that it
 * arrived: what was sent may have been lost with the socket, and would be silence. Presenting again what runs already would be heard: a
 * prompt from its beginning, or a ringing telephone rung anew (rule 6). So it is waited for a moment, for a dial longer than for a prompt.
 * `unsent`: it is known never to have left, because there was no socket to send it on.
 */
function afterReconnect(
  call: Pick<CallDocument, "media" | "leg" | "status" | "apart">,
  { unsent }: { readonly unsent: boolean },
): AfterReconnect {
  const { media, leg } = call;
  if (call.status === "ended" || !media) return { do: "nothing" };
  if (call.apart?.stage === "apart") return apartAgain(call.apart, unsent);
  // What became of it while nobody listened is told once and never again; what the exchange rings is no leg of jambonz'.
  if (media.effect.type === "dial" && leg?.way !== "refer" && !unsent && leg?.state !== "talking")
    return { do: "ask", ms: dialWaitMs(call) };
  if (media.evidence === "started")
    return media.effect.type === "record" ? { do: "wait", ms: RECORDING_MS } : { do: "nothing" };
  if (unsent) return { do: "present" };
  if (media.effect.type !== "dial") return { do: "wait", ms: BACKLOG_MS };
  // What the exchange rings has no id of ours: that it was heard of is enough.
  if (leg?.legSid || (leg?.way === "refer" && leg.state === "ringing")) return { do: "nothing" };
  return { do: "wait", ms: dialWaitMs(call) };
}

function dialWaitMs({ media }: Pick<CallDocument, "media">): number {
  return media?.evidence === "sent" ? SENT_DIAL_MS : DIAL_MS;
}

/** Of the legs that jambonz tells of, the one that is dialled now: earlier ones, which it may not know to be over, are known here. */
function dialledNow(legs: readonly DialledNow[], { leg, knownLegs = [] }: CallDocument): DialledNow | undefined {
  if (leg?.legSid) return legs.find(({ legSid }) => legSid === leg.legSid);
  const unknown = legs.filter(({ legSid }) => !knownLegs.includes(legSid));
  return unknown.find(({ state }) => state === "talking") ?? unknown[0];
}

/** How the recovery acts on its call. */
export interface RecoveryHands {
  /** Presents what is due, after `stillDue` was asked in its turn. */
  readonly present: (stillDue: (call: CallDocument) => Promise<boolean>) => void;
  /** What was dialled rings, or is talked to. */
  readonly dialled: (entry: number, now: DialledNow) => void;
}

function apartAgain({ evidence }: Apart, unsent: boolean): AfterReconnect {
  if (evidence === "started") return { do: "nothing" };
  return unsent ? { do: "present" } : { do: "wait", ms: BACKLOG_MS };
}

/** Brings the caller back into what they should be in, after jambonz has come back. */
export class Recovery {
  readonly #clock: Clock;
  readonly #rest: Pick<TelephonyRest, "dialledBy">;
  readonly #recordingEnd: RecordingEnd;
  readonly #hands: RecoveryHands;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, rest: Pick<TelephonyRest, "dialledBy">, recordingEnd: RecordingEnd, hands: RecoveryHands) {
    this.#clock = clock;
    this.#rest = rest;
    this.#recordingEnd = recordingEnd;
    this.#hands = hands;
  }

  /** `unsent`: what there was no socket to send on. */
  begin(call: CallDocument, unsent: MediaEffect | null): void {
    this.stop();
    const asked = call.media?.effect;
    const plan = afterReconnect(call, { unsent: asked !== undefined && asked === unsent });
    const { interruptions } = this.#recordingEnd;
    // One that was heard of has had its end, which is on its way or is missed by its clock: ringing it anew is not for here to decide.
    const present = () =>
      this.#hands.present(async (now) => {
        if (!now.media || now.media.effect !== asked) return false;
        if (now.apart?.stage === "apart") return now.apart.evidence !== "started";
        if (now.leg?.legSid) return false;
        return now.media.evidence !== "started" || this.#recordingEnd.stopped(now, interruptions);
      });
    if (plan.do === "present") present();
    if (plan.do === "wait") this.#in(plan.ms, present);
    if (plan.do === "ask" && asked?.type === "dial")
      this.#in(BACKLOG_MS, (current) => void this.#ask(call, asked.entry, { current, present, otherwiseMs: plan.ms }));
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  async #ask(
    call: CallDocument,
    entry: number,
    how: { readonly current: () => boolean; readonly present: () => void; readonly otherwiseMs: number },
  ): Promise<void> {
    const answer = await this.#rest.dialledBy(call.callSid);
    if (!how.current()) return;
    const found = answer === "unavailable" ? undefined : dialledNow(answer, call);
    if (found) return this.#hands.dialled(entry, found);
    if (answer === "unavailable") this.#in(how.otherwiseMs - BACKLOG_MS, how.present);
    else how.present();
  }

  #in(ms: number, work: (current: () => boolean) => void): void {
    let cancelled = false;
    const unarm = this.#clock.at(this.#clock.now() + ms, () => work(() => !cancelled));
    this.#cancel = () => {
      cancelled = true;
      unarm();
    };
  }
}
