import type { FlowOrigin, KeptOrigin } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import { originCollection } from "./model.ts";

export interface FlowOriginsGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly flowExists: (scope: Scope, flowId: string) => Promise<boolean>;
}

/** Where flows came from: the ground on which what comes later is merged with what was drawn here since. */
export function createFlowOrigins({ connection, clock, flowExists }: FlowOriginsGiven) {
  const collection = originCollection(connection);
  const keyOf = ({ companyId }: Scope, flowId: string) => ({ _id: `${companyId}/${flowId}`, companyId });

  async function needFlow(scope: Scope, flowId: string): Promise<void> {
    if (!(await flowExists(scope, flowId))) throw new UserError("notFound", { what: "flow" });
  }

  async function of(scope: Scope, flowId: string): Promise<KeptOrigin> {
    const found = await collection.findOne(keyOf(scope, flowId));
    if (!found) return { rev: null, takenAt: null, origin: null };
    return { rev: found.rev, takenAt: new Date(found.takenAt).toISOString(), origin: JSON.parse(found.text) };
  }

  return {
    async get(scope: Scope, flowId: string): Promise<KeptOrigin> {
      demand(scope, "read", "flows");
      await needFlow(scope, flowId);
      return of(scope, flowId);
    },
    /** Whoever took something over from elsewhere meanwhile is not written over: `changedMeanwhile`. */
    async save(scope: Scope, flowId: string, rev: number | null, origin: FlowOrigin): Promise<KeptOrigin> {
      demand(scope, "write", "flows");
      await needFlow(scope, flowId);
      const key = keyOf(scope, flowId);
      const next = { rev: (rev ?? 0) + 1, text: JSON.stringify(origin), takenAt: clock.now() };
      try {
        if (rev === null) await collection.insertOne({ ...key, flowId, ...next });
        else {
          const { matchedCount } = await collection.updateOne({ ...key, rev }, { $set: next });
          if (matchedCount === 0) throw new UserError("changedMeanwhile");
        }
      } catch (cause) {
        throw isDuplicate(cause) ? new UserError("changedMeanwhile") : cause;
      }
      const { kind, from, templateId } = origin;
      scope.changed?.({
        ...{ resource: "flows", targetId: flowId, targetName: flowId },
        ...{ before: null, after: { origin: { kind, from, templateId } } },
      });
      return of(scope, flowId);
    },
    /** As it is stored, for the bin. */
    async kept(scope: Scope, flowId: string): Promise<readonly { collection: string; document: object }[]> {
      const document = await collection.findOne(keyOf(scope, flowId));
      return document ? [{ collection: collection.collectionName, document }] : [];
    },
    async forget(scope: Scope, flowId: string): Promise<void> {
      await collection.deleteOne(keyOf(scope, flowId));
    },
  };
}

export type FlowOrigins = ReturnType<typeof createFlowOrigins>;
