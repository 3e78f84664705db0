import type { CallDetail } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, reaches, type Scope } from "../access/index.ts";
import { callRecordCollection } from "../call-records/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import { type ConversationDocument, conversationCollection } from "./model.ts";

export interface ConversationsGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  /** A path of this server that opens private audio for a while. */
  readonly privatePath: (companyId: string, sha256: string, validMs: number) => string;
  readonly removeAudio: (companyId: string, sha256: string) => Promise<void>;
}

/** Longer than anybody listens in one go. */
const AUDIO_VALID_MS = 60 * 60_000;
const AT_ONCE = 100;

/** Recorded conversations, as one scope may hear them. */
export function createConversations({ connection, clock, privatePath, removeAudio }: ConversationsGiven) {
  const collection = conversationCollection(connection);
  const records = callRecordCollection(connection);

  async function find(scope: Scope, recordingId: string): Promise<ConversationDocument> {
    const found = await collection.findOne({ _id: recordingId, companyId: scope.companyId });
    if (!found || !reaches(scope, [found.queueId])) throw new UserError("notFound", { what: "recording" });
    return found;
  }

  /** The sound first: a recording without is found again, a sound without recording by nobody. */
  async function remove({ _id, companyId, callId, sha256 }: ConversationDocument): Promise<void> {
    await removeAudio(companyId, sha256);
    await collection.deleteOne({ _id, companyId });
    if ((await collection.countDocuments({ companyId, callId })) > 0) return;
    await records.updateOne({ _id: callId, companyId }, { $set: { recorded: false } });
  }

  return {
    /** What was recorded in a call, for its page. */
    async ofCall(scope: Scope, callId: string): Promise<CallDetail["recordings"]> {
      const found = await collection.find({ companyId: scope.companyId, callId }).sort({ startedAt: 1 }).toArray();
      const heard = found.filter(({ queueId }) => reaches(scope, [queueId]));
      return heard.map(({ _id, startedAt, durationMs, peaks, operatorId, operatorName, keptUntil }) => ({
        recordingId: _id,
        startedAt: iso(startedAt),
        durationMs,
        peaks: [...peaks],
        operator: operatorId === null ? null : { operatorId, name: operatorName ?? operatorId },
        keptUntil: iso(keptUntil),
      }));
    },
    /** Where it can be heard. Each asking is in the audit log: who listens to conversations is nobody's secret. */
    async audio(scope: Scope, recordingId: string) {
      demand(scope, "read", "recordings");
      const found = await find(scope, recordingId);
      const after = { callId: found.callId, startedAt: iso(found.startedAt), operator: found.operatorName };
      scope.changed?.({
        resource: "recordings",
        targetId: recordingId,
        targetName: found.operatorName,
        before: null,
        after,
      });
      const path = privatePath(scope.companyId, found.sha256, AUDIO_VALID_MS);
      return { url: `/media/${path}`, durationMs: found.durationMs, validUntil: iso(clock.now() + AUDIO_VALID_MS) };
    },
    async delete(scope: Scope, recordingId: string): Promise<void> {
      demand(scope, "write", "recordings");
      const found = await find(scope, recordingId);
      await remove(found);
      const before = { callId: found.callId, startedAt: iso(found.startedAt), operator: found.operatorName };
      scope.changed?.({
        resource: "recordings",
        targetId: recordingId,
        targetName: found.operatorName,
        before,
        after: null,
      });
    },
    /** Those of one person, by a filter on their number. For the runtime's own work. */
    async matching(companyId: string, isTheirs: (number: string | null) => boolean): Promise<ConversationDocument[]> {
      const found = await collection.find({ companyId, number: { $ne: null } }).toArray();
      return found.filter(({ number }) => isTheirs(number));
    },
    remove,
    /** Deletes what has been kept long enough. */
    async sweep(): Promise<void> {
      for (;;) {
        const old = await collection
          .find({ keptUntil: { $lt: clock.now() } })
          .limit(AT_ONCE)
          .toArray();
        for (const one of old) await remove(one);
        if (old.length < AT_ONCE) return;
      }
    },
  };
}

export type ConversationArchive = ReturnType<typeof createConversations>;

const iso = (at: number) => new Date(at).toISOString();
