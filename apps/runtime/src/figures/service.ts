import { type CallResult, type DayFigures, type InputOf, type Routes, standardGoal } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, demandQueue, reaches, reachesOperator, type Scope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import type { CallRecord } from "../call-records/call-record.ts";
import type { createCallRecords } from "../call-records/index.ts";
import { SHORT_MS } from "../call-records/short-ms.ts";
import type { Directories, Directory } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import { corrected } from "./corrected.ts";
import { type Day, dayOf, slotsOf } from "./day-bounds.ts";
import { groupBy } from "./group-by.ts";
import { operatorFigures } from "./operator-figures.ts";
import { type CountedVisit, type GoalOf, queueFigures, visitsOf } from "./queue-figures.ts";
import { correctionsDuring } from "./time-corrections.ts";
import { createTimesStore } from "./times-store.ts";

export interface FiguresGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly callRecords: Pick<ReturnType<typeof createCallRecords>, "search">;
  readonly clock: Clock;
}

type Query = InputOf<Routes["figures.day"]>["query"];

const MINUTE_MS = 60_000;
/** A call is looked for among those that began so long before a day: none lasts longer. */
const LONGEST_CALL_MS = 24 * 60 * MINUTE_MS;
/** Wrap-up after a day's last call is looked for so long after it. */
const WRAP_UP_AFTER_MS = 12 * 60 * MINUTE_MS;

/** A day in numbers, counted anew from the call records and the operators' times whenever it is asked for: nothing is added up in advance. */
export function createFigures({ connection, directories, callRecords, clock }: FiguresGiven) {
  const times = createTimesStore(connection);
  const { offers } = callCentreCollections(connection);
  return {
    async day(scope: Scope, { date, slot = "quarter", queueId }: Query): Promise<DayFigures> {
      demand(scope, "read", "calls");
      const { companyId } = scope;
      const directory = await directories.of(companyId);
      if (queueId !== undefined) demandQueue(scope, queueId);
      const { timeZone } = directory.company;
      const now = clock.now();
      const day = dayOf(date, timeZone, now);
      if (!day) throw noSuchDay(date);
      const { from, until } = day;
      const [everyRecord, seenTimes, offered, corrections] = await Promise.all([
        callRecords.search.during(companyId, from, until, LONGEST_CALL_MS),
        times.during(companyId, from, until + WRAP_UP_AFTER_MS, now),
        offers.find({ companyId, offeredAt: { $gte: from, $lt: until } }).toArray(),
        correctionsDuring(connection, companyId, day),
      ]);
      // An operator's day is told whole: it is not divided by queues.
      const records = everyRecord.filter(({ queueIds }) => reaches(scope, queueIds));
      const operatorTimes = corrected(seenTimes, corrections);
      const correctionsOf = groupBy(corrections, ({ operatorId }) => operatorId);
      const wrapUps = groupBy(
        operatorTimes.filter(({ state }) => state === "wrapUp"),
        ({ callId }) => callId,
      );
      const visits = records
        .flatMap((record) => visitsOf(record, wrapUps.get(record._id) ?? [], now))
        .filter(({ joinedAt, queueId }) => joinedAt >= from && joinedAt < until && reaches(scope, [queueId]));
      const begun = records.filter(({ startedAt }) => startedAt >= from && startedAt < until);
      const wanted = queueId === undefined ? visits : visits.filter((visit) => visit.queueId === queueId);
      const ofQueue = queueId === undefined ? begun : begun.filter(({ queueIds }) => queueIds.includes(queueId));
      const goalOf: GoalOf = (id) => (directory.queues.get(id)?.goal ?? standardGoal).withinMs;
      const goals = new Set(
        queueId === undefined
          ? [...directory.queues.keys()].filter((id) => reaches(scope, [id])).map(goalOf)
          : [goalOf(queueId)],
      );
      const [goal = standardGoal.withinMs, ...others] = goals;
      const operators = operatorFigures({
        bounds: day,
        now,
        times: operatorTimes,
        offers: offered,
        records: everyRecord,
      });
      return {
        date: day.date,
        timeZone,
        from: iso(from),
        until: iso(until),
        computedAt: iso(now),
        serviceLevelMs: others.length > 0 ? null : goal,
        shortMs: SHORT_MS,
        calls: { total: begun.length, ...countResults(begun) },
        total: queueFigures(wanted, now, goalOf),
        queues: byQueue(visits, directory, now, goalOf).filter(({ queueId }) => reaches(scope, [queueId])),
        operators: [...operators]
          .filter(([operatorId]) => reachesOperator(scope, operatorId, directory.queues))
          .map(([operatorId, figures]) => ({
            ...{ operatorId, name: nameOf(operatorId, directory, everyRecord), figures },
            corrections: correctionsOf.get(operatorId)?.length ?? 0,
          }))
          .sort((a, b) => a.name.localeCompare(b.name)),
        slots: bySlot(day, slot === "hour" ? 60 * MINUTE_MS : 15 * MINUTE_MS, wanted, ofQueue, now, goalOf),
      };
    },
  };
}

export type Figures = ReturnType<typeof createFigures>;

const iso = (at: number) => new Date(at).toISOString();

function noSuchDay(date: string | undefined): UserError {
  const problem = { fr: `« ${date} » n’est pas un jour du calendrier`, en: `“${date}” is no day of the calendar` };
  return new UserError("requestInvalid", { where: "/query/date", problem });
}

function countResults(records: readonly CallRecord[]): Pick<DayFigures["calls"], "running" | "results"> {
  const counts = new Map<CallResult, number>();
  for (const { result } of records) if (result !== null) counts.set(result, (counts.get(result) ?? 0) + 1);
  const results = [...counts].map(([result, count]) => ({ result, count })).sort((a, b) => b.count - a.count);
  return { running: records.filter(({ result }) => result === null).length, results };
}

/** Every queue that there is, and those that were deleted since and had callers on this day. */
function byQueue(
  visits: readonly CountedVisit[],
  { queues }: Directory,
  now: number,
  goalOf: GoalOf,
): DayFigures["queues"] {
  const names = new Map(visits.map(({ queueId, queueName }) => [queueId, queueName]));
  for (const { queueId, name } of queues.values()) names.set(queueId, name);
  const theirs = groupBy(visits, ({ queueId }) => queueId);
  return [...names]
    .map(([queueId, name]) => ({ queueId, name, figures: queueFigures(theirs.get(queueId) ?? [], now, goalOf) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function bySlot(
  day: Day,
  slotMs: number,
  visits: readonly CountedVisit[],
  begun: readonly CallRecord[],
  now: number,
  goalOf: GoalOf,
): DayFigures["slots"] {
  const slotAt = (at: number) => Math.floor((at - day.from) / slotMs);
  const visitsIn = groupBy(visits, ({ joinedAt }) => slotAt(joinedAt));
  const callsIn = groupBy(begun, ({ startedAt }) => slotAt(startedAt));
  return slotsOf(day, slotMs).map((from, at) => ({
    from: iso(from),
    calls: callsIn.get(at)?.length ?? 0,
    figures: queueFigures(visitsIn.get(at) ?? [], now, goalOf),
  }));
}

/** The name that an operator has now; of one who was deleted, the name that the calls remember. */
function nameOf(operatorId: string, { operators }: Directory, records: readonly CallRecord[]): string {
  const now = operators.get(operatorId)?.name;
  if (now !== undefined) return now;
  for (const { rung } of records) {
    const then = rung.find((telephone) => telephone.operatorId === operatorId)?.operatorName;
    if (then) return then;
  }
  return operatorId;
}
