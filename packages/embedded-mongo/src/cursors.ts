import { randomBytes } from "node:crypto";
import { Long } from "bson";
import { MongoError } from "./errors.ts";
import type { BatchSource } from "./find-stream.ts";

/** MongoDB's time after which a cursor that nobody asks is closed, in milliseconds. */
const IDLE_MS = 10 * 60 * 1000;

export interface OpenCursor {
  readonly id: Long;
  readonly ns: string;
  readonly source: BatchSource;
  usedAt: number;
}

/** The cursors that have more to give. */
export class Cursors {
  readonly #now: () => number;
  readonly #open = new Map<string, OpenCursor>();

  constructor(now: () => number) {
    this.#now = now;
  }

  open(ns: string, source: BatchSource): Long {
    const bytes = randomBytes(8);
    const id = new Long(bytes.readInt32LE(0), bytes.readInt32LE(4) & 0x7fffffff);
    this.#open.set(id.toString(), { id, ns, source, usedAt: this.#now() });
    return id;
  }

  /** Throws `CursorNotFound`. */
  get(id: Long, ns: string): OpenCursor {
    const cursor = this.#open.get(id.toString());
    if (cursor === undefined || cursor.ns !== ns) throw new MongoError(43, `cursor id ${id.toString()} not found`);
    cursor.usedAt = this.#now();
    return cursor;
  }

  /** Whether there was one. */
  close(id: Long): boolean {
    return this.#open.delete(id.toString());
  }

  closeIdle(): void {
    for (const [key, cursor] of this.#open) if (this.#now() - cursor.usedAt > IDLE_MS) this.#open.delete(key);
  }
}
