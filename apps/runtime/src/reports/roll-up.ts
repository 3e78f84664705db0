import { longestReportDays } from "@cordboard/api";
import type { AnyBulkWriteOperation, Collection } from "mongodb";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import type { Directories } from "../desk/index.ts";
import { type Day, dayOf } from "../figures/index.ts";
import {
  type DayQuartersDocument,
  joinedQuarters,
  type ReportCollections,
  reportCollections,
  sumsOf,
  textsOf,
  togetherKinds,
} from "./model.ts";
import { QUARTER_MS, quarterOf } from "./quarters.ts";
import type { SeenStore } from "./seen-store.ts";
import { addSums, emptySums, type Sums } from "./sums.ts";
import { sumsOfQuarters } from "./sums-of-quarters.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many days with marks at most are counted in one go. */
const DAYS_AT_ONCE = 40;
const ATTEMPTS = 5;
/** As long as the longest report; what is kept of operators is bounded. */
const KEPT_DAYS = longestReportDays.month;
/** Quarters are kept day by day too for so long: they are twice there. */
const KEPT_TOGETHER_DAYS = longestReportDays.day;

export interface CountedDay {
  readonly sums: Sums;
  readonly quarters: readonly Pick<DayQuartersDocument, "from" | "kind" | "quarters" | "names">[];
}

/**
 * Counts sums anew from what happened. A quarter of an hour is never changed by what was added to it: it is counted whole, from everything that is
 * kept, so counting it twice, or by two processes at once, or dying in the middle, changes nothing. `rev` keeps who read earlier from writing later.
 */
