import { type Doc, decode, encode, isDoc } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import type { Filter } from "./filter.ts";
import { parseFilter } from "./filter.ts";
import type { CommitFollower } from "./group-commit.ts";
import { compileFilter, fieldsOf, type Matcher } from "./matcher.ts";
import { isNumber, toDouble } from "./numbers.ts";
import { splitPath } from "./paths.ts";
import { blob, type SqlFile } from "./sql-file.ts";

interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

export interface Index {
  readonly id: number;
  /** SQLite's table of entries (k, rid); the `_id` index is the collection's own table. */
  readonly table: string;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: { readonly filter: Filter; readonly matches: Matcher } | undefined;
  readonly expireAfterMs: number | undefined;
  /** As `listIndexes` shows it. */
  readonly spec: Doc;
  /** False while it is being built: it is kept up to date but answers nothing yet. */
  ready: boolean;
  /** Bit n: some document had an array on the way to field n. Never cleared. */
  arrayFields: number;
}

export interface Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly ns: string;
  readonly table: string;
  readonly idIndex: Index;
  /** All but the `_id` index. */
  readonly indexes: Index[];
  /** Top-level fields that any index looks at. */
  indexedFields: ReadonlySet<string>;
  dropped: boolean;
}

/**
 * Which collections and indexes there are. Kept in memory and written through; after a rollback it is read
 * again, so that it never says what is not on the disk.
 */
export class Catalog implements CommitFollower {
  readonly #sql: SqlFile;
  #changed = false;
  #collections = new Map<string, Collection>();

  constructor(sql: SqlFile) {
    this.#sql = sql;
    this.#removeUnfinished();
    this.reload();
  }

  committed(): void {
    this.#changed = false;
  }

  rolledBack(): void {
    if (this.#changed) this.reload();
  }

  get(db: string, name: string): Collection | undefined {
    return this.#collections.get(`${db}.${name}`);
  }

  list(db?: string): Collection[] {
    return [...this.#collections.values()].filter((collection) => db === undefined || collection.db === db);
  }

  /** The collection, made when it was not there, as MongoDB makes it at the first write. */
  ensure(db: string, name: string): Collection {
    const known = this.get(db, name);
    if (known !== undefined) return known;
    checkName(db, name);
    this.#changed = true;
    const id = this.#sql.run("INSERT INTO collections (db, name) VALUES (?, ?)", [db, name]);
    const collection = makeCollection(id, db, name);
    this.#sql.exec(
      `CREATE TABLE ${collection.table} (rid INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)`,
    );
    this.#collections.set(collection.ns, collection);
    return collection;
  }

  drop(collection: Collection): void {
    this.#changed = true;
    for (const index of [...collection.indexes]) this.dropIndex(collection, index);
    this.#sql.forgetStatements();
    this.#sql.exec(`DROP TABLE ${collection.table}`);
    this.#sql.run("DELETE FROM collections WHERE id = ?", [collection.id]);
    collection.dropped = true;
    this.#collections.delete(collection.ns);
  }

  addIndex(collection: Collection, spec: Doc): Index {
    this.#changed = true;
    const id = this.#sql.run("INSERT INTO indexes (collection, spec, ready, arrayFields) VALUES (?, ?, 0, 0)", [
      collection.id,
      encode(spec),
    ]);
    const index = makeIndex(id, spec, false, 0);
    this.#sql.exec(
      `CREATE TABLE ${index.table} (k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)) WITHOUT ROWID`,
    );
    collection.indexes.push(index);
    collection.indexedFields = indexedFields(collection.indexes);
    return index;
  }

  markReady(index: Index): void {
    this.#changed = true;
    this.#sql.run("UPDATE indexes SET ready = 1 WHERE id = ?", [index.id]);
    index.ready = true;
  }

  noteArrays(index: Index, arrayFields: number): void {
    if ((index.arrayFields | arrayFields) === index.arrayFields) return;
    this.#changed = true;
    index.arrayFields |= arrayFields;
    this.#sql.run("UPDATE indexes SET arrayFields = ? WHERE id = ?", [index.arrayFields, index.id]);
  }

  dropIndex(collection: Collection, index: Index): void {
    const position = collection.indexes.indexOf(index);
    if (position < 0) return;
    this.#changed = true;
    this.#sql.forgetStatements();
    this.#sql.exec(`DROP TABLE ${index.table}`);
    this.#sql.run("DELETE FROM indexes WHERE id = ?", [index.id]);
    collection.indexes.splice(position, 1);
    collection.indexedFields = indexedFields(collection.indexes);
  }

  /** Reads everything again. Collections that are still there keep their identity, because cursors hold on to them. */
  reload(): void {
    const found = new Map<string, Collection>();
    for (const [id, db, name] of this.#sql.all("SELECT id, db, name FROM collections ORDER BY id")) {
      const fresh = makeCollection(Number(id), String(db), String(name));
      const known = this.#collections.get(fresh.ns);
      const collection = known?.id === fresh.id ? known : fresh;
      collection.indexes.length = 0;
      const rows = this.#sql.all("SELECT id, spec, ready, arrayFields FROM indexes WHERE collection = ? ORDER BY id", [
        collection.id,
      ]);
      for (const [index, spec, ready, arrays] of rows) {
        collection.indexes.push(makeIndex(Number(index), decode(blob(spec)), Number(ready) === 1, Number(arrays)));
      }
      collection.indexedFields = indexedFields(collection.indexes);
      collection.dropped = false;
      found.set(collection.ns, collection);
    }
    for (const collection of this.#collections.values())
      if (found.get(collection.ns) !== collection) collection.dropped = true;
    this.#collections = found;
  }

  /** An index whose building was cut short by the end of the process was never announced as built: it goes. */
  #removeUnfinished(): void {
    for (const [id] of this.#sql.all("SELECT id FROM indexes WHERE ready = 0")) {
      this.#sql.exec(
        `BEGIN IMMEDIATE; DROP TABLE IF EXISTS i${Number(id)}; DELETE FROM indexes WHERE id = ${Number(id)}; COMMIT`,
      );
    }
  }
}

