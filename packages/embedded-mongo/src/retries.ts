import { type Doc, decode, encode } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { blob, type SqlFile } from "./sql-file.ts";

/** How long a session may be silent before its last write is forgotten: MongoDB's session timeout, in milliseconds. */
const KEPT_MS = 30 * 60 * 1000;

export interface RetryKey {
  readonly session: Buffer;
  readonly txn: number;
}

/**
 * The last write of each session, kept with the write itself: a driver that lost the connection (or this process) before the answer sends
 * the write again, and gets the first answer instead of a second effect.
 */
export class Retries {
  readonly #sql: SqlFile;
  readonly #now: () => number;
  readonly #running = new Map<string, Promise<Doc | Buffer>>();

  constructor(sql: SqlFile, now: () => number) {
    this.#sql = sql;
    this.#now = now;
  }

  /** How far this write had come; `undefined` when it is new. Throws `TransactionTooOld` for one that a later write has overtaken. */
  find({ session, txn }: RetryKey): Doc | undefined {
    const row = this.#sql.first("SELECT txn, state FROM retries WHERE session = ?", [session]);
    if (row === undefined || Number(row[0]) < txn) return undefined;
    if (Number(row[0]) === txn) return decode(blob(row[1]));
    throw new MongoError(
      225,
      `Cannot start transaction ${txn} on session because a newer transaction ${Number(row[0])} has already started`,
    );
  }

  /** Part of the write's own transaction. */
  save({ session, txn }: RetryKey, state: Doc): void {
    this.#sql.run("INSERT OR REPLACE INTO retries (session, txn, state, at) VALUES (?, ?, ?, ?)", [
      session,
      txn,
      encode(state),
      this.#now(),
    ]);
  }

  /** Runs a write, or waits for the same write when it is already running: the retry may come before the first try is done. */
  async once(key: RetryKey, run: () => Promise<Doc | Buffer>): Promise<Doc | Buffer> {
    const name = `${key.session.toString("latin1")}:${key.txn}`;
    const running = this.#running.get(name);
    if (running !== undefined) return running;
    const started = run();
    this.#running.set(name, started);
    try {
      return await started;
    } finally {
      this.#running.delete(name);
    }
  }

  forgetOld(): void {
    this.#sql.run("DELETE FROM retries WHERE at < ?", [this.#now() - KEPT_MS]);
  }
}
