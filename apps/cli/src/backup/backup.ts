import { existsSync, statSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { copyStore, StoreUnavailable } from "@cordboard/embedded-mongo";
import type { ExitCode } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { codeOf, fails, folderFor, linkFiles, pack, stagingIn } from "./archive.ts";

export interface BackupOptions {
  readonly json?: boolean;
  /** Writes over a file of that name. */
  readonly force?: boolean;
  /** How many backups stay in the folder: the newest ones. */
  readonly keep?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly root: string;
}

/** Of this machine's clock, to the second: sorted by name is sorted by time. */
const nameAt = (now: Date) => `cordboard-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z.tar.gz`;
const isBackup = (name: string) => /^cordboard-\d{8}T\d{6}Z\.tar\.gz$/.test(name);

/**
 * Writes everything that an installation keeps into one file, while it runs or stands still: the store as of one moment, then the media and
 * secrets that it names. `target` is a file or a folder; without one the file is put where the command is given. A file that has its name is
 * whole: it is written beside and renamed.
 */
export async function backUp(target: string | undefined, options: BackupOptions): Promise<ExitCode> {
  const dataFolder = resolve(options.root, options.env.CORDBOARD_DATA ?? "data");
  if (!existsSync(join(dataFolder, "secrets.json"))) return fails(t("backup.noData", { folder: dataFolder }), 1);
  const keep = options.keep === undefined ? null : Number(options.keep);
  if (keep !== null && !(Number.isInteger(keep) && keep > 0)) return fails(t("backup.keepWrong"), 64);
  const at = new Date();
  const given = resolve(target ?? ".");
  const inFolder = existsSync(given) ? statSync(given).isDirectory() : /[/\\]$/.test(target ?? "");
  const file = inFolder ? join(given, nameAt(at)) : given;
  if (keep !== null && !inFolder) return fails(t("backup.keepNeedsFolder"), 64);
  if (existsSync(file) && !options.force) return fails(t("backup.exists", { file }), 1);

  const staging = stagingIn(dataFolder);
  const unfinished = `${file}.part`;
  try {
    await folderFor(file);
    // What an earlier one that was cut off left behind.
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { mode: 0o700 });
    const embedded = !options.env.MONGODB_URI && copyStore(join(dataFolder, "store"), join(staging, "store"));
    await linkFiles(dataFolder, staging);
    await pack(staging, { format: 1, at: at.toISOString(), store: embedded ? "embedded" : "mongodb" }, unfinished);
    await onDisk(unfinished);
    await rename(unfinished, file);
    const { size } = await stat(file);
    const removed = keep === null ? [] : await removeOlder(dirname(file), keep);
    if (options.json) console.log(JSON.stringify({ file, bytes: size, database: embedded, removed }));
    else {
      console.log(t("backup.done", { file, size: megabytes(size) }));
      for (const name of removed) console.log(t("backup.removed", { name }));
      if (!embedded) console.log(t("backup.mongodb"));
      if (options.env.CORDBOARD_SECRET) console.log(t("backup.ownSecret"));
    }
    return 0;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (error instanceof StoreUnavailable) return fails(error.message, 1);
    const code = codeOf(error);
    if (code === null) throw error;
    return fails(t("backup.failed", { file, code }), 1);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function removeOlder(folder: string, keep: number): Promise<readonly string[]> {
  const older = (await readdir(folder)).filter(isBackup).sort().slice(0, -keep);
  for (const name of older) await rm(join(folder, name));
  return older;
}

async function onDisk(file: string): Promise<void> {
  const handle = await open(file, "r+");
  await handle.sync();
  await handle.close();
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
