import type { Clock } from "../ports/index.ts";
import { telling } from "./call-leg.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, RecordedTalk } from "./model.ts";
import { hasPartyAtOurEnd, operatorTalk } from "./operator-talk.ts";
import { sentNow, type TalkStanding, type TalkWish, withTalk, withTalkState } from "./recorded-talk.ts";

/** How a recorded conversation acts on its call. */
export interface TalkHands {
  readonly call: () => CallDocument;
  readonly stream: (listen: { readonly enable: boolean; readonly [option: string]: unknown }) => boolean;
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  /** Writes what changed; false when the call is another's by now. */
  readonly commit: (call: CallDocument) => Promise<boolean>;
  readonly note: (call: CallDocument) => void;
}

/** After a reconnection the sound may still go to another process, which lives: by then it arrives, or never. */
const SETTLED_MS = 1_500;
/** jambonz ends one sending before it takes another (jambonz 0.9.8, seen: f9: it takes some 30 ms). */
const BETWEEN_MS = 300;

/** Sends the sound of the conversation to be recorded, and sees to it that it goes on after a cut. */
export class TalkStream {
  readonly #ports: Pick<LiveCallPorts, "conversations" | "recorder" | "log">;
  readonly #clock: Clock;
  readonly #hands: TalkHands;
  /** What is being sent, as far as this process asked for it. */
  #sending: string | null = null;
  #cancel = () => {};

  constructor(ports: Pick<LiveCallPorts, "conversations" | "recorder" | "log" | "clock">, hands: TalkHands) {
    this.#ports = ports;
    this.#clock = ports.clock;
    this.#hands = hands;
  }

  /** The call whose telephone was answered, with its conversation to be recorded where that is so. */
  async atAnswer(call: CallDocument): Promise<CallDocument> {
    if (!operatorTalk(call) || call.recordedTalk) return call;
    try {
      const { conversations } = this.#ports;
      if (await conversations.begins(call)) return this.#told(withTalk(call, this.#clock.now()));
      return (await conversations.mayStart(call)) ? this.#told(call) : call;
    } catch (error) {
      // A store that does not answer costs the recording, not the conversation.
      this.#ports.log.error({ callId: call._id, err: error }, "whether a conversation is recorded is not known");
      return call;
    }
  }

  /** What an operator asks of the recording of their conversation. */
  async wished(wish: TalkWish): Promise<TalkStanding> {
    let standing: TalkStanding = "gone";
    await this.#hands.later(async () => {
      standing = await this.#wishedNow(wish);
    });
    return standing;
  }

  async #wishedNow(wish: TalkWish): Promise<TalkStanding> {
    const call = this.#hands.call();
    if (call.status === "ended" || !operatorTalk(call)) return "gone";
    if (wish !== "pause" && !(await this.#ports.conversations.mayStart(call))) return "refused";
    const next = this.#after(call, wish);
    if (next && !(await this.#hands.commit(this.#told({ ...next, rev: call.rev + 1 })))) return "gone";
    await this.follow();
    return this.#hands.call().recordedTalk?.state ?? "off";
  }

  #after(call: CallDocument, wish: TalkWish): CallDocument | null {
    const now = this.#clock.now();
    if (call.recordedTalk) return withTalkState(call, wish === "pause" ? "paused" : "on", now);
    return wish === "start" ? withTalk(call, now) : null;
  }

  /** The call with what the operator's agent is to show of the recording. */
  #told(call: CallDocument): CallDocument {
    const state = call.recordedTalk?.state ?? "off";
    return telling(call, call.leg?.offerId ?? null, { kind: "recording", state }, this.#clock.now());
  }

  /** Brings what is sent to what the call says; to be called after each write. */
  async follow(): Promise<void> {
    const wanted = sentNow(this.#hands.call());
    if (wanted === this.#sending) return;
    if (this.#sending !== null) this.#hands.stream({ enable: false });
    this.#sending = null;
    if (wanted !== null) await this.#begin(wanted);
  }

  /** jambonz came back: what was sent may have been lost with a process. Where it still arrives, at whichever, it is left alone. */
  again(): void {
    const talk = this.#hands.call().recordedTalk ?? null;
    if (talk === null) return;
    this.#cancel();
    // Nothing of it is sent from this leg yet, by whomever.
    if (talk.moved) void this.#hands.later(() => this.follow());
    this.#cancel = this.#clock.at(
      this.#clock.now() + SETTLED_MS,
      () => void this.#hands.later(() => this.#check(talk)),
    );
  }

  stop(): void {
    this.#cancel();
  }

  async #check({ recordingId }: RecordedTalk): Promise<void> {
    const call = this.#hands.call();
    if (call.recordedTalk?.recordingId !== recordingId) return;
    const wanted = sentNow(call) !== null;
    const flowing = await this.#ports.recorder.flowing({ companyId: call.companyId, recordingId });
    this.#sending = flowing ? recordingId : null;
    if (flowing === wanted) return;
    // Lost with a process; or what was to end it was.
    this.#hands.stream({ enable: false });
    this.#sending = null;
    if (!wanted) return;
    this.#cancel = this.#clock.at(this.#clock.now() + BETWEEN_MS, () => void this.#hands.later(() => this.follow()));
  }

  async #begin(recordingId: string): Promise<void> {
    const call = this.#hands.call();
    const { companyId, ownerEpoch } = call;
    // Of a leg that is the operator's, theirs is the first of the two voices.
    const swapped = !hasPartyAtOurEnd(call);
    try {
      const listen = await this.#ports.conversations.listen({ companyId, recordingId }, ownerEpoch, { swapped });
      if (!this.#hands.stream({ enable: true, ...listen })) return;
      this.#sending = recordingId;
      const { recordedTalk } = this.#hands.call();
      if (!recordedTalk?.moved) return;
      const { moved: _, ...talk } = recordedTalk;
      this.#hands.note({ ...this.#hands.call(), recordedTalk: talk });
    } catch (error) {
      // No room for it: the conversation is worth more than its recording.
      this.#ports.log.error({ recordingId, err: error }, "a conversation could not be recorded");
    }
  }
}
