import { type OutputOf, type Routes, standardGoal } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, reaches, reachesOperator, type Scope } from "../access/index.ts";
import type { createCallRecords } from "../call-records/index.ts";
import type { Directories } from "../desk/index.ts";
import { groupBy } from "../figures/group-by.ts";
import { operatorFigures } from "../figures/operator-figures.ts";
import { visitsOf } from "../figures/queue-figures.ts";
import { createTimesStore } from "../figures/times-store.ts";
import type { CallCentreCommands, Clock } from "../ports/index.ts";
import { operatorOutlooks } from "./operator-outlook.ts";
import { outlookOf, type PastVisit } from "./outlook.ts";

export interface StaffingGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly callRecords: Pick<ReturnType<typeof createCallRecords>, "search">;
  readonly commands: Pick<CallCentreCommands, "live">;
  readonly clock: Clock;
}

type Congestion = OutputOf<Routes["live.congestion"]>;
type ByQueue = ReadonlyMap<string, PastVisit[]>;
/** What was seen of an hour, with what comes after it. */
interface SeenHour {
  readonly visits: ByQueue;
  readonly operators: ReturnType<typeof operatorFigures>;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const WEEKS = 4;
/** To the end of the last of the coming quarters. */
const AHEAD_MS = HOUR_MS + 900_000;
/** Calls that began longer before a stretch have no visit in it. */
const LONGEST_BEFORE_MS = HOUR_MS;
/** Past weeks do not change; they are read again so often because the hour moves on. */
const PAST_FRESH_MS = 300_000;

/** What each queue faces in the coming hour, from the call records of the last hour and of the same hours of past weeks. */
export function createStaffing({ connection, directories, callRecords, commands, clock }: StaffingGiven) {
  const times = createTimesStore(connection);
  const past = new Map<string, { readonly at: number; readonly weeks: Promise<readonly SeenHour[]> }>();

  /** Visits of all of the time, operators of its first hour. */
  async function seenBetween(companyId: string, from: number, until: number): Promise<SeenHour> {
    const now = clock.now();
    const [records, operatorTimes] = await Promise.all([
      callRecords.search.during(companyId, from, until, LONGEST_BEFORE_MS),
      times.during(companyId, from, until + HOUR_MS, now),
    ]);
    const wrapUps = groupBy(
      operatorTimes.filter(({ state }) => state === "wrapUp"),
      ({ callId }) => callId,
    );
    const visits = records
      .flatMap((record) => visitsOf(record, wrapUps.get(record._id) ?? [], now))
      .filter(({ joinedAt }) => joinedAt >= from && joinedAt < until);
    const bounds = { from, until: from + HOUR_MS };
    const operators = operatorFigures({ bounds, now, times: operatorTimes, offers: [], records });
    const byQueue = new Map(
      [...groupBy(visits, ({ queueId }) => queueId)].map(([queueId, theirs]) => [
        queueId,
        theirs.map(({ joinedAt, outcome, talkMs, wrapUpMs }) => ({
          ...{ joinedAt, answered: outcome === "answered", handleMs: talkMs + wrapUpMs },
        })),
      ]),
    );
    return { visits: byQueue, operators };
  }

  /** The same hours of past weeks, moved to today: by weeks of 168 hours, so that a change of clocks moves one of them by an hour for a month. */
  function pastWeeks(companyId: string, now: number): Promise<readonly SeenHour[]> {
    const known = past.get(companyId);
    if (known && now - known.at < PAST_FRESH_MS) return known.weeks;
    const weeks = Promise.all(
      Array.from({ length: WEEKS }, async (_, at) => {
        const back = (at + 1) * WEEK_MS;
        const from = now - HOUR_MS - back;
        const found = await seenBetween(companyId, from, now + AHEAD_MS + PAST_FRESH_MS - back);
        const moved = [...found.visits].map(([queueId, visits]) => {
          return [queueId, visits.map((visit) => ({ ...visit, joinedAt: visit.joinedAt + back }))] as const;
        });
        return { visits: new Map(moved), operators: found.operators };
      }),
    );
    past.set(companyId, { at: now, weeks });
    weeks.catch(() => past.delete(companyId));
    return weeks;
  }

  return {
    async congestion(scope: Scope): Promise<Congestion> {
      demand(scope, "read", "live");
      const { companyId } = scope;
      const now = clock.now();
      const [{ queues, operators }, live, lastHour, weeks] = await Promise.all([
        directories.of(companyId),
        commands.live(companyId),
        seenBetween(companyId, now - HOUR_MS, now),
        pastWeeks(companyId, now),
      ]);
      // A week without any call at all was before the company began.
      const begun = weeks.filter(({ visits }) => visits.size > 0);
      const iso = (at: number) => new Date(at).toISOString();
      const outlooks = [...queues.values()]
        .map(({ queueId, name, goal = standardGoal }) => {
          const signedIn = live.queues.find((row) => row.queueId === queueId)?.signedIn ?? 0;
          const { handleMs, slots, advice, ...outlook } = outlookOf({
            now,
            lastHour: lastHour.visits.get(queueId) ?? [],
            weeks: begun.map(({ visits }) => visits.get(queueId) ?? []),
            goal: { share: goal.percent / 100, withinMs: goal.withinMs },
            signedIn,
          });
          return {
            ...{ queueId, name, signedIn, handleMs, weeks: begun.length, lastHour: outlook.lastHour },
            slots: slots.map((slot) => ({ ...slot, from: iso(slot.from) })),
            advice: { ...advice, from: advice.from === null ? null : iso(advice.from) },
          };
        })
        .sort((a, b) => a.name.localeCompare(b.name));
      return {
        ...{ computedAt: iso(now), queues: outlooks.filter(({ queueId }) => reaches(scope, [queueId])) },
        // What an operator faces comes of all the queues that they have ticked, whoever asks.
        operators: operatorOutlooks({
          operators: live.operators
            .map(({ operatorId, queueIds }) => {
              return { operatorId, queueIds, name: operators.get(operatorId)?.name ?? operatorId };
            })
            .sort((a, b) => a.name.localeCompare(b.name)),
          ...{ lastHour: lastHour.operators, weeks: begun.map((week) => week.operators), queues: outlooks },
        }).filter(({ operatorId }) => reachesOperator(scope, operatorId, queues)),
      };
    },
  };
}

export type Staffing = ReturnType<typeof createStaffing>;
