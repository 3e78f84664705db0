import type { Connection } from "mongoose";
import { callCollections } from "../calls/model.ts";
import { runningVersion } from "../calls/passings.ts";

/** How many calls are on each flow version just now, by version id: one that was passed on is on the version that it is in. */
export async function liveCallsByVersion(
  connection: Connection,
  companyId: string,
): Promise<ReadonlyMap<string, number>> {
  const { calls } = callCollections(connection);
  const live = await calls
    .find({ companyId, unrecorded: true, status: "live" }, { projection: { flowVersionId: 1, running: 1 } })
    .toArray();
  const counted = new Map<string, number>();
  for (const call of live) {
    const version = runningVersion(call);
    if (version !== null) counted.set(version, (counted.get(version) ?? 0) + 1);
  }
  return counted;
}
