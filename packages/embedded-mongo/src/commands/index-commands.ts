import { Int32 } from "bson";
import { type Doc, encode, isDoc } from "../bson-values.ts";
import type { Collection, Index } from "../catalog.ts";
import { firstBatch, listSource } from "../cursor-reply.ts";
import { shown } from "../duplicate-key.ts";
import { MongoError } from "../errors.ts";
import { parseFilter } from "../filter.ts";
import type { Write } from "../group-commit.ts";
import { compareValues } from "../keys.ts";
import { isNumber, toDouble } from "../numbers.ts";
import { fullScan } from "../planner.ts";
import type { Request } from "../request.ts";
import { Scanner } from "../scanner.ts";
import type { Command, Store } from "../store.ts";
import { submitWholeWrite } from "../submit-write.ts";

const SPEC_FIELDS = new Set([
  "key",
  "name",
  "unique",
  "sparse",
  "partialFilterExpression",
  "expireAfterSeconds",
  "background",
  "v",
]);
const MAX_EXPIRY_SECONDS = 2_147_483_647;

async function createIndexes(request: Request, store: Store): Promise<Doc> {
  const specs = request.array("indexes").map(checkedSpec);
  if (specs.length === 0) throw new MongoError(2, "Must specify at least one index to create");
  const { db, collection: name } = request;
  const checkTime = request.timeLimit(() => store.clock.now());
  return store.writes.submit(function* (): Write<Doc> {
    const created = store.catalog.get(db, name) === undefined;
    const collection = store.catalog.ensure(db, name);
    const before = collection.indexes.length + 1;
    for (const spec of specs) if (!exists(collection, spec)) yield* build(store, collection, spec, checkTime);
    return {
      numIndexesBefore: new Int32(before),
      numIndexesAfter: new Int32(collection.indexes.length + 1),
      createdCollectionAutomatically: created,
      ...(before === collection.indexes.length + 1 && { note: "all indexes already exist" }),
      ok: 1,
    };
  });
}

/**
 * Fills a new index from the documents that are there, in steps; writes meanwhile keep it up to date, and nothing is answered from it
 * before it is complete. A document that may not be in it (unique key taken, parallel arrays), or the end of the time allowed, ends the building, and the index goes.
 */
function* build(store: Store, collection: Collection, spec: Doc, checkTime: () => void): Write<void> {
  const { id } = store.catalog.addIndex(collection, spec);
  const own = () => collection.indexes.find((index) => index.id === id);
  const scanner = new Scanner(store.sql, collection, fullScan({ kind: "and", of: [] }, []));
  try {
    for (let found = scanner.step(); found !== undefined; found = scanner.step()) {
      checkTime();
      const index = own();
      if (index === undefined) throw new MongoError(27, `index ${String(spec.name)} was dropped while it was built`);
      for (const stored of found) store.documents.enter(collection, index, stored);
      if (found.length > 100) yield;
    }
  } catch (error) {
    const index = own();
    if (index === undefined || !(error instanceof MongoError)) throw error;
    store.catalog.dropIndex(collection, index);
    yield; // the drop is committed before the error is given
    throw error;
  }
  const index = own();
  if (index) store.catalog.markReady(index);
}

