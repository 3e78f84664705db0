import { type Doc, decode, encode } from "../bson-values.ts";
import type { Collection } from "../catalog.ts";
import type { StoredDocument } from "../documents.ts";
import { MongoError } from "../errors.ts";
import { type Filter, parseFilter } from "../filter.ts";
import type { Write } from "../group-commit.ts";
import { compileFilter } from "../matcher.ts";
import { Pace } from "../pace.ts";
import { planQuery } from "../planner.ts";
import { parseProjection, shaper } from "../projection.ts";
import type { Request } from "../request.ts";
import { Scanner } from "../scanner.ts";
import { parseSort, Sorter, type SortKey, sortKeyOf } from "../sort.ts";
import { blob } from "../sql-file.ts";
import type { Command, Store } from "../store.ts";
import { submitWrite } from "../submit-write.ts";
import { parseUpdate, type Update } from "../update.ts";
import { updateStored, upsert } from "./write.ts";

interface Task {
  readonly filter: Filter;
  readonly sort: readonly SortKey[];
  /** `undefined` removes the document. */
  readonly change: Update | undefined;
  readonly upsert: boolean;
  readonly returnNew: boolean;
  readonly shape: (raw: Buffer) => Doc;
}

/** Finds one document and changes or removes it in the same commit: of two that want the same document, the second sees what the first did. */
async function findAndModify(request: Request, store: Store): Promise<Doc> {
  const task = readTask(request, store);
  const { db, collection } = request;
  const key = request.retryKey;
  return submitWrite(request, store, function* (): Write<Doc> {
    const known = key && store.retries.find(key);
    if (known) return known;
    const reply = yield* perform(store, db, collection, task);
    if (key) store.retries.save(key, reply);
    return reply;
  });
}

function readTask(request: Request, store: Store): Task {
  const remove = request.flag("remove", false);
  const { update } = request.body;
  if (remove && update !== undefined) throw new MongoError(9, "Cannot specify both an update and remove=true");
  if (!remove && update === undefined) throw new MongoError(9, "Either an update or remove=true must be specified");
  const upserts = request.flag("upsert", false);
  const returnNew = request.flag("new", false);
  if (remove && (upserts || returnNew)) {
    throw new MongoError(
      9,
      upserts
        ? "Cannot specify both upsert=true and remove=true"
        : "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  const { shape } = shaper(parseProjection(request.document("fields")));
  return {
    filter: parseFilter(request.document("query") ?? {}),
    sort: parseSort(request.body.sort),
    change: remove ? undefined : parseUpdate(update, () => new Date(store.clock.now())),
    upsert: upserts,
    returnNew,
    shape: (raw) => decode(shape({ raw })),
  };
}

function* perform(store: Store, db: string, name: string, task: Task): Write<Doc> {
  for (;;) {
    const pace = new Pace();
    const known = store.catalog.get(db, name);
    const stored = known && (yield* firstMatch(store, known, task, pace));
    const reply = known && stored ? changed(store, known, stored, task) : missed(store, db, name, task, pace);
    if (reply) return reply;
  }
}

function changed(store: Store, collection: Collection, stored: StoredDocument, task: Task): Doc {
  if (task.change === undefined) {
    store.documents.remove(collection, stored);
    return { lastErrorObject: { n: 1 }, value: task.shape(stored.raw), ok: 1 };
  }
  const after = updateStored(store, collection, stored, task.change) ?? stored.raw;
  const value = task.shape(task.returnNew ? after : stored.raw);
  return { lastErrorObject: { n: 1, updatedExisting: true }, value, ok: 1 };
}

/** Nothing was found: an upsert makes it. `undefined` when it has come into being during a pause. */
function missed(store: Store, db: string, name: string, task: Task, pace: Pace): Doc | undefined {
  const { change } = task;
  if (change === undefined) return { lastErrorObject: { n: 0 }, value: null, ok: 1 };
  if (!task.upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
  const made = pace.insert(() => upsert(store, store.catalog.ensure(db, name), task.filter, change));
  if (made === undefined) return undefined;
  const value = task.returnNew ? task.shape(encode(made)) : null;
  return { lastErrorObject: { n: 1, updatedExisting: false, upserted: made._id }, value, ok: 1 };
}

/**
 * The first document in the wanted order. A long search pauses, and others may write meanwhile: what was found is read again, and when
 * it no longer matches the search begins anew.
 */
function* firstMatch(
  store: Store,
  collection: Collection,
  { filter, sort }: Task,
  pace: Pace,
): Write<StoredDocument | undefined> {
  for (;;) {
    const plan = planQuery(collection, filter, sort);
    const sortFields = sort.map((key) => key.parts[0] ?? "");
    const scanner = new Scanner(store.sql, collection, plan, plan.sorted ? [] : sortFields, 1);
    const sorter = new Sorter<StoredDocument>(1, () => 0);
    for (let found = scanner.step(); found !== undefined; found = scanner.step()) {
      for (const one of found) {
        if (plan.sorted) return one;
        sorter.add(sortKeyOf(one.doc, sort), one);
      }
      if (pace.isDue(0)) yield;
    }
    const [best] = sorter.take();
    if (best === undefined || !pace.paused) return best;
    const [raw] = store.sql.first(`SELECT doc FROM ${collection.table} WHERE rid = ?`, [best.rid]) ?? [];
    if (raw !== undefined && compileFilter(filter)(decode(blob(raw)))) return { rid: best.rid, raw: blob(raw) };
  }
}

const command: Command = {
  fields: ["query", "sort", "remove", "update", "new", "fields", "upsert", "bypassDocumentValidation"],
  run: findAndModify,
};

export const findAndModifyCommands: Readonly<Record<string, Command>> = { findAndModify: command };
