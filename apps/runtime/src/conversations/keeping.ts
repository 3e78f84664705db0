import type { Queue } from "@cordboard/api";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import type { PresentedCall } from "../calls/presentation.ts";
import type { Conversations } from "../calls/recorder.ts";
import type { Recordings } from "../recordings/index.ts";
import { type ConversationDocument, conversationCollection } from "./model.ts";

export interface KeepingGiven {
  readonly connection: Connection;
  readonly recordings: Pick<Recordings, "listenToTalk" | "wholeTalk" | "remove">;
  /** What a queue says of recording, from memory where the store does not answer; null: the queue is gone, or there is none. */
  readonly rulesOf: (companyId: string, queueId: string) => Promise<RecordingRules | null>;
  /** Chance: at least 0 and less than 1. */
  readonly draw: () => number;
}

export type RecordingRules = NonNullable<Queue["recording"]>;

/** How long a conversation is kept that no queue answers for, days: six months, as the CNIL recommends at most. */
const USUAL_DAYS = 180;
const DAY_MS = 86_400_000;

type Asked = Pick<CallDocument, "companyId"> & Partial<Pick<PresentedCall, "queue" | "recordingWish">>;

/** Which conversations are recorded, and where what was recorded is kept. */
export function createKeeping({ connection, recordings, rulesOf, draw }: KeepingGiven): Conversations & {
  /** Whether a conversation of this call may be recorded, from its beginning or later: then its sound stays on the media server. */
  mayRecord(call: Asked): Promise<boolean>;
} {
  const collection = conversationCollection(connection);
  const rules = async ({ companyId, queue }: Asked) => (queue ? rulesOf(companyId, queue.queueId) : null);
  const isForbidden = ({ recordingWish }: Asked) => recordingWish === "refused" || recordingWish === "off";
  return {
    async mayRecord(call) {
      if (isForbidden(call)) return false;
      if (call.recordingWish === "on") return true;
      const found = await rules(call);
      return found !== null && (found.share > 0 || found.byOperator);
    },
    async begins(call) {
      if (isForbidden(call)) return false;
      if (call.recordingWish === "on") return true;
      const share = (await rules(call))?.share ?? 0;
      return draw() * 100 < share;
    },
    async mayStart(call) {
      if (isForbidden(call)) return false;
      if (call.recordedTalk || call.recordingWish === "on") return true;
      return (await rules(call))?.byOperator ?? false;
    },
    listen: (recording, epoch) => recordings.listenToTalk(recording, epoch),
    async keep({ companyId, recordingId, callId, queueId, operatorId, operatorName, number, startedAt }) {
      const recording = { companyId, recordingId };
      const _id = recordingId.replace(/^rec_/, "conv_");
      if (await collection.findOne({ _id, companyId }, { projection: { _id: 1 } })) {
        return recordings.remove(recording, { andAudio: false });
      }
      const whole = await recordings.wholeTalk(recording);
      if (!whole) return recordings.remove(recording, { andAudio: false });
      const found = queueId === null ? null : await rulesOf(companyId, queueId);
      const keptUntil = startedAt + (found?.retentionDays ?? USUAL_DAYS) * DAY_MS;
      const about = { callId, queueId, operatorId, operatorName, number, startedAt };
      const document: ConversationDocument = { _id, companyId, ...about, ...whole, keptUntil };
      try {
        await collection.insertOne(document);
      } catch (cause) {
        if (!isDuplicate(cause)) throw cause;
      }
      await recordings.remove(recording, { andAudio: false });
    },
  };
}
