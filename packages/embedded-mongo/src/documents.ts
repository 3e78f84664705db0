import { type Doc, decode } from "./bson-values.ts";
import type { Catalog, Collection, Index } from "./catalog.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { MongoError } from "./errors.ts";
import { type IndexEntries, type IndexEntry, indexEntries } from "./index-keys.ts";
import { encodeKey } from "./keys.ts";
import { MAX_DOCUMENT_BYTES, pickFields } from "./raw-bson.ts";
import type { SqlFile } from "./sql-file.ts";

/** A stored document: `rid` is its row, in the order of insertion. */
export interface StoredDocument {
  readonly rid: number;
  readonly raw: Buffer;
}

const NO_ENTRIES: IndexEntries = { entries: [], arrayFields: 0, allMissing: true };

/**
 * Writes documents and keeps their indexes in step. Everything that can be refused is checked before anything is written, so a refused
 * write leaves no trace and needs no rollback of its own.
 */
export class Documents {
  readonly #sql: SqlFile;
  readonly #catalog: Catalog;

  constructor(sql: SqlFile, catalog: Catalog) {
    this.#sql = sql;
    this.#catalog = catalog;
  }

  /** Stores a new document, `_id` already in its place. Throws 11000 as MongoDB does when a unique key is taken. */
  insert(collection: Collection, raw: Buffer): void {
    checkSize(raw);
    const doc = decode(pickFields(raw, collection.indexedFields));
    const id = idKey(doc._id);
    const wanted = collection.indexes.map((index) => entriesOf(index, doc));
    if (this.#sql.first(`SELECT 1 FROM ${collection.table} WHERE id = ?`, [id]) !== undefined) {
      throw duplicateKey(collection, collection.idIndex, [doc._id]);
    }
    for (const [at, index] of collection.indexes.entries())
      this.#checkUnique(collection, index, wanted[at]?.entries ?? [], undefined);
    const rid = this.#sql.run(`INSERT INTO ${collection.table} (id, doc) VALUES (?, ?)`, [id, raw]);
    for (const [at, index] of collection.indexes.entries()) this.#add(index, wanted[at] ?? NO_ENTRIES, rid);
  }

  /** Writes the new form of a stored document, whose `_id` is the same. */
  replace(collection: Collection, stored: StoredDocument, raw: Buffer): void {
    checkSize(raw);
    const before = pickFields(stored.raw, collection.indexedFields);
    const after = pickFields(raw, collection.indexedFields);
    if (collection.indexes.length > 0 && !before.equals(after))
      this.#moveEntries(collection, stored.rid, decode(before), decode(after));
    this.overwrite(collection, stored, raw);
  }

  /** The same for a new form in which no field of an index has changed. */
  overwrite(collection: Collection, stored: StoredDocument, raw: Buffer): void {
    checkSize(raw);
    this.#sql.run(`UPDATE ${collection.table} SET doc = ? WHERE rid = ?`, [raw, stored.rid]);
  }

  remove(collection: Collection, stored: StoredDocument): void {
    if (collection.indexes.length > 0) {
      const doc = decode(pickFields(stored.raw, collection.indexedFields));
      for (const index of collection.indexes) {
        for (const { key } of entriesOf(index, doc).entries) this.#removeEntry(index, key, stored.rid);
      }
    }
    this.#sql.run(`DELETE FROM ${collection.table} WHERE rid = ?`, [stored.rid]);
  }

  /** Enters one stored document into an index that is being built; it may be there already, from a write meanwhile. */
  enter(collection: Collection, index: Index, stored: StoredDocument): void {
    const found = entriesOf(index, decode(pickFields(stored.raw, collection.indexedFields)));
    this.#checkUnique(collection, index, found.entries, stored.rid);
    this.#add(index, found, stored.rid);
  }

  #moveEntries(collection: Collection, rid: number, before: Doc, after: Doc): void {
    const changes = collection.indexes.map((index) => {
      const [old, fresh] = [entriesOf(index, before), entriesOf(index, after)];
      return {
        index,
        gone: without(old.entries, fresh.entries),
        come: { ...fresh, entries: without(fresh.entries, old.entries) },
      };
    });
    for (const { index, come } of changes) this.#checkUnique(collection, index, come.entries, rid);
    for (const { index, gone, come } of changes) {
      for (const { key } of gone) this.#removeEntry(index, key, rid);
      this.#add(index, come, rid);
    }
  }

  #checkUnique(collection: Collection, index: Index, entries: readonly IndexEntry[], rid: number | undefined): void {
    if (!index.unique) return;
    for (const { key, values } of entries) {
      const [other] =
        this.#sql.first(`SELECT rid FROM ${index.table} WHERE k = ? AND rid <> ? LIMIT 1`, [key, rid ?? -1]) ?? [];
      if (other !== undefined) throw duplicateKey(collection, index, values);
    }
  }

  #add(index: Index, found: IndexEntries, rid: number): void {
    this.#catalog.noteArrays(index, found.arrayFields);
    for (const { key } of found.entries)
      this.#sql.run(`INSERT OR IGNORE INTO ${index.table} (k, rid) VALUES (?, ?)`, [key, rid]);
  }

  #removeEntry(index: Index, key: Buffer, rid: number): void {
    this.#sql.run(`DELETE FROM ${index.table} WHERE k = ? AND rid = ?`, [key, rid]);
  }
}

function entriesOf(index: Index, doc: Doc): IndexEntries {
  if (index.partial && !index.partial.matches(doc)) return NO_ENTRIES;
  const found = indexEntries(
    doc,
    index.fields.map((field) => field.parts),
    index.fields.map((field) => field.direction),
  );
  return index.sparse && found.allMissing ? NO_ENTRIES : found;
}

function without(entries: readonly IndexEntry[], others: readonly IndexEntry[]): IndexEntry[] {
  return entries.filter(({ key }) => !others.some((other) => other.key.equals(key)));
}

function idKey(id: unknown): Buffer {
  if (Array.isArray(id)) throw new MongoError(53, "The '_id' value cannot be of type array");
  if (id === undefined) throw new MongoError(53, "The '_id' value cannot be of type undefined");
  return encodeKey(id);
}

/** Refuses what is larger than MongoDB stores. */
export function checkSize(raw: Buffer): void {
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(
      10334,
      `BSONObj size: ${raw.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}`,
    );
  }
}
