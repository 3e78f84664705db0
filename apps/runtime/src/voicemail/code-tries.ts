import type { Connection } from "mongoose";
import type { Clock } from "../ports/index.ts";
import { codeTriesCollection } from "./model.ts";

/** So many wrong codes of one caller for one box, and of all callers together, within this time: then it is not opened until that is over. */
const OF_ONE_CALLER = { most: 5, withinMs: 15 * 60_000 };
/** More, so that a stranger who guesses locks out nobody else before long; few enough that four figures are not found in a year. */
const OF_ALL = { most: 25, withinMs: 60 * 60_000 };

/** Counts wrong codes, in the store: every process counts with the others. A caller who hides their number is one with all who do. */
export function createCodeTries({ connection, clock }: { readonly connection: Connection; readonly clock: Clock }) {
  const collection = codeTriesCollection(connection);
  const keysOf = (box: string, caller: string | null) => [
    { _id: `${box}/${caller ?? "hidden"}`, limit: OF_ONE_CALLER },
    { _id: box, limit: OF_ALL },
  ];
  return {
    async locked(companyId: string, box: string, caller: string | null): Promise<boolean> {
      for (const { _id, limit } of keysOf(box, caller)) {
        const found = await collection.findOne({ _id, companyId });
        if (found && found.until > clock.now() && found.count >= limit.most) return true;
      }
      return false;
    },
    async wrong(companyId: string, box: string, caller: string | null): Promise<void> {
      for (const { _id, limit } of keysOf(box, caller)) {
        await collection.deleteOne({ _id, companyId, until: { $lte: clock.now() } });
        const first = { companyId, until: clock.now() + limit.withinMs };
        await collection.updateOne({ _id, companyId }, { $inc: { count: 1 }, $setOnInsert: first }, { upsert: true });
      }
    },
    /** The right code forgets what this caller got wrong. */
    async right(companyId: string, box: string, caller: string | null): Promise<void> {
      await collection.deleteOne({ _id: `${box}/${caller ?? "hidden"}`, companyId });
    },
    /** Forgets what counts no more. */
    async sweep(): Promise<void> {
      await collection.deleteMany({ until: { $lte: clock.now() } });
    },
  };
}

export type CodeTries = ReturnType<typeof createCodeTries>;
