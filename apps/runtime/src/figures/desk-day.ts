import type { DeskDay } from "@cordboard/api";
import { demand, type Scope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { UserError } from "../errors/index.ts";
import { corrected } from "./corrected.ts";
import { type Day, dayOf } from "./day-bounds.ts";
import { noFigures, operatorFigures } from "./operator-figures.ts";
import type { OperatorTime } from "./operator-time.ts";
import type { FiguresGiven } from "./service.ts";
import { correctionsDuring, toCorrection } from "./time-corrections.ts";
import { createTimesStore } from "./times-store.ts";

/** An operator's own day, counted as a supervisor's page counts it, from nothing but what this operator did. */
export function createDeskDay({ connection, directories, callRecords, clock }: FiguresGiven) {
  const times = createTimesStore(connection);
  const { offers } = callCentreCollections(connection);
  return async (scope: Scope): Promise<DeskDay> => {
    demand(scope, "read", "desk");
    const { companyId, actorId: operatorId } = scope;
    if (operatorId === null) throw new UserError("notAllowed");
    const { timeZone } = (await directories.of(companyId)).company;
    const now = clock.now();
    const day = dayOf(undefined, timeZone, now);
    if (!day) throw new Error("bug: today is no day");
    const { from, until } = day;
    const [seen, offered, corrections] = await Promise.all([
      times.during(companyId, from, until, now, operatorId),
      offers.find({ companyId, operatorId, offeredAt: { $gte: from, $lt: until } }).toArray(),
      correctionsDuring(connection, companyId, day, operatorId),
    ]);
    const own = corrected(seen, corrections);
    // Whoever was rung or talked to was in a state for it: no other call has a part in this operator's day.
    const callIds = [...new Set(own.flatMap(({ callId }) => callId ?? []))];
    const records = await callRecords.search.these(companyId, callIds);
    const figures = operatorFigures({ bounds: day, now, times: own, offers: offered, records }).get(operatorId);
    return {
      date: day.date,
      timeZone,
      computedAt: iso(now),
      figures: figures ?? noFigures(),
      pauses: pausesOf(own, day),
      corrections: corrections.map(toCorrection),
    };
  };
}

export type DeskDayOf = ReturnType<typeof createDeskDay>;

const iso = (at: number) => new Date(at).toISOString();

/** Pauses in the order of the day. One whose reason changed is several: each had its own. */
function pausesOf(times: readonly OperatorTime[], day: Day): DeskDay["pauses"] {
  return times
    .filter(({ state, until }) => state === "paused" && until > day.from)
    .sort((a, b) => a.from - b.from)
    .map(({ from, until, pauseReason, pauseLabel, goesOn }) => ({
      from: iso(from),
      until: goesOn ? null : iso(until),
      reason: pauseReason ?? "asked",
      label: pauseLabel,
    }));
}
