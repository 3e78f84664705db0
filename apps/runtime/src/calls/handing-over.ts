import type { FlowEvent } from "@cordboard/node-kit";
import type { PendingHook, TelephonyEvent } from "../ports/index.ts";
import { handedOver, isReferring, referralBegan } from "./handed-over.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import { referResult } from "./refer-result.ts";

type DialEnded = Extract<TelephonyEvent, { kind: "dialEnded" }>;
type Progress = Extract<TelephonyEvent, { kind: "referProgress" }>;
type Ended = Extract<TelephonyEvent, { kind: "referEnded" }>;

/** How what the exchange tells acts on the call whose caller it was asked to take. */
export interface HandingOverHands {
  readonly call: () => CallDocument;
  readonly trace: (kind: string, details: TraceEvent["details"]) => void;
  readonly stepWithFacts: (
    facts: CallDocument,
    event: FlowEvent,
    hook: PendingHook | null,
    amend?: (next: CallDocument) => CallDocument,
  ) => Promise<void>;
  readonly dialEnded: (event: DialEnded) => Promise<void>;
}

/** The SIP status with which the exchange says that it will see what it can do. */
const ACCEPTED = 202;

/** A caller who is handed to the exchange: what it tells of that, until it has them or they are back in line. */
export class HandingOver {
  readonly #clock: LiveCallPorts["clock"];
  readonly #hands: HandingOverHands;

  constructor(clock: LiveCallPorts["clock"], hands: HandingOverHands) {
    this.#clock = clock;
    this.#hands = hands;
  }

  async told({ entry, status, hook }: Progress): Promise<void> {
    const { call, stepWithFacts } = this.#hands;
    hook.answer([]);
    // A failure comes again as the end of it, with a hook that can be answered.
    if (status >= 300) return;
    if (status >= 200) return this.#over(entry, null);
    const began = referralBegan(call(), entry);
    if (began) await stepWithFacts(began, { type: "dial.ringing", entry }, null);
  }

  /** Without a final word the caller is still here and hears music; the call's own clock brings them back when nothing else happens. */
  async ended({ entry, status, final, hook }: Ended): Promise<void> {
    const { call, trace, dialEnded } = this.#hands;
    const told = final ?? status;
    if (!isReferring(call(), entry) || told === ACCEPTED) {
      hook.answer([]);
      return;
    }
    if (final !== null && final < 300) return this.#over(entry, hook);
    trace("referFailed", { sipStatus: told, accepted: status === ACCEPTED });
    await dialEnded({ kind: "dialEnded", entry, result: referResult(final), sipStatus: told, legSid: null, hook });
  }

  /** The two talk at the exchange, and what is left of the call here is hung up. */
  async #over(entry: number, hook: PendingHook | null): Promise<void> {
    const now = this.#clock.now();
    const facts = handedOver(this.#hands.call(), entry, now, true);
    if (!facts) {
      hook?.answer([]);
      return;
    }
    const effect = { type: "hangUp", declineStatus: 480 } as const;
    const freed = (next: CallDocument): CallDocument => ({
      ...next,
      timers: [],
      media: { effect, since: now, evidence: "due" },
    });
    await this.#hands.stepWithFacts(facts, { type: "dial.answered", entry }, hook, freed);
  }
}
