import type { WaitingCallDocument } from "../call-centre/index.ts";
import type { CallRecord, QueueVisit, RecordNames } from "./call-record.ts";

/** What the call centre noted of one visit to a line that the call itself does not know. */
export type LineNote = Pick<WaitingCallDocument, "callId" | "entry" | "queueIds" | "overflow" | "movedUpAt">;

/** What is read of it. */
export const lineNoteFields = { _id: 0, callId: 1, entry: 1, queueIds: 1, overflow: 1, movedUpAt: 1 } as const;

/**
 * A record with what the call centre noted of its visits: that a caller waited in other queues too, or was put before all others. A visit is
 * known by its own queue, which is the first, and by the order in which the call was there.
 */
export function withLineNotes(record: CallRecord, notes: readonly LineNote[], names: RecordNames): CallRecord {
  const theirs = notes
    .filter(({ callId, overflow, movedUpAt }) => callId === record._id && (overflow || typeof movedUpAt === "number"))
    .sort((a, b) => a.entry - b.entry);
  if (theirs.length === 0) return record;
  const all = notes.filter(({ callId }) => callId === record._id).sort((a, b) => a.entry - b.entry);
  const visits = record.visits.map((visit, at): QueueVisit => {
    const earlier = record.visits.slice(0, at).filter(({ queueId }) => queueId === visit.queueId).length;
    const note = all.filter(({ queueIds }) => queueIds[0] === visit.queueId)[earlier];
    return note === undefined ? visit : { ...visit, ...noted(note, names) };
  });
  return { ...record, visits };
}

function noted({ overflow, movedUpAt }: LineNote, names: RecordNames): Pick<QueueVisit, "overflow" | "movedUpAt"> {
  return {
    ...(overflow && overflow.queueIds.length > 0
      ? {
          overflow: {
            at: overflow.at,
            by: overflow.by,
            queues: overflow.queueIds.map((queueId) => ({ queueId, queueName: names.queue(queueId) })),
          },
        }
      : {}),
    ...(typeof movedUpAt === "number" ? { movedUpAt } : {}),
  };
}
