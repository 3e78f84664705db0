import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import { callCollections } from "../calls/model.ts";
import { scriptRunCollection } from "../script-runs/index.ts";
import { callRecordCollection } from "./model.ts";

const DAY_MS = 86_400_000;
/** Calls that are deleted in one go: few, so that callers' own writes never wait long behind them. */
const AT_ONCE = 100;

/** How many calls were deleted, how many promised callbacks, and how many stretches of operators' time. */
export interface Deleted {
  readonly calls: number;
  readonly callbacks: number;
  readonly shiftTimes: number;
}

/**
 * Deletes what a company keeps no longer: calls that began more than `days` before `now`, with their traces, offers and places in line,
 * callbacks that were promised before that and are over, and what operators did before that. The record goes last: where a process dies in between, the next sweep finds the call again and deletes
 * what is left of it. A call that is not recorded yet is not touched, however old it is.
 */
export async function deleteOldCalls(
  connection: Connection,
  companyId: string,
  { days, now, stopped }: { readonly days: number; readonly now: number; readonly stopped: () => boolean },
): Promise<Deleted> {
  const limit = now - days * DAY_MS;
  const { calls, traceEvents } = callCollections(connection);
  const { offers, waitingCalls, shiftTimes, shifts, callNotes } = callCentreCollections(connection);
  const records = callRecordCollection(connection);
  const scriptRuns = scriptRunCollection(connection);
  const deleted = { calls: 0, callbacks: 0, shiftTimes: 0 };
  while (!stopped()) {
    const old = await records
      .find({ companyId, startedAt: { $lt: limit } }, { projection: { _id: 1 } })
      .sort({ startedAt: 1, _id: 1 })
      .limit(AT_ONCE)
      .toArray();
    if (old.length === 0) break;
    const ids = old.map(({ _id }) => _id);
    const ofThem = { companyId, callId: { $in: ids } };
    await traceEvents.deleteMany(ofThem);
    await offers.deleteMany({ ...ofThem, live: false });
    await waitingCalls.deleteMany({ ...ofThem, live: false });
    await callNotes.deleteMany(ofThem);
    await scriptRuns.deleteMany(ofThem);
    await calls.deleteMany({ _id: { $in: ids }, companyId, unrecorded: false });
    deleted.calls += (await records.deleteMany({ _id: { $in: ids }, companyId })).deletedCount;
  }
  while (!stopped()) {
    const old = await shiftTimes
      .find({ companyId, from: { $lt: limit } }, { projection: { _id: 1 } })
      .sort({ from: 1 })
      .limit(AT_ONCE * 10)
      .toArray();
    if (old.length === 0) break;
    deleted.shiftTimes += (await shiftTimes.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount;
  }
  // Of calls that never were: the operator’s telephone did not ring.
  await scriptRuns.deleteMany({ companyId, startedAt: { $lt: limit } });
  await connection.collection("timeCorrections").deleteMany({ companyId, from: { $lt: limit } });
  await shifts.deleteMany({ companyId, live: false, closedAt: { $lt: limit } });
  // Callbacks that are over, and how often they were offered: no call's record leads to what was offered and not made.
  while (!stopped()) {
    const old = await waitingCalls
      .find({ companyId, isCallback: true, joinedAt: { $lt: limit }, live: false }, { projection: { _id: 1 } })
      .sort({ joinedAt: -1, _id: -1 })
      .limit(AT_ONCE)
      .toArray();
    if (old.length === 0) break;
    deleted.callbacks += (await waitingCalls.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount;
  }
  await offers.deleteMany({ companyId, offeredAt: { $lt: limit }, live: false, callbackId: { $gte: "callback" } });
  return deleted;
}
