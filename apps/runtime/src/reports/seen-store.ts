import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import { type CallRecords, callRecordCollection } from "../call-records/index.ts";
import { callCollections } from "../calls/model.ts";
import type { Directories } from "../desk/index.ts";
import { corrected, correctionsDuring, createTimesStore, type OperatorTime } from "../figures/index.ts";
import { givenInCalls } from "../script-runs/index.ts";
import { quarterOf } from "./quarters.ts";
import type { Seen } from "./sums-of-quarters.ts";

export interface SeenGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly callRecords: Pick<CallRecords, "search">;
}

const HOUR_MS = 3_600_000;
/** A call is looked for among those that began so long before: none lasts longer. */
const LONGEST_CALL_MS = 24 * HOUR_MS;
/** What is younger is told from what happened, and not from sums: calls of now end in it, and wrap-ups. */
const FRESH_MS = HOUR_MS / 2;
const IDS_AT_ONCE = 500;

/** Reads what happened, to be added up. */
export function createSeenStore({ connection, directories, callRecords }: SeenGiven) {
  const { calls } = callCollections(connection);
  const { offers, shifts, shiftTimes, waitingCalls } = callCentreCollections(connection);
  const records = callRecordCollection(connection);
  const times = createTimesStore(connection);

  async function wrapUpsAfter(companyId: string, callIds: readonly string[]): Promise<OperatorTime[]> {
    const found: OperatorTime[] = [];
    for (let at = 0; at < callIds.length; at += IDS_AT_ONCE) {
      const some = { $in: callIds.slice(at, at + IDS_AT_ONCE) };
      found.push(...(await shiftTimes.find({ companyId, callId: some, state: "wrapUp" }).toArray()));
    }
    return found;
  }

  async function read(companyId: string, from: number, until: number, now: number, live: boolean): Promise<Seen> {
    const bounds = { from, until };
    const offered = { companyId, offeredAt: { $gte: from, $lt: until } };
    const promised = { companyId, isCallback: true, joinedAt: { $gte: from, $lt: until } };
    const [found, allTimes, made, promises, corrections, { operators }] = await Promise.all([
      live
        ? callRecords.search.during(companyId, from, until, LONGEST_CALL_MS)
        : records
            .find({ companyId, startedAt: { $gte: from - LONGEST_CALL_MS, $lt: until }, endedAt: { $gte: from } })
            .toArray(),
      times.during(companyId, from, until, now),
      offers.find(offered, { projection: { operatorId: 1, state: 1, offeredAt: 1 } }).toArray(),
      waitingCalls
        .find(promised, { projection: { queueIds: 1, joinedAt: 1, closedAt: 1, leftReason: 1, callback: 1 } })
        .sort({ joinedAt: -1, _id: -1 })
        .toArray(),
      correctionsDuring(connection, companyId, bounds),
      directories.of(companyId),
    ]);
    const going = allTimes.filter(({ goesOn, state }) => goesOn && state === "wrapUp" && live);
    const [over, answers] = await Promise.all([
      wrapUpsAfter(
        companyId,
        found.flatMap(({ _id, visits }) => (visits.length > 0 ? [_id] : [])),
      ),
      // An operator leads the conversation: without one there is none.
      givenInCalls(
        connection,
        companyId,
        found.flatMap(({ _id, rung }) => (rung.length > 0 ? [_id] : [])),
      ),
    ]);
    return {
      records: found,
      times: corrected(
        allTimes.filter(({ goesOn }) => live || !goesOn),
        corrections,
      ),
      wrapUps: [...over, ...going],
      offers: made,
      promises,
      answers,
      operatorNames: new Map([...operators.values()].map(({ operatorId, name }) => [operatorId, name])),
    };
  }

  return {
    /** What is over and recorded, of quarters that are summed up. */
    settled: (companyId: string, from: number, until: number) => read(companyId, from, until, until, false),
    /** Everything, what goes on included. */
    live: (companyId: string, from: number, now: number) => read(companyId, from, now, now, true),
    /**
     * From when on reports are told from what happened: all calls that run or are not recorded yet, and all that operators are busy with, began
     * after it. What changes before it is marked, and counted anew before a report is.
     */
    async liveFrom(companyId: string, now: number): Promise<number> {
      const since = { startedAt: { $gte: now - LONGEST_CALL_MS } };
      const [open, busy] = await Promise.all([
        calls.find({ companyId, unrecorded: true, ...since }, { projection: { startedAt: 1 } }).toArray(),
        shifts
          .find({ companyId, live: true, current: { $ne: null } }, { projection: { since: 1, "current.callId": 1 } })
          .toArray(),
      ]);
      const callIds = busy.flatMap(({ current }) => current?.callId ?? []);
      const theirs =
        callIds.length === 0
          ? []
          : await records
              .find({ companyId, _id: { $in: callIds }, ...since }, { projection: { startedAt: 1 } })
              .toArray();
      const begun = [...open, ...theirs].map(({ startedAt }) => startedAt);
      return quarterOf(begun.reduce((first, at) => Math.min(first, at), now - FRESH_MS));
    },
    /** What operators do now and did already before `until`: no sum has it, because it is not over. */
    async goingOn(companyId: string, until: number, now: number): Promise<OperatorTime[]> {
      const open = await shifts.find({ companyId, live: true, since: { $lt: until } }).toArray();
      if (open.length === 0) return [];
      const first = open.reduce((earliest, { since }) => Math.min(earliest, since), until);
      const [all, corrections] = await Promise.all([
        times.during(companyId, first, until, now),
        correctionsDuring(connection, companyId, { from: first, until }),
      ]);
      const going = all.filter(({ goesOn }) => goesOn);
      return corrected(going, corrections).filter(({ shiftId }) => going.some((one) => one.shiftId === shiftId));
    },
    /** The first thing that is kept of a company; null: nothing. */
    async oldest(companyId: string): Promise<number | null> {
      const [record, time, promise] = await Promise.all([
        records
          .find({ companyId }, { projection: { startedAt: 1 } })
          .sort({ startedAt: 1, _id: 1 })
          .limit(1)
          .next(),
        shiftTimes
          .find({ companyId }, { projection: { from: 1 } })
          .sort({ from: 1 })
          .limit(1)
          .next(),
        waitingCalls
          .find({ companyId, isCallback: true }, { projection: { joinedAt: 1 } })
          .sort({ joinedAt: 1, _id: 1 })
          .limit(1)
          .next(),
      ]);
      const begun = [record?.startedAt, time?.from, promise?.joinedAt].filter((at) => at !== undefined);
      return begun.length === 0 ? null : Math.min(...begun);
    },
  };
}

export type SeenStore = ReturnType<typeof createSeenStore>;
