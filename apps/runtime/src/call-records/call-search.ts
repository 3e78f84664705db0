import type { CallResult } from "@cordboard/api";
import type { Filter } from "mongodb";
import type { Connection } from "mongoose";
import { type CallDocument, callCollections } from "../calls/model.ts";
import { type CallRecord, otherNumber } from "./call-record.ts";
import { type DigitsAsked, digitsOf, hasDigits } from "./caller-digits.ts";
import { isNamed, type NameAsked, nameKey } from "./caller-names.ts";
import { callRecordCollection, type StoredCallRecord } from "./model.ts";
import { type ToldCalls, withoutMachinery } from "./told-calls.ts";

/** What narrows a search; what is absent does not. Times are UTC milliseconds. */
export interface CallsWanted {
  readonly alive?: boolean | undefined;
  /** Begun at or after. */
  readonly from?: number | undefined;
  /** Begun before. */
  readonly to?: number | undefined;
  readonly caller?: readonly DigitsAsked[] | undefined;
  readonly name?: NameAsked | undefined;
  readonly lineId?: string | undefined;
  readonly flowId?: string | undefined;
  readonly versionId?: string | undefined;
  /** With `flowId`: those that are in this node of it now. */
  readonly inNodeId?: string | undefined;
  readonly queueId?: string | undefined;
  /** They were in one of these queues at least. */
  readonly within?: ReadonlySet<string> | undefined;
  readonly operatorId?: string | undefined;
  readonly result?: CallResult | undefined;
  readonly recorded?: boolean | undefined;
  /** The caller was on hold in it. */
  readonly held?: boolean | undefined;
  /** A code that an operator chose. */
  readonly outcome?: string | undefined;
  /** As `CallRecord.answers` has it. */
  readonly answer?: string | undefined;
}

/** Where a page ended: what begins later, or at the same time with a higher id, was on it or before it. */
export interface PageEnd {
  readonly startedAt: number;
  readonly callId: string;
}

/** Calls that are told from their traces are read so many at a time. */
const TOLD_AT_ONCE = 100;

const newestFirst = { startedAt: -1, _id: -1 } as const;

/** Searches the calls of a company, the newest first: those that are recorded and those that are not yet, each once. */
export function createCallSearch(given: { readonly connection: Connection; readonly told: ToldCalls }) {
  const { calls } = callCollections(given.connection);
  const records = callRecordCollection(given.connection);

  /** Those that run, and those that ended a moment ago: few, so what their document does not say is asked of each. */
  async function unrecorded(companyId: string, wanted: CallsWanted, after: PageEnd | null, limit: number) {
    const { lineId, result, alive } = wanted;
    const ended = result !== undefined || alive === false;
    const found: CallRecord[] = [];
    let end = after;
    for (;;) {
      const filter: Filter<CallDocument> = {
        companyId,
        unrecorded: true,
        ...(alive === true ? { status: "live" } : ended && { status: "ended" }),
        ...(lineId !== undefined && { lineId }),
        ...inFlow(wanted),
        ...begun(wanted, end),
      };
      const page = await calls.find(filter, withoutMachinery).sort(newestFirst).limit(TOLD_AT_ONCE).toArray();
      for (const record of await given.told.tell(companyId, page)) if (isWanted(record, wanted)) found.push(record);
      const last = page.at(-1);
      if (found.length >= limit || page.length < TOLD_AT_ONCE || !last) return found.slice(0, limit);
      end = { startedAt: last.startedAt, callId: last._id };
    }
  }

  /** Asked of an index that gives the order, once for each way to read the number. */
  async function recorded(companyId: string, wanted: CallsWanted, after: PageEnd | null, limit: number) {
    const { lineId, flowId, versionId, queueId, operatorId, result, outcome, answer, name } = wanted;
    const { recorded, held, within } = wanted;
    const conditions: Filter<StoredCallRecord>[] = [
      // Letters and figures alone: nothing in them is a sign of the pattern.
      ...(name?.words.map((word) => ({ callerNameKey: { $regex: ` ${word}` } })) ?? []),
      ...(within ? [{ queueIds: { $in: [...within] } }] : []),
    ];
    const filter: Filter<StoredCallRecord> = {
      companyId,
      ...(lineId !== undefined && { lineId }),
      ...(flowId !== undefined && { flowId }),
      ...(versionId !== undefined && { flowVersionId: versionId }),
      ...(queueId !== undefined && { queueIds: queueId }),
      ...(operatorId !== undefined && { operatorIds: operatorId }),
      ...(result !== undefined && { result }),
      ...(held === true && { held: true }),
      ...(held === false && { held: { $ne: true } }),
      ...(recorded === true && { recorded: true }),
      ...(recorded === false && { recorded: { $ne: true } }),
      ...(name && { callerNameBeginnings: name.beginning }),
      ...(conditions.length > 0 && { $and: conditions }),
      ...(outcome !== undefined && { outcomes: outcome }),
      ...(answer !== undefined && { answers: answer }),
      ...begun(wanted, after),
    };
    const find = (more: Filter<StoredCallRecord>) =>
      records
        .find({ ...filter, ...more })
        .sort(newestFirst)
        .limit(limit)
        .toArray();
    if (wanted.caller === undefined) return find({});
    const ways = await Promise.all(
      wanted.caller.map(({ digits, atStart, gram }) => {
        const callerDigits = { $regex: atStart ? `^${digits}` : digits };
        return find({ callerGrams: gram, ...((atStart || digits !== gram) && { callerDigits }) });
      }),
    );
    return ways.flat();
  }

  return {
    /** At most `limit` calls that were wanted, the newest first, those after `after`. */
    async search(companyId: string, wanted: CallsWanted, after: PageEnd | null, limit: number): Promise<CallRecord[]> {
      // In this order: a call that is recorded meanwhile is then found twice, and not missed.
      const fresh = await unrecorded(companyId, wanted, after, limit);
      const kept =
        wanted.alive === true || wanted.inNodeId !== undefined ? [] : await recorded(companyId, wanted, after, limit);
      const byId = new Map<string, CallRecord>([...fresh, ...kept].map((record) => [record._id, record]));
      return [...byId.values()].sort(byNewest).slice(0, limit);
    },
    /** Every call that may have to do with the time from `from` to `until`: begun before its end, and not over before its beginning. */
    async during(companyId: string, from: number, until: number, longestMs: number): Promise<CallRecord[]> {
      const startedAt = { $gte: from - longestMs, $lt: until };
      const fresh = await calls.find({ companyId, unrecorded: true, startedAt }, withoutMachinery).toArray();
      const told = await given.told.tell(companyId, fresh);
      const kept = await records.find({ companyId, startedAt, endedAt: { $gte: from } }).toArray();
      const byId = new Map<string, CallRecord>([...told, ...kept].map((record) => [record._id, record]));
      return [...byId.values()].filter(({ endedAt }) => endedAt === null || endedAt >= from);
    },
    /** These calls, as far as they are kept; in no order. */
    async these(companyId: string, callIds: readonly string[]): Promise<CallRecord[]> {
      const kept: readonly CallRecord[] = await records.find({ _id: { $in: [...callIds] }, companyId }).toArray();
      const known = new Set(kept.map(({ _id }) => _id));
      const fresh = callIds.filter((callId) => !known.has(callId));
      if (fresh.length === 0) return [...kept];
      const found = await calls.find({ _id: { $in: fresh }, companyId }, withoutMachinery).toArray();
      return [...kept, ...(await given.told.tell(companyId, found))];
    },
    async find(companyId: string, callId: string): Promise<CallRecord | null> {
      const kept = await records.findOne({ _id: callId, companyId });
      if (kept) return kept;
      const call = await calls.findOne({ _id: callId, companyId }, withoutMachinery);
      const [told] = call ? await given.told.tell(companyId, [call]) : [];
      return told ?? null;
    },
  };
}

