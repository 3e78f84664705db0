import type { AnyBulkWriteOperation, UpdateFilter } from "mongodb";
import type { CallCollections, CallDocument } from "./model.ts";

/** What became of a write: `lost` means that another owner or a later step has the call. */
export type WriteResult = "written" | "lost";

/** Where a call stands: what a write is conditional on, and what it leads to. */
export interface CallPosition {
  readonly rev: number;
  readonly ownerEpoch: number;
}

interface Waiting extends CallPosition {
  readonly id: string;
  /** Of a new call: whose it must be to be ours. A call that we place may be begun by two processes at once. */
  readonly owner: string | null;
  readonly operation: AnyBulkWriteOperation<CallDocument>;
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One write a step, many steps a round trip: what arrives while a bulk write is under way leaves together with the next.
 *
 * Guarantee: `written` is said only when the store has acknowledged exactly this step; rejected means *unknown* (the store was cut):
 * writing the same step again is safe, because its filter names the `rev` before it, and a repeat of a step that did land is told apart
 * by its `rev` after it.
 */
export class StepWriter {
  readonly #calls: CallCollections["calls"];
  readonly #largestBatch: number;
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(calls: CallCollections["calls"], options: { largestBatch?: number } = {}) {
    this.#calls = calls;
    this.#largestBatch = options.largestBatch ?? 256;
  }

  /** Adds a new call. A call that exists already (the same step repeated) counts as written when it is at `rev` and `ownerEpoch`. */
  insert(document: CallDocument & { readonly unsettled: boolean }): Promise<WriteResult> {
    return this.#add(document._id, document, document.owner, { insertOne: { document } });
  }

  /** Moves a call from one position to the next; `update` must set what differs of them. */
  update(id: string, from: CallPosition, to: CallPosition, update: UpdateFilter<CallDocument>): Promise<WriteResult> {
    const filter = { _id: id, rev: from.rev, ownerEpoch: from.ownerEpoch };
    return this.#add(id, to, null, { updateOne: { filter, update } });
  }

  #add(
    id: string,
    { rev, ownerEpoch }: CallPosition,
    owner: string | null,
    operation: AnyBulkWriteOperation<CallDocument>,
  ): Promise<WriteResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, rev, ownerEpoch, owner, operation, resolve, reject });
      if (!this.#busy) {
        this.#busy = true;
        // One turn later: steps of the same turn share the write.
        setImmediate(() => void this.#drain());
      }
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#largestBatch);
      try {
        await this.#write(batch);
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
    }
    this.#busy = false;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    let landed: number;
    try {
      const result = await this.#calls.bulkWrite(
        batch.map((waiting) => waiting.operation),
        { ordered: false },
      );
      landed = result.matchedCount + result.insertedCount;
    } catch (error) {
      // A duplicate key says that one call was inserted before; the others of an unordered batch have landed or say so below.
      if (!isDuplicateKey(error)) throw error;
      landed = -1;
    }
    if (landed === batch.length) {
      for (const waiting of batch) waiting.resolve("written");
      return;
    }
    const ids = batch.map((waiting) => waiting.id);
    const found = await this.#calls
      .find({ _id: { $in: ids } }, { projection: { rev: 1, ownerEpoch: 1, owner: 1 } })
      .toArray();
    const at = new Map(found.map((document) => [document._id, document]));
    for (const waiting of batch) {
      const document = at.get(waiting.id);
      const ours =
        document &&
        document.rev === waiting.rev &&
        document.ownerEpoch === waiting.ownerEpoch &&
        (waiting.owner === null || document.owner === waiting.owner);
      waiting.resolve(ours ? "written" : "lost");
    }
  }
}

function isDuplicateKey(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === 11000;
}
