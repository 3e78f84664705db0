import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import { callRecordCollection } from "../call-records/index.ts";
import type { TimeCorrectionDocument } from "../figures/index.ts";
import { markQuarters, quartersOfRecord } from "./marks.ts";
import { type ProgressDocument, type ReportCollections, reportCollections } from "./model.ts";
import { quartersOf } from "./quarters.ts";

/** What was written within this may be on its way still, or bear the time of another machine's clock: it is looked at again. */
const SETTLING_MS = 10_000;
/** The place is moved on so seldom where nothing changed. */
const IDLE_MS = 300_000;
const AT_ONCE = 5_000;
/** Where looking begins in a company that was never looked at: what is older is counted with everything else. */
const FIRST_MS = 3_600_000;

/**
 * Looks through what changed in the past of a company since it was looked at last, and marks the quarters that it changes. Calls mark theirs
 * themselves when they are recorded; here are operators' times, callbacks and corrections, whose writers know nothing of reports. Done twice, by
 * anybody, it does no harm: the place is moved on only when what lies before it is marked.
 */
export function createChanges(connection: Connection) {
  const collections: ReportCollections = reportCollections(connection);
  const { progress } = collections;
  const { shiftTimes, waitingCalls, leases, entities } = callCentreCollections(connection);
  const records = callRecordCollection(connection);
  const corrections = connection.collection<TimeCorrectionDocument>("timeCorrections");

  /**
   * Before these times everything is in its collection: the last commit of the call centre may be carried out in part only, where somebody died.
   */
  async function settled(companyId: string, now: number) {
    const lease = await leases.findOne({ _id: `acd/${companyId}` }, { projection: { pending: 1 } });
    const late = { times: now - SETTLING_MS, callbacks: now - SETTLING_MS };
    for (const write of lease?.pending ?? []) {
      const { collection, document } = write;
      if (collection !== "shiftTimes" && collection !== "waitingCalls") continue;
      const { _id, rev } = document;
      if (await entities[collection].findOne({ _id, rev: { $gte: rev } }, { projection: { _id: 1 } })) continue;
      if (collection === "shiftTimes") late.times = Math.min(late.times, document.until);
      else late.callbacks = Math.min(late.callbacks, document.closedAt ?? document.joinedAt);
    }
    return late;
  }

  async function changedTimes(companyId: string, since: number) {
    const found = await shiftTimes
      .find({ companyId, until: { $gte: since } }, { projection: { from: 1, until: 1, state: 1, callId: 1 } })
      .sort({ until: 1, _id: 1 })
      .limit(AT_ONCE)
      .toArray();
    // A wrap-up counts with the visit of its caller.
    const callIds = [...new Set(found.flatMap(({ state, callId }) => (state === "wrapUp" && callId ? [callId] : [])))];
    const calls = await records
      .find({ companyId, _id: { $in: callIds } }, { projection: { startedAt: 1, endedAt: 1 } })
      .toArray();
    return {
      quarters: [...found.flatMap(({ from, until }) => quartersOf(from, until)), ...calls.flatMap(quartersOfRecord)],
      upTo: found.length < AT_ONCE ? Number.POSITIVE_INFINITY : (found.at(-1)?.until ?? since),
    };
  }

  async function changedCallbacks(companyId: string, since: number): Promise<number[]> {
    const [promised, over, openAgain] = await Promise.all([
      waitingCalls
        .find({ companyId, isCallback: true, joinedAt: { $gte: since } }, { projection: { joinedAt: 1 } })
        .sort({ joinedAt: -1, _id: -1 })
        .toArray(),
      waitingCalls
        .find({ companyId, isCallback: true, closedAt: { $gte: since } }, { projection: { joinedAt: 1 } })
        .toArray(),
      waitingCalls
        .find(
          { companyId, isCallback: true, live: true, "callback.correctedAt": { $gte: since } },
          { projection: { joinedAt: 1 } },
        )
        .toArray(),
    ]);
    return [...promised, ...over, ...openAgain].flatMap(({ joinedAt }) => quartersOf(joinedAt, joinedAt + 1));
  }

  async function changedCorrections(companyId: string, since: number): Promise<number[]> {
    const found = await corrections.find({ companyId, changedAt: { $gte: since } }).toArray();
    return found.flatMap(({ from, until }) => quartersOf(from, until));
  }

  return {
    /** Marks what changed. Of a company that was never looked at, everything is to be counted; `oldest` is where that begins. */
    async mark(companyId: string, now: number, oldest: () => Promise<number | null>): Promise<ProgressDocument> {
      const known = await progress.findOne({ _id: companyId });
      if (!known) {
        const since = now - FIRST_MS;
        const first = { times: since, callbacks: since, corrections: since, anewFrom: await oldest() };
        await progress.updateOne({ _id: companyId }, { $setOnInsert: { rev: 1, ...first } }, { upsert: true });
        return { _id: companyId, rev: 1, ...first };
      }
      const late = await settled(companyId, now);
      const times = await changedTimes(companyId, known.times);
      const quarters = [
        ...times.quarters,
        ...(await changedCallbacks(companyId, known.callbacks)),
        ...(await changedCorrections(companyId, known.corrections)),
      ];
      await markQuarters(collections, companyId, quarters);
      const place = {
        times: Math.max(known.times, Math.min(late.times, times.upTo)),
        callbacks: Math.max(known.callbacks, late.callbacks),
        corrections: Math.max(known.corrections, now - SETTLING_MS),
      };
      if (quarters.length > 0 || place.corrections - known.corrections > IDLE_MS)
        await progress.updateOne({ _id: companyId, rev: known.rev }, { $set: place, $inc: { rev: 1 } });
      return known;
    },
  };
}
