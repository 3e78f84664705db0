import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { SqlFile } from "./sql-file.ts";
import { createTables, explain, lockFolder } from "./store-file.ts";

/**
 * Copies the store of `folder` into the new folder `into`: whole, and as it was at one moment, also while a process works with it. Writers
 * are not held up; the copy needs about as much room as the store. Takes seconds for a store of gigabytes, and blocks its thread meanwhile.
 *
 * Returns false where `folder` has no store. Throws `StoreUnavailable` when the store cannot be read or the copy not be written.
 */
export function copyStore(folder: string, into: string): boolean {
  const path = join(folder, "store.db");
  if (!existsSync(path)) return false;
  mkdirSync(into, { recursive: true, mode: 0o700 });
  let sql: SqlFile | undefined;
  try {
    sql = new SqlFile(path);
    sql.pragma("busy_timeout = 10000");
    sql.exec(`VACUUM INTO '${join(into, "store.db").replaceAll("'", "''")}'`);
  } catch (error) {
    throw explain(error, path);
  } finally {
    sql?.close();
  }
  chmodSync(join(into, "store.db"), 0o600);
  checkStore(into);
  return true;
}

/** Reads the store of `folder` from its first page to its last. Throws `StoreUnavailable` for one that is damaged or of a newer version. */
export function checkStore(folder: string): void {
  const path = join(folder, "store.db");
  let sql: SqlFile | undefined;
  try {
    sql = new SqlFile(path);
    const [[found] = []] = sql.pragma("quick_check(1)");
    if (found !== "ok") throw new Error(`malformed: ${String(found)}`);
    createTables(sql);
  } catch (error) {
    throw explain(error, path);
  } finally {
    sql?.close();
  }
}

/**
 * Holds the store's folder as a process that works with it would, so that none can begin to; the function that is returned gives it back.
 * Throws `StoreUnavailable`, whose reason is `locked` while a process works with it.
 */
export function holdStore(folder: string): () => void {
  const lock = lockFolder(folder);
  return () => lock.close();
}
