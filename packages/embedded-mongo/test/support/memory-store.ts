import { type Doc, decode, encode } from "../../src/bson-values.ts";
import type { Clock } from "../../src/clock.ts";
import { runCommand } from "../../src/commands/index.ts";
import { SqlFile } from "../../src/sql-file.ts";
import { makeStore, type Store } from "../../src/store.ts";
import { createTables } from "../../src/store-file.ts";
import { parseMessage, replyMessage } from "../../src/wire.ts";

/** A clock that moves only when told to. */
export class StillClock implements Clock {
  ms = Date.UTC(2026, 0, 1);
  readonly #runs: (() => void)[] = [];

  now(): number {
    return this.ms;
  }

  every(_ms: number, run: () => void): () => void {
    this.#runs.push(run);
    return () => {};
  }

  /** Lets time pass and whatever is done regularly happen once. */
  pass(ms: number): void {
    this.ms += ms;
    for (const run of this.#runs) run();
  }
}

export interface MemoryStore {
  readonly store: Store;
  readonly clock: StillClock;
  /** Runs a command as if it had come over the wire: encoded, parsed, answered, decoded. */
  run(command: Doc, db?: string): Promise<Doc>;
  close(): void;
}

export function memoryStore(): MemoryStore {
  const sql = new SqlFile(":memory:");
  createTables(sql);
  const clock = new StillClock();
  const store = makeStore(sql, clock);
  return {
    store,
    clock,
    run: async (command, db = "test") => {
      const wire = parseMessage(replyMessage({ requestId: 7, legacy: false }, { ...command, $db: db }));
      const reply = await runCommand(wire, store);
      return Buffer.isBuffer(reply) ? decode(reply) : decode(encode(reply));
    },
    close: () => sql.close(),
  };
}
