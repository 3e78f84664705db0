import type { AuditEntry, InputOf, OutputOf, Routes } from "@cordboard/api";
import type { Connection, mongo } from "mongoose";
import { type Change, demand, type Scope } from "../access/index.ts";
import { numberText } from "../companies/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import { type AuditDocument, auditCollection } from "./model.ts";
import { idsIn, namesOf } from "./names-of.ts";
import { numbersIn } from "./numbers-in.ts";
import { toldValues } from "./told-values.ts";

export interface AuditGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  /** What a user is called just now. */
  readonly userName: (companyId: string, userId: string) => Promise<string | null>;
  /** Where the company is. */
  readonly countryOf: (companyId: string) => Promise<string>;
}

/** A request that changed something. */
export interface AuditedRequest {
  readonly scope: Scope;
  readonly routeId: string;
  readonly address: string | null;
  readonly changes: readonly Change[];
  /** Where it was no request of somebody who is signed in. */
  readonly by?: AuditEntry["by"];
}

/** What came of something that a user had asked for. */
interface OwnEntry {
  readonly companyId: string;
  readonly userId: string;
  readonly at: number;
  readonly action: string;
  readonly resource: AuditEntry["resource"];
  readonly targetId: string;
  readonly targetName: string | null;
  /** Absent: there was nothing before. */
  readonly before?: object;
  readonly after: object;
}

type Asked = InputOf<Routes["audit.list"]>["query"];

const usualPage = 50;

/** The audit log: what was changed, by whom, when. It is written by `auditedHandlers` and read by administrators; nothing changes it. */
export function createAudit({ connection, clock, makeId, userName, countryOf }: AuditGiven) {
  const collection = auditCollection(connection);

  async function author({ companyId, actorId, key }: Scope): Promise<AuditEntry["by"]> {
    if (key) return { kind: "apiKey", userId: null, name: key.name, apiKeyId: key.apiKeyId };
    if (actorId === null) return { kind: "commandLine", userId: null, name: null };
    return { kind: "user", userId: actorId, name: await userName(companyId, actorId) };
  }

  return {
    async write({ scope, routeId, address, changes, by: told }: AuditedRequest): Promise<void> {
      if (changes.length === 0) return;
      const { companyId } = scope;
      const by = told ?? (await author(scope));
      const at = clock.now();
      await collection.insertMany(
        changes.map(({ resource, targetId, targetName, before, after }) => {
          const told = toldValues(before, after);
          const entry = { _id: makeId("audit"), companyId, at, by, address, action: routeId, resource };
          return {
            ...entry,
            ...{ targetId, targetName: targetName?.slice(0, 200) ?? null },
            ...{ before: told.before && JSON.stringify(told.before), after: told.after && JSON.stringify(told.after) },
          };
        }),
      );
    },
    /** What nobody's request did, but what came of one. `auditId` names it: written again, it is there once. */
    async writeOnce(auditId: string, entry: OwnEntry): Promise<void> {
      const { companyId, userId, before, after, at, ...rest } = entry;
      const by: AuditEntry["by"] = { kind: "user", userId, name: await userName(companyId, userId) };
      const told = { ...rest, companyId, at, by, address: null, after: JSON.stringify(after) };
      await collection.updateOne(
        { _id: auditId },
        { $setOnInsert: { ...told, before: before ? JSON.stringify(before) : null } },
        { upsert: true },
      );
    },
    /** Newest first; `next` is where the following page begins. */
    async list(scope: Scope, asked: Asked): Promise<OutputOf<Routes["audit.list"]>> {
      demand(scope, "read", "audit");
      const limit = asked.limit ?? usualPage;
      const found = await collection
        .find(filterOf(scope.companyId, asked))
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const country = await countryOf(scope.companyId);
      const told = page.map((document) => ({ ...document, ...valuesOf(document) }));
      const ids = idsIn(told.map(({ before, after, targetName }) => [before, after, targetName]));
      const names = await namesOf(connection, scope.companyId, ids);
      const items = told.map((entry) => toEntry(entry, country, names));
      return { items, next: found.length > limit && last ? `${last.at}-${last._id}` : null };
    },
  };
}

export type Audit = ReturnType<typeof createAudit>;

function filterOf(companyId: string, asked: Asked): mongo.Filter<AuditDocument> {
  const { before, resource, userId, targetId, from, until } = asked;
  const filters: mongo.Filter<AuditDocument>[] = [{ companyId }];
  if (resource !== undefined) filters.push({ resource });
  if (userId !== undefined) filters.push({ "by.userId": userId });
  if (targetId !== undefined) filters.push({ targetId });
  if (from !== undefined) filters.push({ at: { $gte: Date.parse(from) } });
  if (until !== undefined) filters.push({ at: { $lt: Date.parse(until) } });
  if (before !== undefined) {
    const cut = before.indexOf("-");
    const at = Number(before.slice(0, cut));
    filters.push({ $or: [{ at: { $lt: at } }, { at, _id: { $lt: before.slice(cut + 1) } }] });
  }
  return { $and: filters };
}

type ToldEntry = Omit<AuditDocument, "before" | "after"> & Pick<AuditEntry, "before" | "after">;

const valuesOf = ({ before, after }: AuditDocument): Pick<AuditEntry, "before" | "after"> => ({
  before: before === null ? null : JSON.parse(before),
  after: after === null ? null : JSON.parse(after),
});

function toEntry(
  { _id, companyId, at, ...entry }: ToldEntry,
  country: string,
  names: Readonly<Record<string, string>>,
): AuditEntry {
  const { targetName, before, after } = entry;
  const numbers = numbersIn([targetName, before, after]);
  const ids = [...idsIn([targetName, before, after]).values()].flat();
  return {
    ...{ ...entry, auditId: _id, at: new Date(at).toISOString() },
    numberTexts: Object.fromEntries(numbers.map((number) => [number, numberText(number, country)])),
    names: Object.fromEntries(ids.flatMap((id) => (names[id] === undefined ? [] : [[id, names[id]]]))),
  };
}
