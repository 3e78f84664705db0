import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import { type CallDocument, callCollections } from "../calls/model.ts";
import type { Clock } from "../ports/index.ts";
import { type OnAnswered, type OnNoted, recordAnswers, recordNotes } from "./call-notes.ts";
import type { CallRecord } from "./call-record.ts";
import { callRecordCollection, storedRecord } from "./model.ts";
import { type ToldCalls, withoutMachinery } from "./told-calls.ts";

export interface RecorderGiven {
  readonly connection: Connection;
  readonly told: ToldCalls;
  readonly clock: Clock;
  /** Told of the records before their calls are marked: so each is told of, once at least, whoever dies when. */
  readonly onRecorded?: (records: readonly CallRecord[]) => Promise<void>;
  /** Told of records to which what an operator said was added, before that is forgotten. */
  readonly onNoted?: OnNoted;
  /** The same of what was answered in guided conversations. */
  readonly onAnswered?: OnAnswered;
  readonly log: { warn(details: object, message: string): void };
}

/** How often calls that have ended are looked for, ms. Until then lists tell them from their traces. */
const EVERY_MS = 1_000;
const AT_ONCE = 100;

/**
 * Writes the record of each call once it is over and told to everybody: its trace is then complete. Every process may do it, and any may
 * die anywhere in it: a record is inserted under its call's id, once, and only then the call's mark is taken off. The mark is not the
 * call's own business (no `rev`), so a step is never disturbed.
 */
export function createRecorder({ connection, told, clock, log, onRecorded, onNoted, onAnswered }: RecorderGiven) {
  const { calls } = callCollections(connection);
  const records = callRecordCollection(connection);
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  async function record(ended: readonly CallDocument[]): Promise<void> {
    const companyIds = new Set(ended.map(({ companyId }) => companyId));
    for (const companyId of companyIds) {
      const theirs = ended.filter((call) => call.companyId === companyId);
      const recorded = await told.tell(companyId, theirs);
      await insertNew(recorded.map(storedRecord));
      await onRecorded?.(recorded);
      await calls.updateMany({ _id: { $in: theirs.map(({ _id }) => _id) } }, { $set: { unrecorded: false } });
    }
  }

  async function insertNew(documents: ReturnType<typeof storedRecord>[]): Promise<void> {
    try {
      await records.insertMany(documents, { ordered: false });
    } catch (error) {
      // Somebody was here before, and died or is about to take the mark off: the others are inserted now.
      if (!isDuplicate(error)) throw error;
    }
  }

  /** Records every call that is due. Rejects when the store cannot be reached; what was not done is due still. */
  async function recordDue(): Promise<void> {
    for (let more = true; more && !closed; ) {
      const due = await calls
        .find({ unrecorded: true, unsettled: false, status: "ended", endedAt: { $gt: 0 } }, withoutMachinery)
        .sort({ endedAt: 1 })
        .limit(AT_ONCE)
        .toArray();
      if (due.length > 0) await record(due);
      more = due.length === AT_ONCE;
    }
  }

  const again = () => {
    cancel = clock.at(clock.now() + EVERY_MS, () => {
      running = recordDue()
        .then(() => recordNotes(connection, onNoted))
        .then(() => recordAnswers(connection, onAnswered))
        .catch((error) => log.warn({ err: error }, "calls that ended could not be recorded; trying again"))
        .finally(() => closed || again());
    });
  };

  return {
    recordDue,
    start: again,
    async close(): Promise<void> {
      closed = true;
      cancel();
      await running;
    },
  };
}
