import type { FlowEvent } from "@cordboard/node-kit";
import type { Clock, DialledNow } from "../ports/index.ts";
import { legAnswered, legRang, withTelling } from "./call-leg.ts";
import { withLastWord } from "./last-word.ts";
import type { CallDocument } from "./model.ts";
import { isToldFirst } from "./recording-plan.ts";

/** How the news of the dialled telephone act on its call; what is told is called in the call's turn. */
export interface DialledLegHands {
  readonly call: () => CallDocument;
  readonly note: (call: CallDocument | null) => void;
  /** How long whoever picks up is told of the recording. */
  readonly tellingMs: (call: CallDocument) => number;
  /** Writes a step that no flow takes. */
  readonly step: (next: CallDocument) => Promise<boolean>;
  /** What the conversation needs at the moment of its answer, together with the call's facts. */
  readonly atAnswer: (call: CallDocument) => Promise<CallDocument>;
  readonly stepWithFacts: (facts: CallDocument, event: FlowEvent) => Promise<void>;
}

/** What is told of the telephone that the caller is being connected with. */
export class DialledLeg {
  readonly #clock: Clock;
  readonly #hands: DialledLegHands;
  #endSeen = false;

  constructor(clock: Clock, hands: DialledLegHands) {
    this.#clock = clock;
    this.#hands = hands;
  }

  /** The telephone that was dialled last has said its last word. */
  get endSeen(): boolean {
    return this.#endSeen;
  }

  async rang(legSid: string): Promise<void> {
    const call = legRang(this.#hands.call(), legSid);
    if (!call?.leg) return;
    this.#endSeen = false;
    await this.#hands.stepWithFacts(call, { type: "dial.ringing", entry: call.leg.entry });
  }

  async answered(legSid: string): Promise<void> {
    const now = this.#hands.call();
    if (isToldFirst(now)) {
      const telling = withTelling(now, legSid, this.#hands.tellingMs(now), this.#clock.now());
      if (telling) await this.#hands.step(telling);
      return;
    }
    const call = legAnswered(this.#hands.call(), legSid, this.#clock.now());
    if (!call?.leg) return;
    await this.#hands.stepWithFacts(await this.#hands.atAnswer(call), {
      type: "dial.answered",
      entry: call.leg.entry,
    });
  }

  /** As jambonz tells it when it is asked. */
  async found({ legSid, state }: DialledNow): Promise<void> {
    await this.rang(legSid);
    if (state === "talking") await this.answered(legSid);
  }

  ended(legSid: string): void {
    if (this.#hands.call().leg?.legSid !== legSid) return;
    this.#endSeen = true;
    this.#hands.note(withLastWord(this.#hands.call()));
  }
}
