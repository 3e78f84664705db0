import { type Doc, decode } from "./bson-values.ts";
import type { Collection } from "./catalog.ts";
import type { StoredDocument } from "./documents.ts";
import { MongoError } from "./errors.ts";
import { compileFilter, fieldsOf, type Matcher } from "./matcher.ts";
import type { KeyRange, Plan, Scan } from "./planner.ts";
import { pickFields } from "./raw-bson.ts";
import { blob, type SqlFile, type SqlRow } from "./sql-file.ts";

/** A document that a plan found; `doc` holds the fields that were decoded for it, at least those of the query and those asked for. */
export interface Found extends StoredDocument {
  readonly doc: Doc;
}

const FIRST_STEP = 8;
/** Documents looked at in one step, between which others get their turn: about a millisecond. */
const LONGEST_STEP = 128;
const NOTHING: Doc = {};

/**
 * Walks a plan in small steps. Between two steps nothing is held open in SQLite: the position is the last key seen, so writes go on
 * meanwhile, and a document that is moved by one may be met at its new place or not at all, as with MongoDB's cursors.
 */
export class Scanner {
  keysExamined = 0;
  docsExamined = 0;
  readonly #sql: SqlFile;
  readonly #collection: Collection;
  readonly #plan: Plan;
  readonly #matches: Matcher | undefined;
  readonly #fields: ReadonlySet<string> | "all";
  readonly #seen: Set<number> | undefined;
  #scan = 0;
  #range = 0;
  #after: { readonly key: Buffer | undefined; readonly rid: number } | undefined;
  #stepSize: number;

  /** `fields` are the top-level fields that the caller wants decoded besides those of the query. */
  constructor(
    sql: SqlFile,
    collection: Collection,
    plan: Plan,
    fields: Iterable<string> | "all" = [],
    expected = FIRST_STEP,
  ) {
    this.#sql = sql;
    this.#collection = collection;
    this.#plan = plan;
    this.#matches = plan.residual && compileFilter(plan.residual);
    this.#fields = fields === "all" ? "all" : new Set([...(plan.residual ? fieldsOf(plan.residual) : []), ...fields]);
    this.#seen = plan.dedupe ? new Set() : undefined;
    this.#stepSize = Math.max(1, Math.min(expected, LONGEST_STEP));
  }

  /** The documents of the next step, perhaps none; `undefined` at the end. */
  step(): Found[] | undefined {
    if (this.#collection.dropped)
      throw new MongoError(175, `collection dropped. UUID unknown, ns: ${this.#collection.ns}`);
    const scan = this.#plan.scans[this.#scan];
    if (scan === undefined) return undefined;
    const limit = this.#stepSize;
    this.#stepSize = Math.min(LONGEST_STEP, limit * 2);
    const rows = this.#rows(scan, limit);
    if (rows.length < limit) this.#nextRange(scan);
    const found: Found[] = [];
    for (const [rid, raw] of rows) {
      this.docsExamined += 1;
      const hit = this.#examine(Number(rid), blob(raw));
      if (hit) found.push(hit);
    }
    return found;
  }

  #examine(rid: number, raw: Buffer): Found | undefined {
    if (this.#seen?.has(rid)) return undefined;
    const doc =
      this.#fields === "all" ? decode(raw) : this.#fields.size === 0 ? NOTHING : decode(pickFields(raw, this.#fields));
    if (this.#matches && !this.#matches(doc)) return undefined;
    this.#seen?.add(rid);
    return { rid, raw, doc };
  }

  #rows(scan: Scan, limit: number): SqlRow[] {
    const { table } = this.#collection;
    if (scan.kind === "collection") {
      const rows = this.#sql.all(`SELECT rid, doc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`, [
        this.#after?.rid ?? -1,
        limit,
      ]);
      this.#after = { key: undefined, rid: Number(rows.at(-1)?.[0] ?? this.#after?.rid ?? -1) };
      return rows;
    }
    const range = this.#currentRange(scan);
    if (range === undefined) return [];
    const rows =
      scan.index.table === table ? this.#idRows(scan.reverse, range, limit) : this.#indexRows(scan, range, limit);
    this.keysExamined += rows.length;
    const last = rows.at(-1);
    if (last) this.#after = { key: blob(last[2]), rid: Number(last[0]) };
    return rows;
  }

  #idRows(reverse: boolean, { from, to }: KeyRange, limit: number): SqlRow[] {
    const { table } = this.#collection;
    const after = this.#after?.key;
    const where = reverse
      ? `id >= ? AND id < ? ORDER BY id DESC`
      : after === undefined
        ? `id >= ? AND id < ? ORDER BY id`
        : `id > ? AND id < ? ORDER BY id`;
    const limits = reverse ? [from, after ?? to] : [after ?? from, to];
    return this.#sql.all(`SELECT rid, doc, id FROM ${table} WHERE ${where} LIMIT ?`, [...limits, limit]);
  }

  #indexRows(scan: Extract<Scan, { kind: "index" }>, { from, to }: KeyRange, limit: number): SqlRow[] {
    const source = `SELECT i.rid, c.doc, i.k FROM ${scan.index.table} i CROSS JOIN ${this.#collection.table} c ON c.rid = i.rid`;
    const order = scan.reverse ? "ORDER BY i.k DESC, i.rid DESC LIMIT ?" : "ORDER BY i.k, i.rid LIMIT ?";
    if (this.#after?.key === undefined)
      return this.#sql.all(`${source} WHERE i.k >= ? AND i.k < ? ${order}`, [from, to, limit]);
    const { key, rid } = this.#after;
    return scan.reverse
      ? this.#sql.all(`${source} WHERE i.k >= ? AND (i.k, i.rid) < (?, ?) ${order}`, [from, key, rid, limit])
      : this.#sql.all(`${source} WHERE (i.k, i.rid) > (?, ?) AND i.k < ? ${order}`, [key, rid, to, limit]);
  }

  #currentRange(scan: Extract<Scan, { kind: "index" }>): KeyRange | undefined {
    return scan.reverse ? scan.ranges[scan.ranges.length - 1 - this.#range] : scan.ranges[this.#range];
  }

  #nextRange(scan: Scan): void {
    this.#after = undefined;
    this.#range += 1;
    if (scan.kind === "index" && this.#range < scan.ranges.length) return;
    this.#scan += 1;
    this.#range = 0;
  }
}
