import type { Callback, CallbackTimes as WireTimes } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, demandQueue, type Scope } from "../access/index.ts";
import { callCentreCollections, numberToRing } from "../call-centre/index.ts";
import type { Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallbackAnswer, CallbackCommand, CallCentreCommands, Clock } from "../ports/index.ts";
import { type CallbackTimes, type FreeTimes, timeTaken } from "./times.ts";
import { type CallbackDocument, toCallback } from "./wire.ts";

export interface CallbacksGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly commands: CallCentreCommands;
  readonly directories: Directories;
  readonly times: Pick<CallbackTimes, "forStaff">;
  /** Those of these schedules that are closed just now. */
  readonly closedSchedules: (companyId: string, scheduleIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** What is decided on a promise that stands. */
type ChangeOfOne = Exclude<CallbackCommand, { readonly kind: "promise" }>;
type Refused = Extract<CallbackAnswer, { readonly ok: false }>;

/** What is to change; absent: as it is. */
export interface CallbackWish {
  readonly number?: string;
  readonly slotAt?: string | null;
}

export interface CallbacksAsked {
  readonly queueId?: string;
  /** True: to be made; false: over. */
  readonly open?: boolean;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string;
}

/**
 * Promised callbacks as one scope may see and change them: an operator those of the queues that name them, supervisors those of
 * their queues, or all, and administrators all. They live in the call centre's line, which alone writes them; here they are read, and decisions about them passed on.
 */
export function createCallbacks({ connection, clock, commands, directories, times, closedSchedules }: CallbacksGiven) {
  const { waitingCalls, offers } = callCentreCollections(connection);

  /** What a filter must hold so that nobody sees what is not theirs. */
  async function reach({ companyId, role, actorId, queues: supervised }: Scope): Promise<object> {
    const mine = { companyId, isCallback: true };
    if (supervised) return { ...mine, queueIds: { $in: [...supervised] } };
    if (role !== "operator") return mine;
    const { queues } = await directories.of(companyId);
    const theirs = [...queues.values()].filter(({ operatorIds }) => actorId !== null && operatorIds.includes(actorId));
    return { ...mine, queueIds: { $in: theirs.map(({ queueId }) => queueId) } };
  }

  async function find(scope: Scope, callbackId: string): Promise<CallbackDocument> {
    const [found] = await waitingCalls
      .find({ $and: [await reach(scope), { _id: `${callbackId}.1` }] })
      .limit(1)
      .toArray();
    if (!found || !isCallback(found)) throw new UserError("notFound", { what: "callback" });
    return found;
  }

  async function toCallbacks(companyId: string, documents: readonly CallbackDocument[]): Promise<Callback[]> {
    const offerIds = documents.flatMap(({ offerIds }) => offerIds);
    const waiting = documents.filter(({ state }) => state === "waiting");
    const numbers = [...new Set(waiting.flatMap(({ number }) => number ?? []))];
    const directory = await directories.of(companyId);
    const hoursOf = ({ callback, queueIds }: CallbackDocument) =>
      callback.scheduleId ?? directory.queues.get(queueIds[0] ?? "")?.callbacks.scheduleId ?? null;
    const [made, callers, closed] = await Promise.all([
      offerIds.length === 0 ? [] : offers.find({ companyId, _id: { $in: offerIds } }).toArray(),
      numbers.length === 0
        ? []
        : waitingCalls.find({ companyId, live: true, isCallback: false, number: { $in: numbers } }).toArray(),
      closedSchedules(companyId, [...new Set(waiting.flatMap((one) => hoursOf(one) ?? []))]),
    ]);
    const operators = new Map(made.map(({ _id, operatorId }) => [_id, operatorId]));
    return documents.map((document) =>
      toCallback(document, {
        directory,
        operatorId: operators.get(document.offerIds[0] ?? "") ?? null,
        closed: closed.has(hoursOf(document) ?? ""),
        onTheLine: callers.some(
          (one) => one.number === document.number && one.queueIds.some((id) => document.queueIds.includes(id)),
        ),
        now: clock.now(),
      }),
    );
  }

  async function toOne(companyId: string, document: CallbackDocument): Promise<Callback> {
    const [callback] = await toCallbacks(companyId, [document]);
    if (!callback) throw new UserError("notFound", { what: "callback" });
    return callback;
  }

  async function timesOf(scope: Scope, callbackId: string) {
    const { callback, queueIds } = await find(scope, callbackId);
    const asked = { companyId: scope.companyId, queueId: queueIds[0] ?? "", scheduleId: callback.scheduleId };
    return times.forStaff(asked, clock.now());
  }

  /** Those of a queue, for a promise that is still to be made. */
  async function timesOfQueue(scope: Scope, queueId: string) {
    demandQueue(scope, queueId);
    const { companyId } = scope;
    const { queues } = await directories.of(companyId);
    if (!queues.has(queueId)) throw new UserError("notFound", { what: "queue" });
    return times.forStaff({ companyId, queueId, scheduleId: null }, clock.now());
  }

  /** Only what is offered may be chosen; the time that it has already may be said again. */
  async function assertFree(scope: Scope, callbackId: string, at: number): Promise<void> {
    const { callback } = await find(scope, callbackId);
    if (callback.slotAt === at) return;
    const found = await timesOf(scope, callbackId);
    if (!found.times.some((one) => one.at === at)) throw timeTaken(at);
  }

  /** Passes a decision on, tells the audit log, and shows what it led to. */
  async function decide(scope: Scope, command: ChangeOfOne): Promise<Callback> {
    demand(scope, "write", "callbacks");
    const { companyId } = scope;
    const document = await find(scope, command.callbackId);
    const answer = await commands.callback(companyId, command);
    if (!answer.ok) throw refusal(answer.reason, command);
    const after = await find(scope, command.callbackId);
    const [before, now] = [told(document), told(after)];
    const targetName = after.number;
    scope.changed?.({ resource: "callbacks", targetId: command.callbackId, targetName, before, after: now });
    return toOne(companyId, after);
  }

  return {
    async list(scope: Scope, { queueId, open, limit, before }: CallbacksAsked) {
      demand(scope, "read", "callbacks");
      const after = before === undefined ? null : readCursor(before);
      const found = await waitingCalls
        .find({
          $and: [
            await reach(scope),
            ...(queueId === undefined ? [] : [{ queueIds: queueId }]),
            ...(open === undefined ? [] : [{ live: open }]),
            ...(after
              ? [{ $or: [{ joinedAt: { $lt: after.at } }, { joinedAt: after.at, _id: { $lt: after.id } }] }]
              : []),
          ],
        })
        .sort({ joinedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last ? `${last.joinedAt}.${last._id}` : null;
      return { items: await toCallbacks(scope.companyId, page.filter(isCallback)), next };
    },
    async get(scope: Scope, callbackId: string): Promise<Callback> {
      demand(scope, "read", "callbacks");
      return toOne(scope.companyId, await find(scope, callbackId));
    },
    /** The number first: where that is refused, the time stays too. */
    async change(scope: Scope, callbackId: string, { number: written, slotAt }: CallbackWish): Promise<Callback> {
      demand(scope, "write", "callbacks");
      const at = typeof slotAt === "string" ? Date.parse(slotAt) : slotAt;
      if (typeof at === "number") await assertFree(scope, callbackId, at);
      if (written !== undefined) {
        const { company } = await directories.of(scope.companyId);
        const number = numberToRing({ written, country: company.country, own: "anywhere" });
        if (number === null) throw new UserError("numberNotRung", { number: written });
        const changed = await decide(scope, { kind: "changeNumber", callbackId, number });
        if (at === undefined) return changed;
      }
      return decide(scope, { kind: "move", callbackId, slotAt: at ?? null });
    },
    async times(scope: Scope, callbackId: string): Promise<WireTimes> {
      demand(scope, "read", "callbacks");
      return toWire(await timesOf(scope, callbackId));
    },
    async queueTimes(scope: Scope, queueId: string): Promise<WireTimes> {
      demand(scope, "read", "callbacks");
      return toWire(await timesOfQueue(scope, queueId));
    },
    /** The promise that a number has in a queue; null: none that is open. */
    async standing(scope: Scope, queueId: string, number: string): Promise<Callback | null> {
      demand(scope, "read", "callbacks");
      const [found] = await waitingCalls
        .find({ $and: [await reach(scope), { live: true, number, queueIds: queueId }] })
        .limit(1)
        .toArray();
      return found && isCallback(found) ? toOne(scope.companyId, found) : null;
    },
    callNow: (scope: Scope, callbackId: string) => decide(scope, { kind: "callNow", callbackId }),
    cancel: (scope: Scope, callbackId: string) => decide(scope, { kind: "cancel", callbackId }),
    /** Throws `notFound` for a callback that this scope may not see. */
    async demand(scope: Scope, callbackId: string): Promise<void> {
      demand(scope, "write", "callbacks");
      await find(scope, callbackId);
    },
    /** How many are to be made in each queue that has some. For the runtime's own work: who may see which is the asker's to judge. */
    async openByQueue(companyId: string): Promise<ReadonlyMap<string, number>> {
      const open = await waitingCalls
        .find({ companyId, isCallback: true, live: true }, { projection: { queueIds: 1 } })
        .toArray();
      const counts = new Map<string, number>();
      for (const id of open.flatMap(({ queueIds }) => queueIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
      return counts;
    },
    /** How many are to be made in this queue: it may not be deleted meanwhile. */
    openIn: async ({ companyId }: Scope, queueId: string): Promise<number> =>
      waitingCalls.countDocuments({ companyId, isCallback: true, live: true, queueIds: queueId }),
  };
}

export type Callbacks = ReturnType<typeof createCallbacks>;

function toWire({ timeZone, times }: FreeTimes): WireTimes {
  return { timeZone, times: times.map(({ at, free }) => ({ at: new Date(at).toISOString(), free })) };
}

function isCallback(document: { readonly callback?: unknown }): document is CallbackDocument {
  return typeof document.callback === "object" && document.callback !== null;
}

/** What the audit log keeps of it. */
function told({ number, callback, state, leftReason }: CallbackDocument): object {
  return { number, state, slotAt: callback.slotAt ?? null, urgent: callback.urgent, leftReason };
}

function refusal(reason: Refused["reason"], command: ChangeOfOne): UserError {
  switch (reason) {
    // Only what is to be promised can be too much.
    case "full":
    case "gone":
      return new UserError("callbackOver");
    case "underWay":
      return new UserError("callbackUnderWay");
    case "slotTaken":
      return timeTaken(command.kind === "move" ? command.slotAt : null);
    case "promised":
      return new UserError("callbackPromised", { number: command.kind === "changeNumber" ? command.number : "" });
  }
}

function readCursor(cursor: string): { readonly at: number; readonly id: string } {
  const [, at, id] = /^(\d{1,15})\.(callback_[0-9a-f]{32}\.1)$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) {
    const problem = { fr: "n’est pas le `next` d’une page", en: "is not the `next` of a page" };
    throw new UserError("requestInvalid", { where: "/query/before", problem });
  }
  return { at: Number(at), id };
}
