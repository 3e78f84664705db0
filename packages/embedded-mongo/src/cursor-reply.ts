import { Long } from "bson";
import { encode } from "./bson-values.ts";
import type { BatchLimits, BatchSource } from "./find-stream.ts";
import { BSON_ARRAY, BSON_DOCUMENT, MAX_DOCUMENT_BYTES, rawArray, rawDocument, rawElement } from "./raw-bson.ts";
import type { Request } from "./request.ts";
import type { Store } from "./store.ts";

/** MongoDB's size of a first batch when none is asked for, in documents. */
const FIRST_BATCH = 101;
const NONE = Long.fromNumber(0);

/** The first batch of a new cursor. `single` closes it whatever is left. */
export async function firstBatch(
  request: Request,
  store: Store,
  ns: string,
  source: BatchSource,
  batchSize: number | undefined,
  single = false,
): Promise<Buffer> {
  const { documents, done } = await source.next(limitsOf(request, store, batchSize ?? FIRST_BATCH));
  const id = done || single ? NONE : store.cursors.open(ns, source);
  return cursorReply("firstBatch", documents, id, ns);
}

export async function nextBatch(
  request: Request,
  store: Store,
  ns: string,
  id: Long,
  batchSize: number | undefined,
): Promise<Buffer> {
  const cursor = store.cursors.get(id, ns);
  try {
    const { documents, done } = await cursor.source.next(
      limitsOf(request, store, batchSize ?? Number.POSITIVE_INFINITY),
    );
    if (done) store.cursors.close(id);
    return cursorReply("nextBatch", documents, done ? NONE : id, ns);
  } catch (error) {
    store.cursors.close(id);
    throw error;
  }
}

export function limitsOf(request: Request, store: Store, documents: number): BatchLimits {
  return {
    documents,
    bytes: MAX_DOCUMENT_BYTES,
    checkTime: request.timeLimit(() => store.clock.now()),
  };
}

/** The documents go in raw: what was only read is never decoded and encoded again. */
function cursorReply(batch: "firstBatch" | "nextBatch", documents: readonly Buffer[], id: Long, ns: string): Buffer {
  const rest = encode({ id, ns });
  const cursor = rawDocument([rawElement(BSON_ARRAY, batch, rawArray(documents)), rest.subarray(4, rest.length - 1)]);
  const ok = encode({ ok: 1 });
  return rawDocument([rawElement(BSON_DOCUMENT, "cursor", cursor), ok.subarray(4, ok.length - 1)]);
}

/** A result that is there already. */
export function listSource(documents: readonly Buffer[]): BatchSource {
  let at = 0;
  return {
    next: async (limits) => {
      const batch: Buffer[] = [];
      let bytes = 0;
      for (let next = documents[at]; next !== undefined && batch.length < limits.documents; next = documents[at]) {
        if (batch.length > 0 && bytes + next.length > limits.bytes) break;
        bytes += next.length;
        batch.push(next);
        at += 1;
      }
      return { documents: batch, done: at >= documents.length };
    },
  };
}