export function createRollUp(given: {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly seen: SeenStore;
}) {
  const { seen, directories } = given;
  const { quarters, days, dayQuarters, marks, progress }: ReportCollections = reportCollections(given.connection);

  const revisions = async (companyId: string, from: number, until: number) =>
    new Map(
      (
        await quarters
          .find({ companyId, from: { $gte: from, $lt: until } }, { projection: { rev: 1, from: 1 } })
          .toArray()
      ).map((one) => [one.from, one.rev]),
    );

  /** Writes documents over what they were when counting began. False: somebody else wrote meanwhile. */
  async function write<Kept extends { readonly _id: string; readonly rev: number }>(
    collection: Collection<Kept>,
    documents: readonly (Omit<Kept, "rev"> & { readonly rev: number | undefined })[],
  ): Promise<boolean> {
    const writes = documents.map(({ _id, rev, ...sums }) =>
      rev === undefined
        ? { insertOne: { document: { _id, rev: 1, ...sums } } }
        : { updateOne: { filter: { _id, rev }, update: { $set: { ...sums, rev: rev + 1 } } } },
    ) as unknown as AnyBulkWriteOperation<Kept>[];
    if (writes.length === 0) return true;
    try {
      const done = await collection.bulkWrite(writes, { ordered: false });
      return done.insertedCount + done.matchedCount === writes.length;
    } catch (cause) {
      if (!isDuplicate(cause)) throw cause;
      return false;
    }
  }

  /** Counts the quarters from `from` to before `until`; those in which nothing happened are written only over what was there. */
  async function countQuarters(companyId: string, from: number, until: number): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const revs = await revisions(companyId, from, until);
      const counted = sumsOfQuarters(await seen.settled(companyId, from, until), from, until, until);
      const documents = [...counted]
        .filter(([quarter, sums]) => revs.has(quarter) || !isEmpty(sums))
        .map(([quarter, sums]) => ({
          ...{ _id: `${companyId}/${quarter}`, companyId, from: quarter, rev: revs.get(quarter) },
          ...textsOf(sums),
        }));
      if (await write(quarters, documents)) return;
    }
    throw new Error("the sums of a quarter are being written by others all the time");
  }

  /** Adds up a day from its quarters, and keeps them together, kind by kind. */
  async function countDay(companyId: string, day: Day, timeZone: string): Promise<CountedDay> {
    const _id = `${companyId}/${day.date}`;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const known = await days.findOne({ _id }, { projection: { rev: 1 } });
      const together = { companyId, kind: { $in: [...togetherKinds] }, from: day.from };
      const knownQuarters = new Map(
        (await dayQuarters.find(together, { projection: { rev: 1 } }).toArray()).map((one) => [one._id, one.rev]),
      );
      const sums = emptySums();
      const parts = await quarters
        .find({ companyId, from: { $gte: day.from, $lt: day.until } })
        .sort({ from: 1 })
        .toArray();
      for (const part of parts) addSums(sums, sumsOf(part));
      const texts = textsOf(sums);
      const common = { companyId, from: day.from, timeZone };
      const ofKinds = togetherKinds.map((kind) => ({
        ...{ _id: `${_id}/${kind}`, ...common, kind, rev: knownQuarters.get(`${_id}/${kind}`) },
        ...{ quarters: joinedQuarters(parts, kind), names: texts.names },
      }));
      // The day last: where it is, its quarters are.
      if ((await write(dayQuarters, ofKinds)) && (await write(days, [{ _id, rev: known?.rev, ...common, ...texts }])))
        return { sums, quarters: ofKinds };
    }
    throw new Error("the sums of a day are being written by others all the time");
  }

  /** Counts what is marked and older than `before`, a day after the other. False: there is more. */
  async function countMarked(companyId: string, before: number): Promise<boolean> {
    const { company } = await directories.of(companyId);
    const { timeZone, callRetentionDays } = company;
    for (let count = 0; count < DAYS_AT_ONCE; count += 1) {
      const [first] = await marks
        .find({ companyId, quarter: { $lt: before } })
        .sort({ quarter: 1 })
        .limit(1)
        .toArray();
      if (!first) return true;
      const day = dayOf(undefined, timeZone, first.quarter);
      if (!day) throw new Error("bug: a quarter of an hour is of no day");
      const due = await marks
        .find({ companyId, quarter: { $gte: day.from, $lt: Math.min(day.until, before) } })
        .sort({ quarter: 1 })
        .toArray();
      const kept = due.filter(({ quarter }) => quarter >= keptFrom(before, callRetentionDays));
      const [from, last] = [kept[0]?.quarter, kept.at(-1)?.quarter];
      if (from !== undefined && last !== undefined) await countQuarters(companyId, from, last + QUARTER_MS);
      // A day that goes on is added up from its quarters when it is asked for.
      if (from !== undefined && day.until <= before) await countDay(companyId, day, timeZone);
      for (const { _id, changes } of due) await marks.deleteOne({ _id, changes });
    }
    return false;
  }

  return {
    countMarked,
    countDay,
    /** Deletes sums that no report can ask for any more. */
    async forget(companyId: string, now: number): Promise<void> {
      const old = { companyId, from: { $lt: now - KEPT_DAYS * DAY_MS } };
      await quarters.deleteMany(old);
      await days.deleteMany(old);
      // Who asks for the quarters of older days waits until they are put together again.
      await dayQuarters.deleteMany({ companyId, from: { $lt: now - KEPT_TOGETHER_DAYS * DAY_MS } });
    },
    /** Begins to count everything of a company anew that is kept. */
    async beginAnew(companyId: string, now: number): Promise<number | null> {
      const from = await seen.oldest(companyId);
      await progress.updateOne(
        { _id: companyId },
        { $set: { anewFrom: from }, $inc: { rev: 1 }, $setOnInsert: { times: now, callbacks: now, corrections: now } },
        { upsert: true },
      );
      return from;
    },
    /** Counts one day more of what is to be counted anew. True: all is done. */
    async countAnew(companyId: string, before: number): Promise<boolean> {
      const known = await progress.findOne({ _id: companyId });
      if (!known || known.anewFrom === null) return true;
      const { timeZone, callRetentionDays } = (await directories.of(companyId)).company;
      const kept = keptFrom(before, callRetentionDays);
      const day = dayOf(undefined, timeZone, Math.max(known.anewFrom, kept));
      if (!day) throw new Error("bug: a moment is of no day");
      const until = Math.min(day.until, before);
      // Of the first day that is kept a part may be deleted by now.
      const from = Math.max(day.from, quarterOf(kept) + QUARTER_MS);
      if (until > from) {
        await countQuarters(companyId, from, until);
        if (day.until <= before) await countDay(companyId, day, timeZone);
      }
      const done = day.until >= before;
      await progress.updateOne(
        { _id: companyId, anewFrom: known.anewFrom },
        { $set: { anewFrom: done ? null : day.until } },
      );
      return done;
    },
  };
}

export type RollUp = ReturnType<typeof createRollUp>;

/** What is older may be deleted by now, in part: its sums stay as they are. */
const keptFrom = (now: number, retentionDays: number): number => now - retentionDays * DAY_MS + HOUR_MS;

const isEmpty = ({ names, ...sums }: Sums): boolean =>
  Object.values(sums).every((section) => Object.keys(section).length === 0);
