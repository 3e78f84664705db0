import type { Queue, QueueFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, MakeId } from "../ports/index.ts";
import {
  type QueueDocument,
  queueCollection,
  standardAfterCall,
  standardCallbacks,
  standardPassingOn,
} from "./model.ts";

export interface QueuesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  /** Flows and lines that send callers to a queue. */
  readonly placesOfUse: (scope: Scope, queueId: string) => Promise<readonly PlaceOfUse[]>;
  readonly operatorsExist: (scope: Scope, operatorIds: readonly string[]) => Promise<boolean>;
  readonly scriptExists: (scope: Scope, scriptId: string) => Promise<boolean>;
  readonly scheduleExists: (scope: Scope, scheduleId: string) => Promise<boolean>;
}

/** Queues: a call centre's lines of waiting callers. Who waits and who is asked is the call centre's; here are the settings. */
export function createQueues(given: QueuesGiven) {
  const collection = queueCollection(given.connection, given.bus);

  async function assertReferences(scope: Scope, { operatorIds, scriptId, callbacks }: QueueFields): Promise<void> {
    const own = systemScope(scope.companyId);
    if (!(await given.operatorsExist(own, operatorIds))) throw new UserError("notFound", { what: "operator" });
    if (scriptId !== null && !(await given.scriptExists(own, scriptId))) {
      throw new UserError("notFound", { what: "script" });
    }
    const { scheduleId } = callbacks;
    if (scheduleId !== null && !(await given.scheduleExists(own, scheduleId))) {
      throw new UserError("notFound", { what: "schedule" });
    }
  }

  return {
    list: async (scope: Scope): Promise<Queue[]> => (await collection(scope).list()).map(toQueue),
    get: async (scope: Scope, id: string): Promise<Queue> => toQueue(await collection(scope).get(id)),
    async create(scope: Scope, fields: QueueFields): Promise<Queue> {
      await assertReferences(scope, fields);
      return toQueue(await collection(scope).insert(given.makeId("queue"), fields));
    },
    async change(scope: Scope, id: string, rev: number, fields: QueueFields): Promise<Queue> {
      await assertReferences(scope, fields);
      return toQueue(await collection(scope).change(id, rev, fields));
    },
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "queues");
      assertUnused(await given.placesOfUse(scope, id));
      await collection(scope).remove(id);
    },
    exists: async (scope: Scope, id: string): Promise<boolean> => (await collection(scope).peek(id)) !== null,
    /** The queues that pop this script. */
    usingScript: async (scope: Scope, scriptId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list({ scriptId })).map(toPlace),
    /** The queues whose callbacks are made while this schedule is open. */
    callingBackBy: async (scope: Scope, scheduleId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list())
        .filter(({ callbacks }) => callbacks?.scheduleId === scheduleId)
        .map(toPlace),
    /** The queues that this operator may serve. */
    servedBy: async (scope: Scope, operatorId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list())
        .filter(({ operatorIds }) => operatorIds.includes(operatorId))
        .map(toPlace),
  };
}

export type Queues = ReturnType<typeof createQueues>;

function toPlace({ _id, name }: QueueDocument): PlaceOfUse {
  return { kind: "queue", id: _id, name };
}

function toQueue({ _id, companyId, ...fields }: QueueDocument): Queue {
  const { callbacks = standardCallbacks, afterCall = standardAfterCall, passingOn = standardPassingOn } = fields;
  return { ...fields, callbacks, afterCall, passingOn, queueId: _id };
}
