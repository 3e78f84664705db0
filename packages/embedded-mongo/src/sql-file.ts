import Database from "libsql";

type Statement = ReturnType<InstanceType<typeof Database>["prepare"]>;
export type SqlValue = Buffer | string | number | null;
export type SqlRow = readonly unknown[];

/**
 * One SQLite file, and the only place that speaks to libsql, whose traps end here: parameters always go in as an array (a lone Buffer
 * makes libsql 0.5.29 panic), and statements are always run to their end, so that none keeps a read transaction open.
 */
export class SqlFile {
  readonly #database: InstanceType<typeof Database>;
  readonly #statements = new Map<string, Statement>();

  constructor(path: string) {
    this.#database = new Database(path);
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** Runs a statement that changes something; returns the id of the row it inserted, if it inserted one. */
  run(sql: string, parameters: readonly SqlValue[] = []): number {
    return Number(this.#prepared(sql).run([...parameters]).lastInsertRowid);
  }

  all(sql: string, parameters: readonly SqlValue[] = []): SqlRow[] {
    const rows: SqlRow[] = [];
    for (const row of this.#prepared(sql).all([...parameters])) if (Array.isArray(row)) rows.push(row);
    return rows;
  }

  first(sql: string, parameters: readonly SqlValue[] = []): SqlRow | undefined {
    return this.all(sql, parameters)[0];
  }

  /** Runs statements that take no parameters and are not worth keeping. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Sets or asks a pragma. */
  pragma(sql: string): SqlRow[] {
    return this.all(`PRAGMA ${sql}`);
  }

  /** Prepared statements may name tables that were dropped. */
  forgetStatements(): void {
    this.#statements.clear();
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare(sql);
    if (made.reader) made.raw();
    this.#statements.set(sql, made);
    return made;
  }
}

/** A blob column as a Buffer; libsql has given both Buffer and ArrayBuffer. */
export function blob(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  throw new Error("the store's file holds something else where bytes should be");
}
