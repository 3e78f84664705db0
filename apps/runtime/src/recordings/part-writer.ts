import { open, rename, stat, unlink } from "node:fs/promises";
import type { PartEnd, RecordingFolder } from "./folder.ts";
import type { RecordingGrant } from "./grant.ts";
import { BYTES_PER_MS, SilenceWatch } from "./silence.ts";

/** What a `kill -9` can cost beside what is still in the socket: audio is handed to the operating system this often. */
const WRITE_EACH_MS = 100;
/** And to the disk this often: what a power cut can cost. */
const SYNC_EACH_MS = 1_000;
/** What is left of the silence that ended a recording. */
const KEPT_SILENCE_MS = 300;

/**
 * Writes one stretch of a recording as it arrives. Frames are taken at once and written in order behind; `ended` resolves when all is on the
 * disk and the file says by its name how it ended. After a fault nothing more is written.
 */
export class PartWriter {
  readonly ended: Promise<PartEnd>;
  readonly #grant: RecordingGrant;
  readonly #folder: RecordingFolder;
  readonly #onOver: (how: "silence" | "failed" | "full") => void;
  readonly #silence: SilenceWatch | null;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #taken = 0;
  #over: PartEnd | null = null;
  readonly #bytesPerMs: number;
  #wake: () => void = () => {};

  /** `onOver`: nothing more is wanted from the sender; called once at most, not after `close`. */
  constructor(grant: RecordingGrant, folder: RecordingFolder, onOver: (how: "silence" | "failed" | "full") => void) {
    this.#grant = grant;
    this.#bytesPerMs = BYTES_PER_MS * (grant.channels ?? 1);
    this.#folder = folder;
    this.#onOver = onOver;
    this.#silence = grant.silenceMs === null ? null : new SilenceWatch(grant.silenceMs);
    this.ended = this.#write();
  }

  /** Takes L16 little-endian as it came. */
  take(audio: Buffer): void {
    if (this.#over) return;
    const room = this.#grant.maxMs * this.#bytesPerMs - this.#taken;
    const taken = audio.subarray(0, Math.max(0, room));
    this.#taken += taken.length;
    this.#waiting.push(taken);
    this.#waitingBytes += taken.length;
    if (this.#silence?.hear(taken)) this.#finish("silence", "silence");
    else if (taken.length < audio.length) this.#finish("closed", "full");
    else if (this.#waitingBytes >= WRITE_EACH_MS * this.#bytesPerMs) this.#wake();
  }

  /** The sender is gone. */
  close(): void {
    if (this.#over) return;
    this.#over = "closed";
    this.#wake();
  }

  #finish(end: PartEnd, how: "silence" | "full"): void {
    this.#over = end;
    this.#wake();
    this.ended.then((reached) => this.#onOver(reached === "failed" ? "failed" : how));
  }

  async #write(): Promise<PartEnd> {
    const { part } = this.#grant;
    const file = (end: PartEnd) => this.#folder.fileOf(this.#grant, part, end);
    let opened = false;
    try {
      // A grant is good once, and may have been used at another process: its file is there already, or has the name that it got at its
      // end. That is looked at with the first name taken: before, the file could be renamed between the two looks.
      const handle = await open(file("open"), "wx", 0o600);
      try {
        for (const end of ["closed", "silence", "failed"] as const) {
          if (!(await stat(file(end)).catch(() => null))) continue;
          await unlink(file("open"));
          throw new Error("this part of a recording was sent before");
        }
        opened = true;
        await this.#pump(handle);
        if (this.#over === "silence" && this.#silence) {
          const kept = Math.min(this.#taken, (this.#silence.lastHeardMs + KEPT_SILENCE_MS) * this.#bytesPerMs);
          await handle.truncate(kept);
        }
        await handle.datasync();
      } finally {
        await handle.close();
      }
      const end = this.#over ?? "closed";
      await rename(file("open"), file(end));
      return end;
    } catch {
      const unexpected = this.#over === null;
      this.#over = "failed";
      this.#waiting = [];
      if (opened) await rename(file("open"), file("failed")).catch(() => undefined);
      if (unexpected) this.#onOver("failed");
      return "failed";
    }
  }

  async #pump(handle: Awaited<ReturnType<typeof open>>): Promise<void> {
    let unsynced = 0;
    for (;;) {
      if (this.#waitingBytes < WRITE_EACH_MS * this.#bytesPerMs && !this.#over) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      const over = this.#over;
      const audio = Buffer.concat(this.#waiting);
      this.#waiting = [];
      this.#waitingBytes = 0;
      if (audio.length > 0) await handle.appendFile(audio);
      unsynced += audio.length;
      if (unsynced >= SYNC_EACH_MS * this.#bytesPerMs) {
        unsynced = 0;
        await handle.datasync();
      }
      if (over && this.#waiting.length === 0) return;
    }
  }
}
