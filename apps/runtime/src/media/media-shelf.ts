import { createHash, randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { allPieces, builtInPrompts } from "@cordboard/prompts";
import type { Clock } from "../ports/index.ts";
import { openPrivateSecret, privateSecret } from "./private-path.ts";
import { wavLengthMs } from "./wav-length.ts";

/** A file that may be sent: `root` is ours, `name` was made from a hash. */
export interface MediaFile {
  readonly root: string;
  readonly name: string;
}

/** What of a file is sent: all of it, or without what comes before or after. */
export interface MediaPart extends MediaFile {
  readonly fromMs: number;
  /** Null: to its end. */
  readonly untilMs: number | null;
}

export interface MediaShelfGiven {
  /** Where audio of the companies is kept; made when it is missing. */
  readonly folder: string;
  /** The audio that ships with the product. */
  readonly promptsFolder: string;
  /** Signs private paths: the same in every process of an installation, and unknown outside. At least 32 bytes. */
  readonly key: Uint8Array;
  readonly clock: Clock;
}

const hashPattern = /^[0-9a-f]{64}$/;

/**
 * Audio by content hash: what ships with the product, what companies recorded (`shared/`, anybody who knows the hash may hear it) and
 * what is personal (`private/<companyId>/`, only under a secret that expires). A file never changes once it has its name.
 */
export function createMediaShelf({ folder, promptsFolder, key, clock }: MediaShelfGiven) {
  const builtIn = new Map<string, string>();
  for (const { audio } of Object.values(builtInPrompts)) {
    for (const { sha256, file } of Object.values(audio)) builtIn.set(sha256, file);
  }
  for (const { sha256, file } of allPieces) builtIn.set(sha256, file);
  const sharedFolder = join(folder, "shared");
  const privateFolder = (companyId: string) => join(folder, "private", companyId);

  async function keep(place: string, bytes: Uint8Array): Promise<string> {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await mkdir(place, { recursive: true });
    // Written beside and renamed: a file that has its name is whole, also after a crash.
    const unfinished = join(place, `${sha256}.${randomUUID()}.part`);
    await writeFile(unfinished, bytes, { flag: "wx" });
    await rename(unfinished, join(place, `${sha256}.wav`));
    return sha256;
  }

  async function onShelf(root: string, sha256: string): Promise<MediaFile | null> {
    const name = `${sha256}.wav`;
    const found = await stat(join(root, name)).catch(() => null);
    return found?.isFile() ? { root, name } : null;
  }

  return {
    /** Keeps audio that is not personal; returns its hash. */
    add: (bytes: Uint8Array): Promise<string> => keep(sharedFolder, bytes),
    addPrivate: (companyId: string, bytes: Uint8Array): Promise<string> => keep(privateFolder(companyId), bytes),
    /** `name`: a hash, or `<hash>-from-<ms>`, `<hash>-until-<ms>`, in whole seconds: hold music that goes on where it was. */
    async find(name: string): Promise<MediaPart | null> {
      const [, sha256, from, until] =
        /^([0-9a-f]{64})(?:-from-(\d{1,5}000))?(?:-until-(\d{1,5}000))?$/.exec(name) ?? [];
      if (sha256 === undefined) return null;
      const shipped = builtIn.get(sha256);
      const found =
        shipped === undefined ? await onShelf(sharedFolder, sha256) : { root: promptsFolder, name: shipped };
      return found && { ...found, fromMs: Number(from ?? 0), untilMs: until === undefined ? null : Number(until) };
    },
    /** `name` is the last part of a private path, without `.wav`. */
    async findPrivate(secret: string, name: string): Promise<MediaPart | null> {
      const [, sha256, from] = /^([0-9a-f]{64})(?:-from-(\d{1,8}))?$/.exec(name) ?? [];
      if (sha256 === undefined) return null;
      const companyId = openPrivateSecret(key, secret, name, clock.now());
      const found = companyId === null ? null : await onShelf(privateFolder(companyId), sha256);
      return found && { ...found, fromMs: Number(from ?? 0), untilMs: null };
    },
    /** A path, below `/media`, that opens private audio until it expires; `fromMs`: without what comes before. */
    privatePath(companyId: string, sha256: string, validMs: number, fromMs = 0): string {
      const name = fromMs === 0 ? sha256 : `${sha256}-from-${Math.round(fromMs)}`;
      const secret = privateSecret(key, { companyId, sha256: name, expiresAt: clock.now() + validMs });
      return `${secret}/${name}.wav`;
    },
    /** Private audio as it lies on the shelf; `null` when it is gone. */
    async readPrivate(companyId: string, sha256: string): Promise<Buffer | null> {
      const found = hashPattern.test(sha256) ? await onShelf(privateFolder(companyId), sha256) : null;
      return found && readFile(join(found.root, found.name));
    },
    async removePrivate(companyId: string, sha256: string): Promise<void> {
      if (hashPattern.test(sha256)) await rm(join(privateFolder(companyId), `${sha256}.wav`), { force: true });
    },
    /** How long audio plays, ms; `null` when there is no such file. */
    lengthMs(sha256: string): number | null {
      const shipped = builtIn.get(sha256);
      const file = shipped === undefined ? join(sharedFolder, `${sha256}.wav`) : join(promptsFolder, shipped);
      const found = hashPattern.test(sha256) ? statSync(file, { throwIfNoEntry: false }) : undefined;
      return found ? wavLengthMs(found.size) : null;
    },
  };
}

export type MediaShelf = ReturnType<typeof createMediaShelf>;
