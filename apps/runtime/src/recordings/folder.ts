import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RecordingName } from "../calls/recorder.ts";
import { BYTES_PER_MS } from "./silence.ts";

/** How a part came to an end; `open`: it is being written, or its process died. */
export type PartEnd = "open" | "closed" | "silence" | "failed";

export interface Part {
  readonly name: string;
  readonly end: PartEnd;
  readonly bytes: number;
  /** When it was last written to, UTC ms of the machine that holds the folder. */
  readonly writtenAt: number;
}

/**
 * Recordings on the disk while they are made: a folder each, `<companyId>/<recordingId>/`, with one file of raw samples for every stretch that
 * arrived without interruption, `<epoch>-<number>-<nonce>.<how it ended>.l16`. Names sort in the order in which the stretches were spoken:
 * the call's epoch rises whenever it changes hands, the number with each stretch. Several runtimes share the folder. The name of a stretch of two
 * voices that came in the other order ends with `-r`.
 */
export function recordingFolder(root: string) {
  const folderOf = ({ companyId, recordingId }: RecordingName) => {
    if (!/^co_[0-9a-f]{32}$/.test(companyId) || !/^rec_[0-9a-f]{32}$/.test(recordingId)) {
      throw new Error(`no recording is called ${companyId}/${recordingId}`);
    }
    return join(root, companyId, recordingId);
  };

  async function parts(recording: RecordingName): Promise<Part[]> {
    const folder = folderOf(recording);
    const names = await readdir(folder).catch(ifMissing([]));
    const found = await Promise.all(
      names.sort().map(async (file): Promise<Part | null> => {
        const [, name, end] = /^([\w-]+)\.(open|closed|silence|failed)\.l16$/.exec(file) ?? [];
        if (name === undefined || !isPartEnd(end)) return null;
        const about = await stat(join(folder, file)).catch(ifMissing(null));
        // Renamed since it was listed: the next look finds it under its new name.
        return about && { name, end, bytes: about.size - (about.size % 2), writtenAt: about.mtimeMs };
      }),
    );
    return found.filter((part) => part !== null);
  }

  return {
    parts,
    fileOf: (recording: RecordingName, part: string, end: PartEnd) => join(folderOf(recording), `${part}.${end}.l16`),
    /** The name of the next stretch, and the folder to put it in. Throws when the folder cannot be made. */
    async nextPart(recording: RecordingName, epoch: number, { swapped = false } = {}): Promise<string> {
      await mkdir(folderOf(recording), { recursive: true });
      const number = (await parts(recording)).length;
      const padded = [String(epoch).padStart(6, "0"), String(number).padStart(4, "0")];
      return [...padded, randomBytes(6).toString("hex"), ...(swapped ? ["r"] : [])].join("-");
    },
    /** `channels`: of a part that was cut off, what is no whole sample of each is left out. */
    async samples(recording: RecordingName, channels = 1): Promise<Buffer> {
      const files = await parts(recording);
      const read = files.map(async ({ name, end, bytes }) => {
        const whole = await readFile(join(folderOf(recording), `${name}.${end}.l16`));
        const samples = whole.subarray(0, bytes - (bytes % (2 * channels)));
        return channels === 2 && name.endsWith("-r") ? exchanged(samples) : samples;
      });
      return Buffer.concat(await Promise.all(read));
    },
    remove: (recording: RecordingName): Promise<void> => rm(folderOf(recording), { recursive: true, force: true }),
  };
}

/** Two voices, a sample of each in turn, in the other order. */
function exchanged(samples: Buffer): Buffer {
  const other = Buffer.allocUnsafe(samples.length);
  for (let at = 0; at + 4 <= samples.length; at += 4) {
    other.writeInt16LE(samples.readInt16LE(at + 2), at);
    other.writeInt16LE(samples.readInt16LE(at), at + 2);
  }
  return other;
}

export type RecordingFolder = ReturnType<typeof recordingFolder>;

export const partsMs = (parts: readonly Part[]): number =>
  Math.floor(parts.reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_PER_MS);

const ENDS: readonly string[] = ["open", "closed", "silence", "failed"] satisfies PartEnd[];

function isPartEnd(word: string | undefined): word is PartEnd {
  return word !== undefined && ENDS.includes(word);
}

function ifMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT") return value;
    throw error;
  };
}
