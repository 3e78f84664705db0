import type { CallConnection, Clock } from "../ports/index.ts";
import type { CallCollections, CallDocument } from "./model.ts";

export interface OrphansPorts {
  readonly collections: CallCollections;
  readonly clock: Clock;
  readonly processId: string;
  readonly claim: (filter: object) => Promise<CallDocument | null>;
  readonly takeUp: (document: CallDocument, connection: CallConnection | null) => Promise<void>;
  readonly held: (callId: string) => boolean;
  readonly log: { warn(details: object, message: string): void };
}

/** How often a process says that it lives, and looks for the calls of those that do not. */
const BEAT_MS = 1_000;
/**
 * Silence after which a process counts as gone, by the clock of the one that listens: what two machines' clocks say is never compared. A
 * late process finds its calls' epochs raised: it can neither write nor send.
 */
const GONE_AFTER_MS = 5_000;
/** What a process says that leaves in order. */
const LEFT = 0;
const AT_ONCE = 50;

/**
 * Finds calls whose process died. Most come back by themselves with their socket; this is for the others (the fifth cut, a caller who
 * hung up meanwhile, timers that are due) and for what ended calls still owe.
 */
export class Orphans {
  readonly #ports: OrphansPorts;
  #cancel: (() => void) | null = null;
  #stopped = false;
  /** What each other process said last, and when that was first seen here. */
  #heard: ReadonlyMap<string, { readonly aliveAt: number; readonly since: number }> = new Map();

  constructor(ports: OrphansPorts) {
    this.#ports = ports;
  }

  async start(): Promise<void> {
    await this.#beat();
    this.#again();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    // Not deleted: what this process still owned must be found by the others.
    await this.#ports.collections.processes
      .updateOne({ _id: this.#ports.processId }, { $set: { aliveAt: LEFT } })
      .catch(() => undefined);
  }

  #again(): void {
    if (this.#stopped) return;
    this.#cancel = this.#ports.clock.at(this.#ports.clock.now() + BEAT_MS, () => {
      this.#beat()
        .then(() => this.#adopt())
        .catch((error) => this.#ports.log.warn({ err: error }, "orphaned calls could not be looked for; trying again"))
        .finally(() => this.#again());
    });
  }

  async #beat(): Promise<void> {
    const { collections, processId, clock } = this.#ports;
    await collections.processes.updateOne({ _id: processId }, { $set: { aliveAt: clock.now() } }, { upsert: true });
  }

  /** Every other process, and whether it is gone. */
  async #listen(): Promise<readonly { readonly id: string; readonly aliveAt: number; readonly gone: boolean }[]> {
    const { collections, clock, processId } = this.#ports;
    const others = await collections.processes.find({ _id: { $ne: processId } }).toArray();
    const now = clock.now();
    const before = this.#heard;
    const sinceOf = ({ _id, aliveAt }: { readonly _id: string; readonly aliveAt: number }) => {
      const last = before.get(_id);
      return last?.aliveAt === aliveAt ? last.since : now;
    };
    this.#heard = new Map(others.map((row) => [row._id, { aliveAt: row.aliveAt, since: sinceOf(row) }]));
    return others.map((row) => ({
      id: row._id,
      aliveAt: row.aliveAt,
      gone: row.aliveAt === LEFT || now - sinceOf(row) > GONE_AFTER_MS,
    }));
  }

  async #adopt(): Promise<void> {
    const { collections, claim, takeUp, held, processId } = this.#ports;
    const others = await this.#listen();
    for (const { id: owner, aliveAt, gone } of others) {
      if (!gone) continue;
      const calls = await collections.calls.find({ owner, status: "live" }).limit(AT_ONCE).toArray();
      for (const call of calls) {
        if (held(call._id)) continue;
        const document = await claim({ _id: call._id, owner, ownerEpoch: call.ownerEpoch });
        if (document) await takeUp(document, null);
      }
      if (calls.length === 0) await collections.processes.deleteOne({ _id: owner, aliveAt });
    }
    const alive = others.filter(({ gone }) => !gone).map(({ id }) => id);
    const unsettled = await collections.calls
      .find({ unrecorded: true, unsettled: true, status: "ended", endedAt: { $gt: 0 }, owner: { $nin: alive } })
      .limit(AT_ONCE)
      .toArray();
    for (const call of unsettled) {
      if (held(call._id)) continue;
      const claimed = await collections.calls.findOneAndUpdate(
        { _id: call._id, status: "ended", ownerEpoch: call.ownerEpoch, rev: call.rev },
        { $inc: { ownerEpoch: 1 }, $set: { owner: processId } },
        { returnDocument: "after" },
      );
      if (claimed) await takeUp(claimed, null);
    }
  }
}
