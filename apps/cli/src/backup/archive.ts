import { chmodSync, linkSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { create, extract } from "tar";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { ExitCode } from "../server/connect.ts";

/** What stands in an archive beside the data. */
const Manifest = Type.Object({
  format: Type.Literal(1),
  /** When the store was copied: ISO 8601. */
  at: Type.String(),
  /** `mongodb`: the database lies elsewhere and is not in the archive. */
  store: Type.Union([Type.Literal("embedded"), Type.Literal("mongodb")]),
});
export type Manifest = Type.Static<typeof Manifest>;

const MANIFEST = "backup.json";

/** Where a backup is put together and unpacked: inside the data folder, so that files are linked and moved and not copied. */
export const stagingIn = (dataFolder: string): string => join(dataFolder, "backup-staging");

/** Made anew by each start (`address`, `lab-address`), copied apart (`store`), or no part of the data. */
const leftOut = (name: string): boolean =>
  ["store", "address", "lab-address", "backup-staging"].includes(name) || name.startsWith("before-restore-");

/** Puts all of the data folder but the store into `staging` without copying bytes: files of the installation are written once and renamed. */
export async function linkFiles(dataFolder: string, staging: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    if (!leftOut(name)) await linkTree(join(dataFolder, name), join(staging, name));
  }
}

async function linkTree(from: string, to: string): Promise<void> {
  let names: readonly string[] | null;
  try {
    names = await readdir(from);
  } catch (error) {
    const code = codeOf(error);
    // Retention deletes while this goes on; a socket or the like is no data.
    if (code === "ENOENT") return;
    if (code !== "ENOTDIR") throw error;
    names = null;
  }
  if (names !== null) {
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const name of names) await linkTree(join(from, name), join(to, name));
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    // A folder of its own disk, or a file system without links.
    await cp(from, to);
  }
}

/** Writes `staging` and the manifest into the archive `file`, which its owner alone can read: it holds secrets and what callers said. */
export async function pack(staging: string, manifest: Manifest, file: string): Promise<void> {
  await writeFile(join(staging, MANIFEST), `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
  // Recordings do not get smaller by trying harder.
  await create({ file, cwd: staging, gzip: { level: 3 }, portable: true, mode: 0o600 }, await readdir(staging));
  chmodSync(file, 0o600);
}

/** Unpacks `file` into the new folder `into` and gives its manifest; `null` for a file that is no backup, or not a whole one. */
export async function unpack(file: string, into: string): Promise<Manifest | null> {
  await mkdir(into, { recursive: true, mode: 0o700 });
  try {
    // In one go: what ends at a fault would otherwise go on writing after it has been given up.
    extract({ file, cwd: into, strict: true, preserveOwner: false, sync: true });
    const manifest: unknown = JSON.parse(await readFile(join(into, MANIFEST), "utf8"));
    await rm(join(into, MANIFEST));
    return Value.Check(Manifest, manifest) ? manifest : null;
  } catch (error) {
    // What the disk refuses is for the person to know as it is; all else says that the file is not what it should be.
    if (["ENOSPC", "EACCES", "EROFS", "EDQUOT"].includes(codeOf(error) ?? "")) throw error;
    return null;
  }
}

/** `file`'s folder is made when it is missing. */
export const folderFor = (file: string) => mkdir(dirname(file), { recursive: true });

export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}

/** Says on stderr why there is no backup, or nothing restored, and gives the exit code. */
export function fails(sentence: string, code: ExitCode = 1): ExitCode {
  console.error(sentence);
  return code;
}