export type CallSearch = ReturnType<typeof createCallSearch>;

/** The flow that a call came in on; of one that is sought by where it is now, the flow that it is in. */
function inFlow({ flowId, versionId, inNodeId }: CallsWanted): Filter<CallDocument> {
  if (flowId === undefined || inNodeId === undefined) {
    return { ...(flowId !== undefined && { flowId }), ...(versionId !== undefined && { flowVersionId: versionId }) };
  }
  const here = {
    status: "live" as const,
    "snapshot.node.id": { $regex: `^${inNodeId}(/|$)` },
  };
  const own = { flowId, running: null, ...(versionId !== undefined && { flowVersionId: versionId }) };
  const passed = {
    "running.flowId": flowId,
    ...(versionId !== undefined && { "running.flowVersionId": versionId }),
  };
  return { ...here, $and: [{ $or: [own, passed] }] } as unknown as Filter<CallDocument>;
}

/** The condition on the beginning: bounds that an index can use, and the exact place in a millisecond that calls share. */
function begun({ from, to }: CallsWanted, after: PageEnd | null) {
  const startedAt = {
    ...(from !== undefined && { $gte: from }),
    ...(to !== undefined && { $lt: to }),
    ...(after && { $lte: after.startedAt }),
  };
  return {
    ...(Object.keys(startedAt).length > 0 && { startedAt }),
    ...(after && { $or: [{ startedAt: { $lt: after.startedAt } }, { _id: { $lt: after.callId } }] }),
  };
}

function isWanted(record: CallRecord, wanted: CallsWanted): boolean {
  const { caller, name, queueId, operatorId, result, outcome, answer, recorded, held, within } = wanted;
  if (caller !== undefined && !hasDigits(digitsOf(otherNumber(record)), caller)) return false;
  if (recorded !== undefined && (record.recorded ?? false) !== recorded) return false;
  if (held !== undefined && (record.held ?? false) !== held) return false;
  if (name !== undefined && !isNamed(nameKey(record.callerName), name)) return false;
  if (queueId !== undefined && !record.queueIds.includes(queueId)) return false;
  if (within && !record.queueIds.some((id) => within.has(id))) return false;
  if (operatorId !== undefined && !record.operatorIds.includes(operatorId)) return false;
  if (outcome !== undefined && !record.outcomes?.includes(outcome)) return false;
  if (answer !== undefined && !record.answers?.includes(answer)) return false;
  return result === undefined || record.result === result;
}

function byNewest(a: CallRecord, b: CallRecord): number {
  if (a.startedAt !== b.startedAt) return b.startedAt - a.startedAt;
  return a._id < b._id ? 1 : -1;
}
