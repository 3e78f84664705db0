import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

/** Linux's file system in memory. */
const MEMORY = "/dev/shm";
/** Below it, somebody needs the memory more. All tests together write some hundred megabytes. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * A folder for what tests write, in memory where there is enough of it; gone when this process ends. Stores wait for their disk at each commit,
 * and hundreds of them are made: in memory there is nothing to wait for. Whether a commit survives that a process is killed is the same in both;
 * that the power fails is tried by no test.
 */
export function folderInMemory(): string | null {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ENOUGH_BYTES) return null;
    const folder = mkdtempSync(join(MEMORY, "cb-"));
    // As any folder for temporary files: a test that goes on as another user passes through it.
    chmodSync(folder, 0o711);
    process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
    return folder;
  } catch {
    return null;
  }
}