/** True when this very index is there; throws when another one stands in its way. */
function exists(collection: Collection, spec: Doc): boolean {
  for (const index of [collection.idIndex, ...collection.indexes]) {
    const sameKey = shown(index.spec.key) === shown(spec.key);
    const sameOptions = shown(options(index.spec)) === shown(options(spec));
    if (index.name === spec.name) {
      if (sameKey && (sameOptions || index === collection.idIndex)) return true;
      throw new MongoError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${shown(spec)}, existing index: ${shown(index.spec)}`,
      );
    }
    if (sameKey && sameOptions) throw new MongoError(85, `Index already exists with a different name: ${index.name}`);
    if (
      sameKey &&
      shown(spec.partialFilterExpression) === shown(index.spec.partialFilterExpression) &&
      (spec.sparse === true) === index.sparse
    ) {
      throw new MongoError(
        85,
        `An equivalent index already exists with a different name and options. Requested index: ${shown(spec)}, existing index: ${shown(index.spec)}`,
      );
    }
  }
  return false;
}

function options({ unique, sparse, partialFilterExpression, expireAfterSeconds }: Doc): Doc {
  const seconds = isNumber(expireAfterSeconds) ? toDouble(expireAfterSeconds) : null;
  return { unique: unique === true, sparse: sparse === true, partialFilterExpression, expireAfterSeconds: seconds };
}

/** The specification as it is kept and listed. Throws for what is not carried, before anything is made. */
function checkedSpec(value: unknown): Doc {
  if (!isDoc(value)) throw new MongoError(14, "Index specifications must be documents");
  const wrong = Object.keys(value).find((field) => !SPEC_FIELDS.has(field));
  if (wrong !== undefined) {
    throw new MongoError(
      197,
      `The field '${wrong}' is not valid for an index specification. Specification: ${shown(value)}`,
    );
  }
  const { key, name } = value;
  if (!isDoc(key) || Object.keys(key).length === 0) throw new MongoError(67, "Index keys cannot be an empty object");
  if (Object.keys(key).length > 31) throw new MongoError(13103, "too many compound keys");
  for (const [path, direction] of Object.entries(key)) checkField(path, direction);
  if (typeof name !== "string" || name === "")
    throw new MongoError(9, "The 'name' field is a required property of an index specification");
  const spec: Doc = { v: new Int32(2), key, name };
  for (const flag of ["unique", "sparse"]) if (isSet(value[flag])) spec[flag] = true;
  if (value.partialFilterExpression !== undefined) {
    parseFilter(value.partialFilterExpression);
    if (spec.sparse === true) throw new MongoError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
    spec.partialFilterExpression = value.partialFilterExpression;
  }
  if (value.expireAfterSeconds !== undefined) spec.expireAfterSeconds = checkedExpiry(value.expireAfterSeconds, key);
  return spec;
}

function checkField(path: string, direction: unknown): void {
  if (path === "" || path.split(".").includes(""))
    throw new MongoError(67, "Index keys cannot contain an empty field.");
  if (path.includes("$"))
    throw new MongoError(67, `Index key contains an illegal field name: field name starts with '$'.`);
  if (typeof direction === "string") throw new MongoError(67, `Unknown index plugin '${direction}'`);
  const number = isNumber(direction) ? toDouble(direction) : Number.NaN;
  if (number !== 1 && number !== -1)
    throw new MongoError(
      67,
      `Values in v:2 index key pattern must be 1 or -1 in the embedded store, not ${shown(direction)}`,
    );
}

function checkedExpiry(value: unknown, key: Doc): unknown {
  const seconds = isNumber(value) ? toDouble(value) : Number.NaN;
  if (!(seconds >= 0 && seconds <= MAX_EXPIRY_SECONDS))
    throw new MongoError(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, but was ${shown(value)}`,
    );
  if (Object.keys(key).length > 1)
    throw new MongoError(67, "TTL indexes are single-field indexes, compound indexes do not support TTL.");
  if ("_id" in key)
    throw new MongoError(67, "The field 'expireAfterSeconds' is not valid for an _id index specification.");
  return value;
}

function isSet(value: unknown): boolean {
  return value === true || (isNumber(value) && toDouble(value) !== 0);
}

function existing(request: Request, store: Store): Collection {
  const { db, collection: name } = request;
  const collection = store.catalog.get(db, name);
  if (collection === undefined) throw new MongoError(26, `ns does not exist: ${db}.${name}`);
  return collection;
}

async function listIndexes(request: Request, store: Store): Promise<Buffer> {
  const collection = existing(request, store);
  const specs = [collection.idIndex, ...collection.indexes.filter((index) => index.ready)].map((index) =>
    encode(index.spec),
  );
  const batchSize = request.document("cursor")?.batchSize;
  return firstBatch(
    request,
    store,
    collection.ns,
    listSource(specs),
    isNumber(batchSize) ? toDouble(batchSize) : undefined,
  );
}

async function dropIndexes(request: Request, store: Store): Promise<Doc> {
  return submitWholeWrite(request, store, (): Doc => {
    const collection = existing(request, store);
    const before = collection.indexes.length + 1;
    for (const index of chosen(collection, request.body.index)) store.catalog.dropIndex(collection, index);
    return { nIndexesWas: new Int32(before), ok: 1 };
  });
}

function chosen(collection: Collection, which: unknown): Index[] {
  if (which === "*") return [...collection.indexes];
  const names = Array.isArray(which) ? which : [which];
  return names.map((wanted) => {
    if (wanted === "_id_" || (isDoc(wanted) && compareValues(wanted, { _id: 1 }) === 0))
      throw new MongoError(72, "cannot drop _id index");
    const found = collection.indexes.find((index) =>
      isDoc(wanted) ? compareValues(wanted, index.spec.key) === 0 : index.name === wanted,
    );
    if (found) return found;
    throw isDoc(wanted)
      ? new MongoError(27, `can't find index with key: ${shown(wanted)}`)
      : new MongoError(27, `index not found with name [${String(wanted)}]`);
  });
}

export const indexCommands: Readonly<Record<string, Command>> = {
  createIndexes: { fields: ["indexes", "commitQuorum"], run: createIndexes },
  listIndexes: { fields: ["cursor"], run: listIndexes },
  dropIndexes: { fields: ["index"], run: dropIndexes },
};
