import type { Connection } from "mongoose";
import type { Directories } from "../desk/index.ts";
import type { createChanges } from "./changes.ts";
import { type DayQuartersDocument, reportCollections, type SumsKind, sumsOf, sumsOfDayQuarters } from "./model.ts";
import type { Period } from "./periods.ts";
import { QUARTER_MS, quarterOf } from "./quarters.ts";
import type { RollUp } from "./roll-up.ts";
import type { SeenStore } from "./seen-store.ts";
import { addSums, emptySums, type Sums } from "./sums.ts";
import { sumsOfQuarters } from "./sums-of-quarters.ts";

const ATTEMPTS = 3;

export interface CountedPeriod {
  /** One for each slot of the period. */
  readonly slots: readonly Sums[];
  /** Older sums are still being counted. */
  readonly counting: boolean;
  /** The quarters (or days, where sums of days were read) in which there was anything. */
  readonly busy: readonly number[];
}

/**
 * What a period's slots add up to: whole days that are over from what is kept of each day, quarters of a day that goes on from their sums, the last
 * half-hour or more from what happens. What changed in the past since it was counted is counted before it is read.
 */
export function createSumsReader(given: {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly seen: SeenStore;
  readonly changes: ReturnType<typeof createChanges>;
  readonly rollUp: RollUp;
}) {
  const { seen, changes, rollUp, directories } = given;
  const { quarters, days, dayQuarters } = reportCollections(given.connection);

  /** Everything up to `liveFrom` is in the sums afterwards, but for what operators do since before it, which is given. */
  async function catchUp(companyId: string, now: number) {
    for (let attempt = 1; ; attempt += 1) {
      const liveFrom = await seen.liveFrom(companyId, now);
      const before = await seen.goingOn(companyId, liveFrom, now);
      const { anewFrom } = await changes.mark(companyId, now, () => seen.oldest(companyId));
      const all = await rollUp.countMarked(companyId, liveFrom);
      const going = await seen.goingOn(companyId, liveFrom, now);
      const same = keysOf(before) === keysOf(going);
      // What was over meanwhile may have been counted as over, or not: again.
      if (same || attempt === ATTEMPTS) return { liveFrom, going, counting: anewFrom !== null || !all };
    }
  }

  return async function read(
    companyId: string,
    { slots, slotOf, days: wanted, ...period }: Period,
    kind: SumsKind,
    step: "days" | "quarters",
    now: number,
  ): Promise<CountedPeriod> {
    const { timeZone } = (await directories.of(companyId)).company;
    const { liveFrom, going, counting } = await catchUp(companyId, now);
    const sums = slots.map(emptySums);
    const busy: number[] = [];
    const into = (at: number, more: Partial<Sums>) => {
      const slot = sums[slotOf(at)];
      if (!slot) return;
      addSums(slot, more);
      if (isSomething(more)) busy.push(at);
    };
    const projection = Object.fromEntries([kind, "names", "from", "timeZone"].map((name) => [name, 1]));
    const summedUntil = Math.min(period.until, liveFrom);
    const [first] = await quarters
      .find({ companyId }, { projection: { from: 1 } })
      .sort({ from: 1 })
      .limit(1)
      .toArray();
    const during = { companyId, from: { $gte: period.from, $lt: summedUntil } };
    const kept =
      step === "days"
        ? (await days.find(during, { projection }).toArray()).map((day) => ({
            ...day,
            sums: () => ofDay(sumsOf(day), day),
          }))
        : (await dayQuarters.find({ ...during, kind }).toArray()).map((day) => ({
            ...day,
            sums: () => ofQuarters(day),
          }));
    const known = new Map(kept.filter((day) => day.timeZone === timeZone).map((day) => [day.from, day.sums]));
    let loose = period.from;
    for (const day of wanted) {
      if (day.until > summedUntil) break;
      loose = day.until;
      // Of a typical day other weekdays are not asked for.
      if (slotOf(day.from) < 0) continue;
      const count = async () => {
        const counted = await rollUp.countDay(companyId, day, timeZone);
        return step === "days"
          ? ofDay(counted.sums, day)
          : counted.quarters.filter((one) => one.kind === kind).flatMap(ofQuarters);
      };
      const ready = known.get(day.from);
      const happened = first !== undefined && day.until > first.from;
      for (const [at, more] of ready?.() ?? (happened ? await count() : [])) into(at, more);
    }
    if (loose < summedUntil) {
      const left = quarters.find({ companyId, from: { $gte: loose, $lt: summedUntil } }, { projection });
      for (const quarter of await left.toArray()) into(quarter.from, sumsOf(quarter));
    }
    if (kind === "operators" && going.length > 0) {
      const since = quarterOf(going.reduce((least, { from }) => Math.min(least, from), liveFrom));
      const nothing = { records: [], wrapUps: [], offers: [], promises: [], answers: new Map() };
      const operatorNames = new Map<string, string>();
      const shown = sumsOfQuarters({ ...nothing, times: going, operatorNames }, since, liveFrom, liveFrom);
      for (const [quarter, { operators }] of shown) into(quarter, { operators });
    }
    if (period.until > liveFrom && period.from < now) {
      const end = quarterOf(now) + QUARTER_MS;
      const live = sumsOfQuarters(await seen.live(companyId, liveFrom, now), liveFrom, end, now);
      for (const [quarter, more] of live) into(quarter, more);
    }
    return { slots: sums, counting, busy };
  };
}

type At = readonly [at: number, sums: Partial<Sums>];

const ofDay = (sums: Sums, { from }: { readonly from: number }): readonly At[] => [[from, sums]];

const ofQuarters = (day: Pick<DayQuartersDocument, "from" | "kind" | "quarters" | "names">): readonly At[] => [
  [day.from, { names: JSON.parse(day.names) as Sums["names"] }],
  ...sumsOfDayQuarters(day),
];

const isSomething = ({ names: _, ...sums }: Partial<Sums>): boolean =>
  Object.values(sums).some((tallies) => Object.keys(tallies).length > 0);

const keysOf = (going: readonly { readonly shiftId: string; readonly from: number }[]): string =>
  going
    .map(({ shiftId, from }) => `${shiftId} ${from}`)
    .sort()
    .join();
