import type { Clock } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, OutboxItem, RecordedTalk } from "./model.ts";
import { recordingIdOf } from "./recording-id.ts";
import { withTrace } from "./with-trace.ts";

/** What an operator may ask of the recording of their conversation. */
export type TalkWish = "start" | "pause" | "resume";

/** The conversation that a call is in, to be recorded from now on. Its id follows from call and dial: whoever takes the call over goes on with it. */
export function withTalk(call: CallDocument, now: number): CallDocument {
  const { leg } = call;
  if (!leg || call.recordedTalk) return call;
  const recordedTalk: RecordedTalk = {
    recordingId: recordingIdOf(call._id, leg.entry),
    state: "on",
    queueId: call.queue?.queueId ?? call.placed?.queueId ?? null,
    operatorId: leg.operatorId ?? call.placed?.operatorId ?? null,
    operatorName: leg.operatorName ?? call.placed?.operatorName ?? null,
    startedAt: now,
  };
  const details = { recordingId: recordedTalk.recordingId };
  return withTrace({ ...call, recordedTalk }, [{ at: now, kind: "recordsTalk", nodeId: null, details }]);
}

/** The recording paused or gone on with; `null` when it is so already. */
export function withTalkState(call: CallDocument, state: RecordedTalk["state"], now: number): CallDocument | null {
  const { recordedTalk } = call;
  if (!recordedTalk || recordedTalk.state === state) return null;
  const kind = state === "paused" ? "pausesRecording" : "resumesRecording";
  return withTrace({ ...call, recordedTalk: { ...recordedTalk, state } }, [
    { at: now, kind, nodeId: null, details: {} },
  ]);
}

/** What is owed when the conversation of a call is over. */
export function owedTalk(call: CallDocument): OutboxItem[] {
  const talk = call.recordedTalk ?? null;
  return talk === null ? [] : [{ id: `${call.rev}.talk`, kind: "talk", talk }];
}

/** The conversation is over: what was recorded of it is owed. */
export function withTalkOver(call: CallDocument): CallDocument {
  const owed = owedTalk(call);
  return owed.length === 0 ? call : { ...call, recordedTalk: null, outbox: [...call.outbox, ...owed] };
}

/** How a recorded conversation acts on its call. */
export interface TalkHands {
  readonly call: () => CallDocument;
  readonly stream: (listen: { readonly enable: boolean; readonly [option: string]: unknown }) => boolean;
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
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
  #stop = () => {};

  constructor(ports: Pick<LiveCallPorts, "conversations" | "recorder" | "log" | "clock">, hands: TalkHands) {
    this.#ports = ports;
    this.#clock = ports.clock;
    this.#hands = hands;
  }

  /** Brings what is sent to what the call says; to be called after each write. */
  async follow(): Promise<void> {
    const talk = this.#hands.call().recordedTalk ?? null;
    const wanted = talk?.state === "on" ? talk.recordingId : null;
    if (wanted === this.#sending) return;
    if (this.#sending !== null) this.#hands.stream({ enable: false });
    this.#sending = null;
    if (wanted !== null) await this.#begin(wanted);
  }

  /** jambonz came back: what was sent may have been lost with a process. Where it still arrives, at whichever, it is left alone. */
  again(): void {
    const talk = this.#hands.call().recordedTalk ?? null;
    if (talk === null) return;
    this.#stop();
    this.#stop = this.#clock.at(this.#clock.now() + SETTLED_MS, () => void this.#hands.later(() => this.#check(talk)));
  }

  cancel(): void {
    this.#stop();
  }

  async #check({ recordingId }: RecordedTalk): Promise<void> {
    const call = this.#hands.call();
    if (call.recordedTalk?.recordingId !== recordingId || call.recordedTalk.state !== "on") return;
    this.#sending = recordingId;
    if (await this.#ports.recorder.flowing({ companyId: call.companyId, recordingId })) return;
    this.#hands.stream({ enable: false });
    this.#sending = null;
    this.#stop = this.#clock.at(this.#clock.now() + BETWEEN_MS, () => void this.#hands.later(() => this.follow()));
  }

  async #begin(recordingId: string): Promise<void> {
    const { companyId, ownerEpoch } = this.#hands.call();
    try {
      const listen = await this.#ports.conversations.listen({ companyId, recordingId }, ownerEpoch);
      if (this.#hands.stream({ enable: true, ...listen })) this.#sending = recordingId;
    } catch (error) {
      // No room for it: the conversation is worth more than its recording.
      this.#ports.log.error({ recordingId, err: error }, "a conversation could not be recorded");
    }
  }
}