function checkName(db: string, name: string): void {
  const wrong =
    name === "" || name.includes("$") || name.includes("\0") || name.startsWith("system.") || name.startsWith(".");
  if (wrong) throw new MongoError(73, `Invalid namespace specified '${db}.${name}'`);
  if (db === "" || /[/\\. "$\0]/.test(db)) throw new MongoError(73, `Invalid database name: '${db}'`);
}

function makeCollection(id: number, db: string, name: string): Collection {
  const table = `c${id}`;
  const idIndex: Index = {
    id: 0,
    table,
    name: "_id_",
    fields: [{ path: "_id", parts: ["_id"], direction: 1 }],
    unique: true,
    sparse: false,
    partial: undefined,
    expireAfterMs: undefined,
    spec: { v: 2, key: { _id: 1 }, name: "_id_" },
    ready: true,
    arrayFields: 0,
  };
  return {
    id,
    db,
    name,
    ns: `${db}.${name}`,
    table,
    idIndex,
    indexes: [],
    indexedFields: indexedFields([]),
    dropped: false,
  };
}

function makeIndex(id: number, spec: Doc, ready: boolean, arrayFields: number): Index {
  const key = isDoc(spec.key) ? spec.key : {};
  const filter = spec.partialFilterExpression === undefined ? undefined : parseFilter(spec.partialFilterExpression);
  return {
    id,
    table: `i${id}`,
    name: String(spec.name),
    fields: Object.entries(key).map(([path, direction]) => ({
      path,
      parts: splitPath(path),
      direction: isNumber(direction) && toDouble(direction) < 0 ? -1 : 1,
    })),
    unique: spec.unique === true,
    sparse: spec.sparse === true,
    partial: filter && { filter, matches: compileFilter(filter) },
    expireAfterMs: isNumber(spec.expireAfterSeconds) ? toDouble(spec.expireAfterSeconds) * 1000 : undefined,
    spec,
    ready,
    arrayFields,
  };
}

function indexedFields(indexes: readonly Index[]): ReadonlySet<string> {
  const names = new Set(["_id"]);
  for (const index of indexes) {
    for (const field of index.fields) names.add(field.parts[0] ?? "");
    if (index.partial) fieldsOf(index.partial.filter, names);
  }
  return names;
}
