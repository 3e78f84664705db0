import type { AnyBulkWriteOperation } from "mongodb";
import type { CallRecord } from "../call-records/index.ts";
import type { MarkDocument, ReportCollections } from "./model.ts";
import { quartersOf } from "./quarters.ts";

/** Says that these quarters of a company have to be counted again. Durable when it resolves. */
export async function markQuarters(
  { marks }: Pick<ReportCollections, "marks">,
  companyId: string,
  quarters: Iterable<number>,
): Promise<void> {
  const writes = [...new Set(quarters)].map(
    (quarter): AnyBulkWriteOperation<MarkDocument> => ({
      updateOne: {
        filter: { _id: `${companyId}/${quarter}` },
        update: { $set: { companyId, quarter }, $inc: { changes: 1 } },
        upsert: true,
      },
    }),
  );
  if (writes.length > 0) await marks.bulkWrite(writes, { ordered: false });
}

/** The quarters in which a call has a part, from its beginning to its end. */
export const quartersOfRecord = ({ startedAt, endedAt }: Pick<CallRecord, "startedAt" | "endedAt">): number[] =>
  quartersOf(startedAt, (endedAt ?? startedAt) + 1);
