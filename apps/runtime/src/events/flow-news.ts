import type { Connection } from "mongoose";
import { flowCollections } from "../flows/index.ts";
import type { EventLog } from "./event-log.ts";
import { newEvent } from "./new-event.ts";

/**
 * Tells which version of each flow serves new calls, where that was not told yet. It goes by what the flows are now, so a publication is told
 * whoever died after it was written; of several within a moment the last one is.
 */
export function createFlowNews({ connection, log }: { readonly connection: Connection; readonly log: EventLog }) {
  const { flows, versions } = flowCollections(connection);
  const told = new Map<string, number>();
  return async (companyId: string): Promise<void> => {
    const found = await flows
      .find(
        { companyId, served: { $gt: 0 } },
        { projection: { flowId: 1, name: 1, publishedId: 1, served: 1, servedAt: 1 } },
      )
      .toArray();
    for (const { _id, flowId, name, publishedId, served = 0, servedAt: at = 0 } of found) {
      if (publishedId === null || told.get(_id) === served) continue;
      const version = await versions.findOne({ _id: publishedId, companyId }, { projection: { number: 1, note: 1 } });
      if (!version) continue;
      const data = { flowId, name, versionId: publishedId, number: version.number, note: version.note };
      await log.append([newEvent("flow.published", { companyId, at, subject: flowId, key: `${_id}/${served}`, data })]);
      told.set(_id, served);
    }
  };
}
