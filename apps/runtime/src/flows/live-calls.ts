import type { Connection } from "mongoose";
import { callCollections } from "../calls/model.ts";

/** How many calls are on each flow version just now, by version id. */
export async function liveCallsByVersion(
  connection: Connection,
  companyId: string,
): Promise<ReadonlyMap<string, number>> {
  const { calls } = callCollections(connection);
  const counted = await calls
    .aggregate<{ readonly _id: string | null; readonly calls: number }>([
      { $match: { companyId, unrecorded: true, status: "live" } },
      { $group: { _id: "$flowVersionId", calls: { $sum: 1 } } },
    ])
    .toArray();
  return new Map(counted.flatMap(({ _id, calls: count }) => (_id === null ? [] : [[_id, count] as const])));
}
