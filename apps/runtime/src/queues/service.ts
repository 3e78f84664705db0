import type { ByHand } from "@cordboard/acd";
import type { Queue, QueueFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, type BinPort, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, MakeId } from "../ports/index.ts";
import {
  type QueueDocument,
  queueCollection,
  standardAfterCall,
  standardCallbacks,
  standardConnect,
  standardMusic,
  standardOpening,
  standardPassingOn,
  standardPlaceNews,
  standardRecording,
  standardRules,
} from "./model.ts";

export interface QueuesGiven {
  /** What is deleted lies there for a while; absent: nowhere. */
  readonly bin?: BinPort;
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  /** Flows and lines that send callers to a queue. */
  readonly placesOfUse: (scope: Scope, queueId: string) => Promise<readonly PlaceOfUse[]>;
  readonly operatorsExist: (scope: Scope, operatorIds: readonly string[]) => Promise<boolean>;
  readonly scriptExists: (scope: Scope, scriptId: string) => Promise<boolean>;
  readonly scheduleExists: (scope: Scope, scheduleId: string) => Promise<boolean>;
  readonly promptsExist: (scope: Scope, promptIds: readonly string[]) => Promise<boolean>;
  readonly boxExists: (scope: Scope, boxId: string) => Promise<boolean>;
  /** The codes of the company's skills. */
  readonly skillsOf: (scope: Scope) => Promise<ReadonlySet<string>>;
}

/** Queues: a call centre's lines of waiting callers. Who waits and who is asked is the call centre's; here are the settings. */
export function createQueues(given: QueuesGiven) {
  const collection = queueCollection(given.connection, given.bus, given.bin);

  async function assertReferences(scope: Scope, fields: QueueFields, queueId: string | null): Promise<void> {
    const { operatorIds, scriptId, callbacks, overflow, skills = [], music, opening } = fields;
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
    for (const scheduleId of [callbacks.scheduleId, opening?.scheduleId ?? null]) {
      if (scheduleId !== null && !(await given.scheduleExists(own, scheduleId))) {
        throw new UserError("notFound", { what: "schedule" });
      }
    }
    const prompts = promptsOf({ ...(music && { music }), ...(opening && { opening }) });
    if (prompts.length > 0 && !(await given.promptsExist(own, prompts)))
      throw new UserError("notFound", { what: "prompt" });
    const boxId = opening?.boxId ?? null;
    if (boxId !== null && !(await given.boxExists(own, boxId)))
      throw new UserError("notFound", { what: "voicemailBox" });
  }

  /** Changes who may serve the queue, as it is at that moment. */
  async function setServing(
    scope: Scope,
    queueId: string,
    change: (operatorIds: readonly string[]) => readonly string[],
  ): Promise<void> {
    for (;;) {
      const { rev, operatorIds } = await collection(scope).get(queueId);
      const next = [...change(operatorIds)];
      if (next.join() === operatorIds.join()) return;
      try {
        await collection(scope).change(queueId, rev, { operatorIds: next });
        return;
      } catch (cause) {
        // Somebody changed the queue in between: theirs stays, and this is done to it.
        if (!(cause instanceof UserError) || cause.code !== "changedMeanwhile") throw cause;
      }
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
    /** Throws where a queue that comes back from the bin would name what is gone. */
    checkRestored: (scope: Scope, document: object): Promise<void> =>
      assertReferences(scope, toQueue(document as QueueDocument), null),
    /** What its callers are told of their place; null: there is no such queue. */
    placeNews: async (companyId: string, id: string) => {
      const found = await collection(systemScope(companyId)).peek(id);
      return found && (found.placeNews ?? standardPlaceNews);
    },
    /** The queues, each with what a supervisor said of it by hand. */
    listWithByHand: async (companyId: string) =>
      (await collection(systemScope(companyId)).list()).map((found) => ({
        queue: toQueue(found),
        byHand: found.byHand ?? null,
      })),
    /** Keeps what a supervisor says of a queue by hand. Who may, and who is told, is the live board's. */
    openByHand: async (companyId: string, id: string, byHand: ByHand | null): Promise<void> => {
      await collection(systemScope(companyId)).set(id, { byHand });
    },
    /** What callers hear who wait in it; null: there is no such queue. */
    music: async (companyId: string, id: string) => {
      const found = await collection(systemScope(companyId)).peek(id);
      return found && { music: found.music ?? standardMusic, rev: found.rev };
    },
    /** When it takes callers, and what the others hear; null: there is no such queue. */
    opening: async (companyId: string, id: string) => {
      const found = await collection(systemScope(companyId)).peek(id);
      return found && (found.opening ?? standardOpening);
    },
    /** What is promised to its callers who leave their number; null: there is no such queue. */
    callbackRules: async (companyId: string, id: string) => {
      const found = await collection(systemScope(companyId)).peek(id);
      return found && { ...standardCallbacks, ...found.callbacks };
    },
    setServing,
    /** Lets an operator serve the queue as well. */
    addOperator: (scope: Scope, queueId: string, operatorId: string): Promise<void> =>
      setServing(scope, queueId, (ids) => (ids.includes(operatorId) ? ids : [...ids, operatorId])),
    exists: async (scope: Scope, id: string): Promise<boolean> => (await collection(scope).peek(id)) !== null,
    /** The queues that pop this script. */
    usingScript: async (scope: Scope, scriptId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list({ scriptId })).map(toPlace),
    /** The queues that take callers, or whose callbacks are made, while this schedule is open. */
    openBy: async (scope: Scope, scheduleId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list())
        .filter(({ callbacks, opening }) => [callbacks?.scheduleId, opening?.scheduleId].includes(scheduleId))
        .map(toPlace),
    /** The queues whose callers hear this prompt. */
    saying: async (scope: Scope, promptId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list())
        .filter((queue) => promptsOf(queue).includes(promptId))
        .map(toPlace),
    /** Which queues say which prompts. */
    sayingPrompts: async (scope: Scope) =>
      (await collection(systemScope(scope.companyId)).list()).map((queue) => ({
        ...toPlace(queue),
        promptIds: new Set(promptsOf(queue)),
      })),
    /** The queues whose callers may leave a message in this box while they are closed. */
    leavingMessagesIn: async (scope: Scope, boxId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list())
        .filter(({ opening }) => opening?.boxId === boxId)
        .map(toPlace),
    /** The queues that this operator may serve. */
    servedBy: async (scope: Scope, operatorId: string): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list())
        .filter(({ operatorIds }) => operatorIds.includes(operatorId))
        .map(toPlace),
  };
}

export type Queues = ReturnType<typeof createQueues>;

function promptsOf({ music, opening }: Pick<QueueDocument, "music" | "opening">): readonly string[] {
  const { holdMusic = [], adverts = [] } = music ?? {};
  return [...holdMusic, ...adverts, ...(opening?.promptId ? [opening.promptId] : [])];
}

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
  music = standardMusic,
  opening = standardOpening,
  byHand: _,
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
    music,
    opening,
    queueId: _id,
  };
}
