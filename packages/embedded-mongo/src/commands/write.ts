import { ObjectId } from "bson";
import { type Doc, encode, isDoc, typeName } from "../bson-values.ts";
import type { Collection } from "../catalog.ts";
import type { StoredDocument } from "../documents.ts";
import { MongoError } from "../errors.ts";
import { type Filter, parseFilter } from "../filter.ts";
import { atOnce, type Write } from "../group-commit.ts";
import { isNumber, toDouble } from "../numbers.ts";
import { Pace } from "../pace.ts";
import { planQuery } from "../planner.ts";
import { withIdFirst } from "../raw-bson.ts";
import type { Request } from "../request.ts";
import { Scanner } from "../scanner.ts";
import type { Command, Store } from "../store.ts";
import { submitWrite } from "../submit-write.ts";
import { applyUpdate, parseUpdate, type Update, upsertSeed } from "../update.ts";
import { applyUpdateRaw, touches } from "../update-raw.ts";
import { batchReply, type StatementResult, writeBatch } from "../write-batch.ts";

const COMMON_FIELDS = ["ordered", "bypassDocumentValidation"] as const;

async function insert(request: Request, store: Store): Promise<Doc> {
  const documents = request.statements("documents");
  const { db, collection } = request;
  const progress = await submitWrite(request, store, () =>
    writeBatch(request, store, documents.length, (index) =>
      atOnce(() => {
        const raw = documents[index];
        if (raw !== undefined) store.documents.insert(store.catalog.ensure(db, collection), withIdFirst(raw));
        return { n: 1 };
      }),
    ),
  );
  return batchReply(progress, "insert");
}

async function update(request: Request, store: Store): Promise<Doc> {
  const statements = request.decodedStatements("updates").map((statement) => {
    allowOnlyStatement("update.updates", statement, ["q", "u", "multi", "upsert"]);
    return statement;
  });
  const { db, collection } = request;
  const progress = await submitWrite(request, store, () =>
    writeBatch(request, store, statements.length, (index) =>
      updateStatement(store, db, collection, statements[index] ?? {}),
    ),
  );
  return batchReply(progress, "update");
}

function* updateStatement(store: Store, db: string, name: string, statement: Doc): Write<StatementResult> {
  const filter = parseFilter(statement.q);
  const change = parseUpdate(statement.u, () => new Date(store.clock.now()));
  const multi = isFlag(statement.multi);
  if (multi && change.kind === "replace")
    throw new MongoError(9, "multi update is not supported for replacement-style update");
  for (;;) {
    const pace = new Pace();
    const result = yield* updateMatching(store, store.catalog.get(db, name), filter, change, multi, pace);
    if (result.n > 0 || !isFlag(statement.upsert)) return result;
    const made = pace.insert(() => upsert(store, store.catalog.ensure(db, name), filter, change));
    if (made) return { n: 1, nModified: 0, upsertedId: { value: made._id } };
  }
}

function* updateMatching(
  store: Store,
  collection: Collection | undefined,
  filter: Filter,
  change: Update,
  multi: boolean,
  pace: Pace,
): Write<StatementResult> {
  const result = { n: 0, nModified: 0 };
  const touched = new Set<number>();
  if (collection === undefined) return result;
  for (const found of eachStep(store, collection, filter, multi)) {
    for (const stored of found) {
      if (touched.has(stored.rid)) continue; // its own update moved it ahead of the scan
      touched.add(stored.rid);
      result.n += 1;
      if (updateStored(store, collection, stored, change)) result.nModified += 1;
      if (!multi) return result;
    }
    if (pace.isDue(found.length)) yield;
  }
  return result;
}

/** The documents that a write concerns, step by step; a single one is looked for in small steps. */
function* eachStep(store: Store, collection: Collection, filter: Filter, multi: boolean): Generator<StoredDocument[]> {
  const scanner = new Scanner(store.sql, collection, planQuery(collection, filter), [], multi ? undefined : 1);
  for (let found = scanner.step(); found !== undefined; found = scanner.step()) yield found;
}

/** Writes the changed document, if the update changes it at all. */
export function updateStored(
  store: Store,
  collection: Collection,
  stored: StoredDocument,
  change: Update,
): Buffer | undefined {
  const raw = applyUpdateRaw(stored.raw, change);
  if (raw.equals(stored.raw)) return undefined;
  if (touches(change, collection.indexedFields)) store.documents.replace(collection, stored, raw);
  else store.documents.overwrite(collection, stored, raw);
  return raw;
}

/** Inserts what the query and the update make together; gives the new document. */
export function upsert(store: Store, collection: Collection, filter: Filter, change: Update): Doc {
  const seed = upsertSeed(filter);
  const made = applyUpdate(
    change.kind === "replace" && seed._id !== undefined ? { _id: seed._id } : change.kind === "replace" ? {} : seed,
    change,
    true,
  );
  const { _id: id = new ObjectId(), ...fields } = made;
  const doc: Doc = { _id: id, ...fields };
  store.documents.insert(collection, encode(doc));
  return doc;
}

async function remove(request: Request, store: Store): Promise<Doc> {
  const statements = request.decodedStatements("deletes").map((statement) => {
    allowOnlyStatement("delete.deletes", statement, ["q", "limit"]);
    return statement;
  });
  const { db, collection } = request;
  const progress = await submitWrite(request, store, () =>
    writeBatch(request, store, statements.length, (index) =>
      deleteStatement(store, db, collection, statements[index] ?? {}),
    ),
  );
  return batchReply(progress, "delete");
}

function* deleteStatement(store: Store, db: string, name: string, statement: Doc): Write<StatementResult> {
  const filter = parseFilter(statement.q);
  const limit = isNumber(statement.limit) ? toDouble(statement.limit) : Number.NaN;
  if (limit !== 0 && limit !== 1)
    throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const collection = store.catalog.get(db, name);
  if (collection === undefined) return { n: 0 };
  let n = 0;
  const pace = new Pace();
  for (const found of eachStep(store, collection, filter, limit === 0)) {
    for (const stored of found) {
      store.documents.remove(collection, stored);
      n += 1;
      if (limit === 1) return { n };
    }
    if (pace.isDue(found.length)) yield;
  }
  return { n };
}

function allowOnlyStatement(where: string, statement: Doc, fields: readonly string[]): void {
  for (const field of Object.keys(statement)) {
    if (!fields.includes(field)) throw new MongoError(40415, `BSON field '${where}.${field}' is an unknown field.`);
  }
  if (!isDoc(statement.q))
    throw new MongoError(
      14,
      `BSON field '${where}.q' is the wrong type '${typeName(statement.q)}', expected type 'object'`,
    );
}

function isFlag(value: unknown): boolean {
  return value === true || (isNumber(value) && toDouble(value) !== 0);
}

export const writeCommands: Readonly<Record<string, Command>> = {
  insert: { fields: ["documents", ...COMMON_FIELDS], run: insert },
  update: { fields: ["updates", ...COMMON_FIELDS], run: update },
  delete: { fields: ["deletes", ...COMMON_FIELDS], run: remove },
};
