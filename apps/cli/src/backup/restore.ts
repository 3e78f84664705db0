import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkStore, holdStore, StoreUnavailable } from "@cordboard/embedded-mongo";
import { addressIn, type ExitCode } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { codeOf, fails, stagingIn, unpack } from "./archive.ts";

export interface RestoreOptions {
  /** Sets aside what the data folder holds. */
  readonly replace?: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly root: string;
}

/**
 * Puts a backup in the place of the data folder's content. Nothing is touched before the file has been unpacked and its store read to the
 * end; what was there before is set aside in the data folder, never deleted. Refused while the installation runs.
 */
export async function restore(file: string, options: RestoreOptions): Promise<ExitCode> {
  const dataFolder = resolve(options.root, options.env.CORDBOARD_DATA ?? "data");
  const archive = resolve(file);
  if (!existsSync(archive)) return fails(t("restore.missing", { file: archive }));
  const staging = stagingIn(dataFolder);
  let letGo = () => {};
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    if (await runs(dataFolder)) return fails(t("restore.running", { folder: dataFolder }));
    if (existsSync(join(dataFolder, "store"))) letGo = holdStore(join(dataFolder, "store"));
    await rm(staging, { recursive: true, force: true });
    const before = (await readdir(dataFolder)).filter((name) => !name.startsWith("before-restore-"));
    if (before.length > 0 && !options.replace) return fails(t("restore.notEmpty", { folder: dataFolder }));
    const manifest = await unpack(archive, staging);
    if (manifest === null) return fails(t("restore.noBackup", { file: archive }));
    if (manifest.store === "embedded") checkStore(join(staging, "store"));

    const aside = join(dataFolder, `before-restore-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`);
    if (before.length > 0) await mkdir(aside, { mode: 0o700 });
    for (const name of before) await rename(join(dataFolder, name), join(aside, name));
    for (const name of await readdir(staging)) await rename(join(staging, name), join(dataFolder, name));
    console.log(t("restore.done", { folder: dataFolder, at: manifest.at }));
    if (before.length > 0) console.log(t("restore.aside", { folder: aside }));
    if (manifest.store === "mongodb") console.log(t("restore.mongodb"));
    return 0;
  } catch (error) {
    if (error instanceof StoreUnavailable) {
      return fails(error.reason === "locked" ? t("restore.running", { folder: dataFolder }) : error.message);
    }
    const code = codeOf(error);
    if (code === null) throw error;
    return fails(t("restore.failed", { folder: dataFolder, code }));
  } finally {
    letGo();
    await rm(staging, { recursive: true, force: true });
  }
}

/** Whether an installation of this folder answers: with a MongoDB elsewhere no lock says so. */
async function runs(dataFolder: string): Promise<boolean> {
  if (!existsSync(join(dataFolder, "address"))) return false;
  try {
    await fetch(`${addressIn(dataFolder)}/health`, { signal: AbortSignal.timeout(3_000) });
    return true;
  } catch {
    return false;
  }
}
