import type { Resource } from "@cordboard/api";
import type { Connection } from "mongoose";
import { UserError } from "../errors/index.ts";
import { type Bus, type SettingsMessage, settingsChannel } from "../ports/index.ts";
import type { BinPort } from "./bin-port.ts";
import { demand, type Scope } from "./scope.ts";

/** What every document has: whose it is, and how often it was changed. */
export interface Owned {
  readonly _id: string;
  readonly companyId: string;
  readonly rev: number;
}

/** The fields of a document that its feature decides on. */
type FieldsOf<Document extends Owned> = Omit<Document, keyof Owned>;
type Wanted<Document extends Owned> = { readonly [Field in keyof FieldsOf<Document>]?: Document[Field] };

/**
 * One collection as one scope may use it: the role is checked before the store is asked, and `companyId` is part of every filter and
 * every new document, whatever the caller passes. A document of another company is not found, like one that does not exist.
 */
interface ScopedCollection<Document extends Owned> {
  list(wanted?: Wanted<Document>): Promise<Document[]>;
  /** Throws `notFound`. */
  get(id: string): Promise<Document>;
  peek(id: string): Promise<Document | null>;
  find(wanted: Wanted<Document>): Promise<Document | null>;
  insert(id: string, fields: FieldsOf<Document>): Promise<Document>;
  /** Conditional on `rev`: throws `changedMeanwhile` when the document has another one. */
  change(id: string, rev: number, fields: Partial<FieldsOf<Document>>): Promise<Document>;
  /** For what nobody edits by hand (a last choice remembered): no `rev` is asked for, and none is raised. */
  note(id: string, fields: Partial<FieldsOf<Document>>): Promise<void>;
  /** For what is set apart from the form that people edit (a forced state): no `rev` is asked for or raised; it is told like a change. */
  set(id: string, fields: Partial<FieldsOf<Document>>): Promise<Document>;
  remove(id: string): Promise<void>;
}

interface CollectionPlan<Document extends Owned> {
  readonly name: string;
  readonly resource: Resource;
  /** What `notFound` calls one of these. */
  readonly singular: string;
  /** The field that a unique index keeps apart in a company, for `alreadyExists`. */
  readonly unique: keyof FieldsOf<Document> & string;
  /** What people call that field, where the document calls it otherwise. */
  readonly uniqueName?: string;
  readonly sortBy: keyof FieldsOf<Document> & string;
}

/** Gives a feature its collection, one scope at a time. Changes are told on the company's settings channel when there is a `bus`. */
export function ownedCollection<Document extends Owned>(
  connection: Connection,
  plan: CollectionPlan<Document>,
  bus?: Bus,
  /** What is deleted lies there for a while. */
  bin?: BinPort,
) {
  const collection = connection.collection<Owned>(plan.name);
  const typed = (document: Owned) => document as Document;
  const notFound = () => new UserError("notFound", { what: plan.singular });
  const taken = (fields: object) =>
    new UserError("alreadyExists", { field: plan.uniqueName ?? plan.unique, value: Reflect.get(fields, plan.unique) });

  const binned = (document: Owned) => {
    const name: unknown = Reflect.get(document, "name");
    return {
      ...{ collection: plan.name, resource: plan.resource, targetId: document._id, document },
      name: typeof name === "string" ? name : document._id,
    };
  };

  return (scope: Scope): ScopedCollection<Document> => {
    const tell = (id: string, before: Owned | null, after: Owned | null) => {
      const message: SettingsMessage = { resource: plan.resource, id };
      bus?.publish(settingsChannel(scope.companyId), message);
      const name: unknown = Reflect.get(after ?? before ?? {}, "name");
      const targetName = typeof name === "string" ? name : null;
      scope.changed?.({ resource: plan.resource, targetId: id, targetName, before, after });
    };
    const mine = (filter: object = {}) => ({ ...filter, companyId: scope.companyId });
    return {
      async list(wanted) {
        demand(scope, "read", plan.resource);
        const found = await collection
          .find(mine(wanted))
          .sort({ [plan.sortBy]: 1, _id: 1 })
          .toArray();
        return found.map(typed);
      },
      async get(id) {
        demand(scope, "read", plan.resource);
        const found = await collection.findOne(mine({ _id: id }));
        if (!found) throw notFound();
        return typed(found);
      },
      async peek(id) {
        demand(scope, "read", plan.resource);
        const found = await collection.findOne(mine({ _id: id }));
        return found && typed(found);
      },
      async find(wanted) {
        demand(scope, "read", plan.resource);
        const found = await collection.findOne(mine(wanted));
        return found && typed(found);
      },
      async insert(id, fields) {
        demand(scope, "write", plan.resource);
        const document = { ...fields, _id: id, companyId: scope.companyId, rev: 1 };
        try {
          await collection.insertOne(document);
        } catch (cause) {
          throw isDuplicate(cause) ? taken(fields) : cause;
        }
        tell(id, null, document);
        return typed(document);
      },
      async change(id, rev, fields) {
        demand(scope, "write", plan.resource);
        try {
          // What it was is asked for, because what it is follows: both are exact, whoever else is at work.
          const before = await collection.findOneAndUpdate(
            mine({ _id: id, rev }),
            { $set: fields, $inc: { rev: 1 } },
            { returnDocument: "before" },
          );
          if (before) {
            const after = { ...before, ...fields, rev: rev + 1 };
            tell(id, before, after);
            return typed(after);
          }
        } catch (cause) {
          throw isDuplicate(cause) ? taken(fields) : cause;
        }
        if (await collection.findOne(mine({ _id: id }))) throw new UserError("changedMeanwhile");
        throw notFound();
      },
      async note(id, fields) {
        demand(scope, "write", plan.resource);
        await collection.updateOne(mine({ _id: id }), { $set: fields });
      },
      async set(id, fields) {
        demand(scope, "write", plan.resource);
        const before = await collection.findOneAndUpdate(
          mine({ _id: id }),
          { $set: fields },
          { returnDocument: "before" },
        );
        if (!before) throw notFound();
        const after = { ...before, ...fields };
        tell(id, before, after);
        return typed(after);
      },
      async remove(id) {
        demand(scope, "write", plan.resource);
        const thrown = bin && (await collection.findOne(mine({ _id: id })));
        const takeBack = thrown && (await bin.put(scope, binned(thrown)));
        const before = await collection.findOneAndDelete(mine({ _id: id }));
        if (!before) {
          await takeBack?.();
          throw notFound();
        }
        tell(id, before, null);
      },
    };
  };
}

/** MongoDB's error for a value that a unique index has already. */
export function isDuplicate(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === 11000;
}
