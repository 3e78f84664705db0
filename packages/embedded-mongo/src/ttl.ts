import { BRACKET } from "./bson-values.ts";
import type { Collection, Index } from "./catalog.ts";
import type { Write } from "./group-commit.ts";
import { afterPrefix, encodeKey, invertKey } from "./keys.ts";
import type { Plan } from "./planner.ts";
import { Scanner } from "./scanner.ts";
import type { Store } from "./store.ts";

/** How often expired documents are looked for, in milliseconds: MongoDB's own pace. */
export const SWEEP_EVERY_MS = 60_000;

/** Removes what has expired in all collections, idle cursors and forgotten sessions; resolves when the removal is on the disk. */
export async function sweepExpired(store: Store): Promise<number> {
  store.cursors.closeIdle();
  let removed = 0;
  for (const collection of store.catalog.list()) {
    for (const index of collection.indexes) {
      if (index.ready && index.expireAfterMs !== undefined)
        removed += await store.writes.submit(() => removeExpired(store, collection, index));
    }
  }
  await store.writes.submitWhole(() => store.retries.forgetOld());
  return removed;
}

/** A document has expired when its date (the earliest, in an array) is older than the index says. Other types of value never expire. */
function* removeExpired(store: Store, collection: Collection, index: Index): Write<number> {
  const latest = new Date(store.clock.now() - (index.expireAfterMs ?? 0));
  const [from, to] = [Buffer.from([BRACKET.date]), afterPrefix(encodeKey(latest))];
  const descending = index.fields[0]?.direction === -1;
  const range = descending ? { from: afterPrefix(invertKey(to)), to: afterPrefix(invertKey(from)) } : { from, to };
  const plan: Plan = {
    scans: [{ kind: "index", index, ranges: [range], reverse: false }],
    residual: undefined,
    sorted: true,
    dedupe: true,
  };
  if (collection.dropped) return 0;
  const scanner = new Scanner(store.sql, collection, plan);
  let removed = 0;
  for (let found = scanner.step(); found !== undefined; found = scanner.step()) {
    for (const stored of found) store.documents.remove(collection, stored);
    removed += found.length;
    yield;
    if (collection.dropped || !collection.indexes.includes(index)) return removed;
  }
  return removed;
}
