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
  standardConnect,
  standardPassingOn,
  standardPlaceNews,
  standardRecording,
  standardRules,
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
  /** The codes of the company's skills. */
  readonly skillsOf: (scope: Scope) => Promise<ReadonlySet<string>>;
}

/** Queues: a call centre's lines of waiting callers. Who waits and who is asked is the call centre's; here are the settings. */
export function createQueues(given: QueuesGiven) {
  const collection = queueCollection(given.connection, given.bus);

  async function assertReferences(scope: Scope, fields: QueueFields, queueId: string | null): Promise<void> {
    const { operatorIds, scriptId, callbacks, overflow, skills = [] } = fields;
    const own = systemScope(scope.companyId);
    const others = overflow?.queueIds ?? [];
    if (others.length > 0) {
      const known = new Set((await collection(own).list()).map(({ _id }) => _id));
      if (others.some((id) => !known.has(id) || id === queueId)) throw new UserError("notFound", { what: "queue" });
    }
    if (skills.length > 0) {
      const [known, before] = await Promise.all([given.skillsOf(own), queueId && collection(own).peek(queueId)]);
      // One that the company has no more may stay: it is not asked for (`queueForDecisions`), and hinders no other change.
      const had = (skillId: string) => (before || null)?.skills?.some((one) => one.skillId === skillId) === true;
      if (skills.some(({ skillId }) => !known.has(skillId) && !had(skillId))) {
        throw new UserError("notFound", { what: "skill" });
      }
    }
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
      await assertReferences(scope, fields, null);
      return toQueue(await collection(scope).insert(given.makeId("queue"), whole(fields)));
    },
    async change(scope: Scope, id: string, rev: number, fields: QueueFields): Promise<Queue> {
      await assertReferences(scope, fields, id);
      const before = await collection(systemScope(scope.companyId)).peek(id);
      const kept = { ...before?.callbacks, ...fields.callbacks };
      return toQueue(await collection(scope).change(id, rev, whole({ ...fields, callbacks: kept })));
    },
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "queues");
      const overflowing = (await collection(systemScope(scope.companyId)).list()).filter(
        ({ _id, overflow }) => _id !== id && overflow?.queueIds.includes(id),
      );
      assertUnused([...(await given.placesOfUse(scope, id)), ...overflowing.map(toPlace)]);
      await collection(scope).remove(id);
    },
    /** What its callers are told of their place; null: there is no such queue. */
    placeNews: async (companyId: string, id: string) => {
      const found = await collection(systemScope(companyId)).peek(id);
      return found && (found.placeNews ?? standardPlaceNews);
    },
    /** What is promised to its callers who leave their number; null: there is no such queue. */
    callbackRules: async (companyId: string, id: string) => {
      const found = await collection(systemScope(companyId)).peek(id);
      return found && { ...standardCallbacks, ...found.callbacks };
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

/** What is said twice, for clients that know only the older word, says the same. */
function whole(fields: QueueFields): QueueFields {
  const { afterMissed } = fields;
  return afterMissed === undefined
    ? { ...fields, afterMissed: fields.missedMeansPause ? "pause" : "stay" }
    : { ...fields, missedMeansPause: afterMissed === "pause" };
}

function toQueue({
  _id,
  companyId,
  callbacks = standardCallbacks,
  recording = standardRecording,
  afterCall = standardAfterCall,
  passingOn = standardPassingOn,
  connect = standardConnect,
  placeNews = standardPlaceNews,
  ...fields
}: QueueDocument): Queue {
  const afterMissed = fields.afterMissed ?? (fields.missedMeansPause ? "pause" : "stay");
  return {
    ...standardRules,
    ...fields,
    afterMissed,
    callbacks: { ...standardCallbacks, ...callbacks },
    recording,
    afterCall,
    passingOn,
    connect,
    placeNews,
    queueId: _id,
  };
}
