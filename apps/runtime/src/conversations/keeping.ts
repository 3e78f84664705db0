import type { RecordingRules } from "@cordboard/api";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import type { PresentedCall } from "../calls/presentation.ts";
import type { Conversations } from "../calls/recorder.ts";
import { planOf, wasTold } from "../calls/recording-plan.ts";
import type { Recordings } from "../recordings/index.ts";
import { type ConversationDocument, conversationCollection } from "./model.ts";

export interface KeepingGiven {
  readonly connection: Connection;
  readonly recordings: Pick<Recordings, "listenToTalk" | "wholeTalk" | "remove">;
  /** What a queue says of recording, from memory where the store does not answer; null: the queue is gone, or there is none. */
  readonly rulesOf: (companyId: string, queueId: string) => Promise<RecordingRules | null>;
  /** What the company says of the calls that operators dial to this number; null: nothing is recorded. */
  readonly rulesOfDialled: (companyId: string, number: string) => Promise<RecordingRules | null>;
  /** Chance: at least 0 and less than 1. */
  readonly draw: () => number;
  readonly log: { error(details: object, message: string): void };
}

/** How long a conversation is kept that no queue answers for, days: six months, as the CNIL recommends at most. */
const USUAL_DAYS = 180;
const DAY_MS = 86_400_000;

type Asked = Pick<CallDocument, "companyId"> & Partial<Pick<PresentedCall, "queue" | "recordingWish" | "placed">>;

/** Which conversations are recorded, and where what was recorded is kept. */
export function createKeeping(given: KeepingGiven): Conversations & {
  /** Whether a conversation of this call may be recorded, from its beginning or later: then its sound stays on the media server. */
  mayRecord(call: Asked): Promise<boolean>;
} {
  const { connection, recordings, rulesOf, rulesOfDialled, draw, log } = given;
  const collection = conversationCollection(connection);
  const rules = async ({ companyId, queue }: Asked) => (queue ? rulesOf(companyId, queue.queueId) : null);
  const isForbidden = ({ recordingWish }: Asked) => recordingWish === "refused" || recordingWish === "off";
  const isDrawn = (share: number) => draw() * 100 < share;
  return {
    async mayRecord(call) {
      if (isForbidden(call)) return false;
      if (call.recordingWish === "on") return true;
      const found = await rules(call);
      return found !== null && (found.share > 0 || found.byOperator);
    },
    async begins(call) {
      if (isForbidden(call)) return false;
      const plan = planOf({ placed: call.placed ?? null });
      if (plan !== undefined) return plan?.begins === true && mayKnow(call);
      if (call.recordingWish === "on") return true;
      return mayKnow(call) && isDrawn((await rules(call))?.share ?? 0);
    },
    async mayStart(call) {
      if (isForbidden(call)) return false;
      if (call.recordedTalk) return true;
      const plan = planOf({ placed: call.placed ?? null });
      if (plan !== undefined) return plan?.byOperator === true && mayKnow(call);
      if (call.recordingWish === "on") return true;
      return mayKnow(call) && ((await rules(call))?.byOperator ?? false);
    },
    async plan({ companyId, callbackId, queueId, party, number }) {
      try {
        const found =
          callbackId !== null && queueId !== null
            ? await rulesOf(companyId, queueId)
            : party?.kind === "number" && callbackId === null
              ? await rulesOfDialled(companyId, number)
              : null;
        if (!found) return null;
        const { share, byOperator, retentionDays: days, notice = true } = found;
        const begins = isDrawn(share);
        return begins || byOperator ? { begins, byOperator, notice, days } : null;
      } catch (error) {
        // A store that does not answer costs the recording, not the call.
        log.error({ companyId, err: error }, "whether a call that is placed is recorded is not known");
        return null;
      }
    },
    listen: (...of) => recordings.listenToTalk(...of),
    async keep({ companyId, recordingId, callId, queueId, operatorId, operatorName, number, startedAt, days }) {
      const recording = { companyId, recordingId };
      const _id = recordingId.replace(/^rec_/, "conv_");
      if (await collection.findOne({ _id, companyId }, { projection: { _id: 1 } })) {
        return recordings.remove(recording, { andAudio: false });
      }
      const whole = await recordings.wholeTalk(recording);
      if (!whole) return recordings.remove(recording, { andAudio: false });
      const found = queueId === null || days !== undefined ? null : await rulesOf(companyId, queueId);
      const keptUntil = startedAt + (days ?? found?.retentionDays ?? USUAL_DAYS) * DAY_MS;
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

/**
 * Whether the person may be recorded as far as they know of it. Of one who called, their flow has seen to that; whom we rang was told, or is to be told
 * by the operator, as the company chose.
 */
function mayKnow({ placed = null, recordingWish = null }: Asked): boolean {
  return !placed || placed.recording?.notice === false || wasTold({ placed, recordingWish });
}
