import type { CallOrder } from "../ports/index.ts";
import type { CallDocument, RecordedTalk, RecordingPlan } from "./model.ts";

/** What the call core asks of the recordings: made in ../recordings/. */
export interface Recorder {
  /**
   * What there is of a recording that is not being made any more, as far as jambonz says; a part that is still being written is waited for,
   * for a moment. `lastEnd`: how its last part came to an end, as the side that received it knows: the caller fell silent, it could not be
   * kept, or its socket closed.
   */
  ended(
    recording: RecordingName,
  ): Promise<{ readonly durationMs: number; readonly lastEnd: "silence" | "failed" | "closed" }>;
  /** Whether audio of it arrives just now, in whichever process. */
  flowing(recording: RecordingName): Promise<boolean>;
}

/** Where recordings become messages: made in ../voicemail/. Both are safe to repeat, and throw when they must be asked again. */
export interface Mailbox {
  /** Delivers it, unless it is shorter than `minMs`: then it is dropped. */
  deliver(message: MessageToDeliver): Promise<void>;
  drop(recording: RecordingName): Promise<void>;
}

export interface RecordingName {
  readonly companyId: string;
  readonly recordingId: string;
}

export interface MessageToDeliver extends RecordingName {
  readonly callId: string;
  readonly boxId: string;
  readonly minMs: number;
  readonly from: string | null;
  readonly hidden: boolean;
  readonly callerName: string | null;
  readonly lineName: string;
}

/** Recordings of conversations: made in ../conversations/. */
export interface Conversations {
  /** Whether the conversation that begins is recorded from its first word, as flow and queue say. */
  begins(call: CallDocument): Promise<boolean>;
  /** Whether an operator may record this one, or go on with it: never where the caller refused. */
  mayStart(call: CallDocument): Promise<boolean>;
  /** What is settled for a call that is about to be placed; null: it is not recorded. Never rejects. */
  plan(order: CallOrder): Promise<RecordingPlan | null>;
  /**
   * What jambonz is told of where the sound goes next. Fails when there is no room for it. `swapped`: the operator's voice comes first.
   */
  listen(recording: RecordingName, epoch: number, how: { readonly swapped: boolean }): Promise<object>;
  /** Keeps what was recorded. Safe to repeat; throws when it must be asked again. */
  keep(talk: TalkToKeep): Promise<void>;
}

export interface TalkToKeep extends RecordedTalk {
  readonly companyId: string;
  readonly callId: string;
  /** Whose conversation it was; null where it is hidden. */
  readonly number: string | null;
}
