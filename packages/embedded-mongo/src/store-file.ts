import { accessSync, chmodSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SqlFile } from "./sql-file.ts";

/** Why the store cannot be opened, in a sentence for the person who starts it. `exitCode` is what main.ts leaves with. */
export class StoreUnavailable extends Error {
  readonly reason: "locked" | "unwritable" | "damaged" | "newer";
  readonly exitCode: number;

  constructor(reason: StoreUnavailable["reason"], message: string) {
    super(message);
    this.name = "StoreUnavailable";
    this.reason = reason;
    this.exitCode = { locked: 75, unwritable: 73, damaged: 65, newer: 78 }[reason];
  }
}

export interface StoreFile {
  readonly sql: SqlFile;
  /** Moves what is in the write-ahead log into the file and gives the folder back. */
  close(): void;
}

const FORMAT = 1;

/**
 * Opens the folder's store and holds the folder until `close` (or until the process ends, however it ends: the lock is the kernel's).
 *
 * Durability: write-ahead log, synchronous=FULL, so a commit returns only when the log is on the disk.
 * Throws `StoreUnavailable`.
 */
export function openStoreFile(folder: string): StoreFile {
  prepareFolder(folder);
  const lock = lockFolder(folder);
  const path = join(folder, "store.db");
  try {
    const sql = new SqlFile(path);
    sql.pragma("journal_mode = WAL");
    sql.pragma("synchronous = FULL");
    sql.pragma("cache_size = -131072");
    sql.pragma("wal_autocheckpoint = 4000");
    createTables(sql);
    chmodSync(path, 0o600);
    return {
      sql,
      close: () => {
        sql.pragma("wal_checkpoint(TRUNCATE)");
        sql.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw explain(error, path);
  }
}

/** The tables of the store itself; those of collections and indexes come and go with them. */
export function createTables(sql: SqlFile): void {
  const [[version] = []] = sql.pragma("user_version");
  if (Number(version) > FORMAT) {
    throw new StoreUnavailable(
      "newer",
      `The store was written by a newer version of Cordboard (format ${version}, this one reads ${FORMAT}).`,
    );
  }
  sql.exec(`
    CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (db, name));
    CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, spec BLOB NOT NULL,
      ready INTEGER NOT NULL, arrayFields INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS retries (session BLOB PRIMARY KEY, txn INTEGER NOT NULL, state BLOB NOT NULL, at INTEGER NOT NULL);
    PRAGMA user_version = ${FORMAT};
  `);
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StoreUnavailable("unwritable", `The store's folder ${folder} cannot be written (${messageOf(error)}).`);
  }
}

/** A write lock on a file of its own, held open: the kernel takes it back even after `kill -9`, so no stale lock can be left behind. */
export function lockFolder(folder: string): SqlFile {
  const owner = join(folder, "owner");
  const path = join(folder, "lock.db");
  let lock: SqlFile | undefined;
  try {
    lock = new SqlFile(path);
    lock.exec("BEGIN EXCLUSIVE");
    writeFileSync(owner, `${process.pid}\n`, { mode: 0o600 });
    return lock;
  } catch (error) {
    lock?.close();
    if (/locked|busy/i.test(messageOf(error))) {
      throw new StoreUnavailable(
        "locked",
        `The store's folder ${folder} is in use by process ${readOwner(owner)}. Stop that one first, or choose another folder.`,
      );
    }
    throw explain(error, path);
  }
}

function readOwner(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "(unknown)";
  }
}

/** What the operating system or SQLite says, as a sentence for who keeps the installation. */
export function explain(error: unknown, path: string): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  const message = messageOf(error);
  if (/not a database|malformed|corrupt/i.test(message)) {
    return new StoreUnavailable(
      "damaged",
      `The store's file ${path} is damaged (${message}). Restore it from a backup; the file was not changed.`,
    );
  }
  return new StoreUnavailable("unwritable", `The store's file ${path} cannot be opened for writing (${message}).`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
