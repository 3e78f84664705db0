import type { FlowEvent } from "@cordboard/node-kit";
import type { PendingHook, TelephonyEvent } from "../ports/index.ts";
import { answeredUnheard, legOver, unheardEnd } from "./call-leg.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";
import { type RecordingEnd, recordingNow } from "./recording-end.ts";
import { talkMs } from "./talk-ms.ts";

/** How the end of what was heard acts on its call. */
export interface MediaEndsHands {
  readonly call: () => CallDocument;
  /** The telephone that was dialled has said its last word. */
  readonly legEndSeen: () => boolean;
  /** For what ended without a hook that could be answered. */
  readonly redirecting: PendingHook;
  readonly step: (event: FlowEvent, hook: PendingHook | null) => Promise<void>;
  /** `amend`: what is written with the step, and follows from it. */
  readonly stepWithFacts: (
    facts: CallDocument,
    event: FlowEvent,
    hook?: PendingHook,
    amend?: (next: CallDocument) => CallDocument,
  ) => Promise<void>;
  /** The recording goes on: what was asked for is asked for again. */
  readonly recordAgain: (entry: number, hook: PendingHook) => Promise<void>;
  readonly nothingChanged: (hook: PendingHook) => Promise<void>;
}

/** What the end of a recording, of a dial, or of something whose end was not heard of, is to the call. */
export class MediaEnds {
  readonly #clock: LiveCallPorts["clock"];
  readonly #recordingEnd: RecordingEnd;
  readonly #hands: MediaEndsHands;

  constructor(clock: LiveCallPorts["clock"], recordingEnd: RecordingEnd, hands: MediaEndsHands) {
    this.#clock = clock;
    this.#recordingEnd = recordingEnd;
    this.#hands = hands;
  }

  /**
   * Nothing was heard of what should have ended by now. A telephone that rang before the socket or the process was lost is the exception:
   * its ring time is jambonz' own, which would have told that nobody answered; only an answer is told once and never again. They talk.
   */
  clockRanOut(entry: number): Promise<void> {
    const { call, redirecting, stepWithFacts } = this.#hands;
    if (recordingNow(call(), entry)) return this.recording(entry, redirecting, { forGood: true });
    const answered = answeredUnheard(call(), entry, this.#clock.now());
    return answered ? stepWithFacts(answered, { type: "dial.answered", entry }) : this.lost(entry);
  }

  /** What the caller heard is over, and how is not known; or it could not even be `begun`. */
  async lost(entry: number, { begun = true } = {}): Promise<void> {
    const { call, redirecting, step } = this.#hands;
    if (recordingNow(call(), entry)) {
      if (begun) return this.recording(entry, redirecting);
      return step({ type: "play.failed", entry, reason: "notRecorded" }, null);
    }
    const ended = unheardEnd(call(), entry);
    if (!ended) return step({ type: "media.lost", entry }, null);
    return this.dial({ ...ended, hook: redirecting });
  }

  async recording(entry: number, hook: PendingHook, { key = null as string | null, forGood = false } = {}) {
    const { call, step, recordAgain, nothingChanged } = this.#hands;
    const effect = recordingNow(call(), entry);
    if (!effect) return nothingChanged(hook);
    const event = await this.#recordingEnd.of(call(), effect, { key, forGood });
    return event === "again" ? recordAgain(entry, hook) : step(event, hook);
  }

  async dial(event: Extract<TelephonyEvent, { kind: "dialEnded" }>): Promise<void> {
    const { call, legEndSeen, step, stepWithFacts } = this.#hands;
    const now = this.#clock.now();
    const over = legOver(call(), call(), event, legEndSeen(), now);
    const { entry, result } = event;
    const ended = { type: "dial.ended", entry, result, talkMs: talkMs(call(), now) } as const;
    if (waitsInLineNext(call(), over)) {
      // First that they wait in line, then that the telephone was not answered: in between, nobody may ring them again.
      const before = call();
      const told = (next: CallDocument) => legOver(before, next, event, legEndSeen(), now);
      return stepWithFacts(before, ended, event.hook, told);
    }
    if (over === call()) await step(ended, event.hook);
    else await stepWithFacts(over, ended, event.hook);
  }
}

/** Whom we rang first, and whose operator's telephone was not answered. */
function waitsInLineNext(before: CallDocument, over: CallDocument): boolean {
  return over.placed?.inLine === true && before.placed?.inLine !== true;
}
