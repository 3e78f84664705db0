import type { FlowEvent } from "@cordboard/node-kit";
import type { Clock, TelephonyEvent } from "../ports/index.ts";
import { legAnswered } from "./call-leg.ts";
import type { CallDocument } from "./model.ts";
import type { Presentation } from "./presentation.ts";
import { isToldFirst, REFUSE_KEY } from "./recording-plan.ts";
import { withTrace } from "./with-trace.ts";

type EventOf<Kind extends TelephonyEvent["kind"]> = Extract<TelephonyEvent, { kind: Kind }>;

/** How the telling acts on its call; everything is called in the call's turn. */
export interface TellingHands {
  readonly call: () => CallDocument;
  /** Writes a step that no flow takes. */
  readonly step: (next: CallDocument) => Promise<boolean>;
  readonly atAnswer: (call: CallDocument) => Promise<CallDocument>;
  readonly stepWithFacts: (facts: CallDocument, event: FlowEvent) => Promise<void>;
}

/**
 * Whoever an operator has rung hears, before the two are connected, that their conversation may be recorded, and refuses by a key (decision record
 * 61). What is not known to have been heard counts as not said: then nothing is recorded. They are connected whatever is lost.
 */
export class TellingFirst {
  readonly #ports: { readonly clock: Clock; readonly presentation: Pick<Presentation, "notice"> };
  readonly #hands: TellingHands;

  constructor(
    ports: { readonly clock: Clock; readonly presentation: Pick<Presentation, "notice"> },
    hands: TellingHands,
  ) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** jambonz asks what whoever picked up is to hear first. */
  asked({ entry, hook }: EventOf<"confirmAsked">): void {
    const call = this.#hands.call();
    const due = isToldFirst(call) && call.leg?.entry === entry && call.status === "live";
    hook.answer(due ? this.#ports.presentation.notice(call, entry, "notice") : []);
  }

  /** The announcement was heard, or cut short by a key. */
  async heard({ entry, digits, hook }: EventOf<"noticeHeard">): Promise<void> {
    const { call, step } = this.#hands;
    const { leg, placed, status, recordingWish } = call();
    if (!placed || leg?.entry !== entry || status === "ended" || placed.told || recordingWish) return hook.answer([]);
    if (digits !== REFUSE_KEY) {
      await this.#connected({ ...call(), placed: { ...placed, told: true } });
      return hook.answer([]);
    }
    const now = this.#ports.clock.now();
    const refused: CallDocument = { ...call(), rev: call().rev + 1, recordingWish: "refused" };
    const line = { at: now, kind: "refusesRecording", nodeId: null, details: {} };
    if (await step(withTrace(refused, [line]))) hook.answer(this.#ports.presentation.notice(call(), entry, "refusal"));
  }

  /** They refused, and were told that this was understood. */
  async refusalHeard({ entry, hook }: EventOf<"refusalHeard">): Promise<void> {
    const { leg, status } = this.#hands.call();
    if (leg?.entry === entry && status === "live") await this.#connected(this.#hands.call());
    hook.answer([]);
  }

  /** The two are about to be connected; or, where the telling was given up before its word came, are so already. */
  async #connected(call: CallDocument): Promise<void> {
    const { step, atAnswer, stepWithFacts } = this.#hands;
    const { leg } = call;
    const answered = leg?.legSid ? legAnswered(call, leg.legSid, this.#ports.clock.now()) : null;
    if (answered && leg) await stepWithFacts(await atAnswer(answered), { type: "dial.answered", entry: leg.entry });
    else await step(await atAnswer({ ...call, rev: call.rev + 1 }));
  }
}
