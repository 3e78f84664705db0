import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import { foundBy, givenInCalls, scriptRunCollection } from "../script-runs/index.ts";
import type { CallRecord } from "./call-record.ts";
import { callRecordCollection } from "./model.ts";

/** What operators said that came of these calls of a company, by call, each code once, in the order in which it was said. */
export async function outcomesOf(
  connection: Connection,
  companyId: string,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { callNotes } = callCentreCollections(connection);
  const found = await callNotes
    .find({ companyId, callId: { $in: [...callIds] } }, { projection: { callId: 1, outcome: 1, at: 1 } })
    .toArray();
  const outcomes = new Map<string, readonly string[]>();
  for (const { callId, outcome } of found.sort((a, b) => a.at - b.at)) {
    const known = outcomes.get(callId) ?? [];
    if (outcome !== null && !known.includes(outcome)) outcomes.set(callId, [...known, outcome]);
  }
  return outcomes;
}

/** More than there are operators whose calls run: their notes wait for the end of the call. */
const AT_ONCE = 2_000;

/** Told of a record to which what an operator said was added: `key` says which note it is, in which of its states. */
export type OnNoted = (record: CallRecord, key: string) => Promise<void>;

/**
 * Lets the records of calls know what operators said after they were written: a wrap-up is mostly longer than a call takes to be recorded.
 * A note is marked until its record has it, so that a process may die anywhere in between; of a call that has no record yet it stays marked,
 * and one that changes meanwhile is not unmarked.
 */
export async function recordNotes(connection: Connection, onNoted?: OnNoted): Promise<void> {
  const { callNotes } = callCentreCollections(connection);
  const records = callRecordCollection(connection);
  const due = await callNotes
    .find({ unrecorded: true }, { projection: { rev: 1, companyId: 1, callId: 1 } })
    .limit(AT_ONCE)
    .toArray();
  if (due.length === 0) return;
  const kept = await records.find({ _id: { $in: due.map(({ callId }) => callId) } }).toArray();
  const recorded = new Map(kept.map((record) => [record._id, record]));
  for (const { _id, rev, companyId, callId } of due) {
    const record = recorded.get(callId);
    if (!record) continue;
    const outcomes = (await outcomesOf(connection, companyId, [callId])).get(callId) ?? [];
    await records.updateOne({ _id: callId, companyId }, { $set: { outcomes } });
    await onNoted?.({ ...record, outcomes: [...outcomes] }, `${_id}.${rev}`);
    await callNotes.updateOne({ _id, rev }, { $set: { unrecorded: false } });
  }
}

/** Told of a record whose answers in guided conversations have changed. */
export type OnAnswered = (record: CallRecord) => Promise<void>;

/** The same of what was answered in guided conversations: in the wrap-up, or told late by a browser that had lost its connection. */
export async function recordAnswers(connection: Connection, onAnswered?: OnAnswered): Promise<void> {
  const runs = scriptRunCollection(connection);
  const records = callRecordCollection(connection);
  const due = await runs
    .find({ unrecorded: true }, { projection: { rev: 1, companyId: 1, callId: 1 } })
    .limit(AT_ONCE)
    .toArray();
  if (due.length === 0) return;
  const kept = await records.find({ _id: { $in: due.map(({ callId }) => callId) } }).toArray();
  const recorded = new Map(kept.map((record) => [record._id, record]));
  for (const { _id, rev, companyId, callId } of due) {
    const record = recorded.get(callId);
    if (!record) continue;
    const answers = foundBy((await givenInCalls(connection, companyId, [callId])).get(callId));
    await records.updateOne({ _id: callId, companyId }, { $set: { answers } });
    await onAnswered?.({ ...record, answers });
    await runs.updateOne({ _id, rev }, { $set: { unrecorded: false } });
  }
}
