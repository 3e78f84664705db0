import type { Connection } from "mongoose";
import { type CallRecord, otherNumber } from "./call-record.ts";
import { digitsOf, gramsOf } from "./caller-digits.ts";
import { nameBeginnings, nameKey } from "./caller-names.ts";

/** A record as it is stored: with what its caller's number is found by. */
export interface StoredCallRecord extends CallRecord {
  readonly callerDigits: string | null;
  readonly callerGrams: readonly string[];
  /** What its caller's name is found by. Absent in records of before, which are not found by it. */
  readonly callerNameKey?: string | null;
  readonly callerNameBeginnings?: readonly string[];
}

export const callRecordCollection = (connection: Connection) => connection.collection<StoredCallRecord>("callRecords");

export function storedRecord(record: CallRecord): StoredCallRecord {
  const digits = digitsOf(otherNumber(record));
  const name = nameKey(record.callerName);
  return {
    ...record,
    callerDigits: digits,
    callerGrams: gramsOf(digits),
    callerNameKey: name,
    callerNameBeginnings: nameBeginnings(name),
  };
}

const newestFirst = { startedAt: -1, _id: -1 } as const;

/** Creates the indexes; safe to call at each start. Each answers one way to search, the newest first, without sorting. */
export async function prepareCallRecords(connection: Connection): Promise<void> {
  const records = callRecordCollection(connection);
  await records.createIndex({ companyId: 1, ...newestFirst });
  for (const field of [
    "callerGrams",
    "callerNameBeginnings",
    "recorded",
    "held",
    "lineId",
    "flowId",
    "queueIds",
    "operatorIds",
    "result",
    "outcomes",
    "answers",
  ]) {
    await records.createIndex({ companyId: 1, [field]: 1, ...newestFirst });
  }
}
