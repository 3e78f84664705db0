import { type BinItem, isAllowed, isGranted, type Resource, type Restored } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type BinPort, demand, isDuplicate, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { type Bus, type Clock, type MakeId, type SettingsMessage, settingsChannel } from "../ports/index.ts";
import { type BinDocument, binCollection, KEPT_DAYS } from "./model.ts";

export { prepareBin } from "./model.ts";

/** What restoring one kind of thing takes besides putting it back. */
export interface RestoreRules {
  /** Throws where it would name something that is gone meanwhile, or where this one may not do it. */
  check?(scope: Scope, document: object): Promise<void>;
  /** The thing under another name or id, where its own was taken meanwhile; `tries` counts from 2. Absent: it has to wait until it is free. */
  renamed?(document: object, tries: number): object | Promise<object>;
  /** What of it a company has once, where that is not the name. */
  readonly unique?: string;
}

export interface BinGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly rules: () => Partial<Readonly<Record<Resource, RestoreRules>>>;
  readonly userNames: (companyId: string) => Promise<ReadonlyMap<string, string>>;
}

const DAY = 86_400_000;
const MOST_TRIES = 100;

/** The bin: what was deleted lies in it for 30 days, is put back as it was, or deleted for good. */
export function createBin({ connection, bus, clock, makeId, rules, userNames }: BinGiven) {
  const collection = binCollection(connection);
  const raw = (name: string) => connection.collection<{ _id: string }>(name);

  async function need(scope: Scope, binId: string): Promise<BinDocument> {
    const { companyId } = scope;
    const found = await collection.findOne({ _id: binId, companyId, expiresAt: { $gt: new Date(clock.now()) } });
    if (!found) {
      throw new UserError("notFound", { what: { fr: "cette chose dans la corbeille", en: "this thing in the bin" } });
    }
    demand(scope, "write", found.resource);
    return found;
  }

  /** Puts a document back, under another name where its own is taken. */
  async function putBack(thrown: BinDocument, { renamed, unique = "name" }: RestoreRules): Promise<object> {
    for (let tries = 1; ; tries++) {
      const document = tries === 1 ? thrown.document : ((await renamed?.(thrown.document, tries)) ?? thrown.document);
      try {
        await raw(thrown.collection).insertOne(document as { _id: string });
        return document;
      } catch (cause) {
        if (!isDuplicate(cause)) throw cause;
        if (!renamed || tries >= MOST_TRIES) {
          throw new UserError("alreadyExists", {
            field: unique,
            value: String(Reflect.get(thrown.document, unique) ?? thrown.name),
          });
        }
      }
    }
  }

  const port: BinPort = {
    async put({ companyId, actorId, key }, { collection: from, resource, targetId, name, document, beside = [] }) {
      const _id = makeId("bin");
      const deletedAt = clock.now();
      const deletedBy = key ? { key: key.name } : actorId === null ? null : { userId: actorId };
      const expiresAt = new Date(deletedAt + KEPT_DAYS * DAY);
      const thing = { collection: from, resource, targetId, name, document, beside: [...beside] };
      await collection.insertOne({ _id, companyId, ...thing, deletedAt, deletedBy, expiresAt });
      return async () => {
        await collection.deleteOne({ _id, companyId });
      };
    },
  };

  return {
    ...port,
    /** What this scope may put back, what was deleted last first. */
    async list(scope: Scope): Promise<BinItem[]> {
      demand(scope, "read", "flows");
      const { companyId } = scope;
      const filter = { companyId, expiresAt: { $gt: new Date(clock.now()) } };
      const found = await collection
        .find(filter, { projection: { document: 0, beside: 0 } })
        .sort({ deletedAt: -1 })
        .toArray();
      const names = await userNames(companyId);
      return found
        .filter(({ resource }) => mayWrite(scope, resource))
        .map(({ _id, resource, targetId, name, deletedAt, deletedBy, expiresAt }) => ({
          ...{ binId: _id, resource, targetId, name, deletedAt: new Date(deletedAt).toISOString() },
          deletedBy: deletedBy && ("key" in deletedBy ? deletedBy.key : (names.get(deletedBy.userId) ?? null)),
          expiresAt: expiresAt.toISOString(),
        }));
    },
    /** Puts it back, with what went with it. Whoever restores twice at once finds it there once. */
    async restore(scope: Scope, binId: string): Promise<Restored> {
      const thrown = await need(scope, binId);
      const { companyId } = scope;
      const rule = rules()[thrown.resource] ?? {};
      await rule.check?.(scope, thrown.document);
      const document = await putBack(thrown, rule);
      const targetId = String(Reflect.get(document, "flowId") ?? Reflect.get(document, "_id"));
      // What stands beside it is of the id that it had.
      for (const beside of targetId === thrown.targetId ? thrown.beside : []) {
        try {
          await raw(beside.collection).insertOne(beside.document as { _id: string });
        } catch (cause) {
          if (!isDuplicate(cause)) throw cause;
        }
      }
      await collection.deleteOne({ _id: binId, companyId });
      const { resource } = thrown;
      const name = String(Reflect.get(document, "name") ?? thrown.name);
      const message: SettingsMessage = { resource, id: targetId };
      bus.publish(settingsChannel(companyId), message);
      scope.changed?.({ resource, targetId, targetName: name, before: null, after: { name, restored: true } });
      return { resource, targetId, name };
    },
    /** For good. */
    async remove(scope: Scope, binId: string): Promise<void> {
      const { resource, targetId, name } = await need(scope, binId);
      await collection.deleteOne({ _id: binId, companyId: scope.companyId });
      scope.changed?.({ resource, targetId, targetName: name, before: { name, inBin: true }, after: null });
    },
  };
}

export type Bin = ReturnType<typeof createBin>;

function mayWrite({ role, key, queues }: Scope, resource: Resource): boolean {
  if (queues) return false;
  if (key) return isGranted(key.scopes, "write", resource);
  return role === "system" || isAllowed(role, "write", resource);
}

export const binHandlers = (bin: Bin): Pick<Handlers, Extract<keyof Handlers, `bin.${string}`>> => ({
  "bin.list": async ({ scope }) => ({ items: await bin.list(scope) }),
  "bin.restore": ({ scope, input }) => bin.restore(scope, input.params.binId),
  "bin.delete": async ({ scope, input }) => {
    await bin.remove(scope, input.params.binId);
    return undefined;
  },
});
