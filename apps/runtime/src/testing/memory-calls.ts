import type { CallCollections, CallDocument } from "../calls/model.ts";

type Operation = {
  insertOne?: { document: CallDocument };
  updateOne?: {
    filter: { _id: string; rev: number; ownerEpoch: number };
    update: { $set?: Partial<CallDocument>; $push?: { traceTail: { $each: CallDocument["traceTail"] } } };
  };
};

const asStored = (document: CallDocument): CallDocument => JSON.parse(JSON.stringify(document));

/** Enough of a collection for StepWriter, in memory, with faults on demand. `copy`: what is kept of a document; thousands of calls that nobody changes in place are kept as they are. The store tests use a real one. */
export function memoryCalls({ copy = asStored }: { readonly copy?: (document: CallDocument) => CallDocument } = {}) {
  const documents = new Map<string, CallDocument>();
  const state = { failing: false, batches: [] as number[] };
  const collection = {
    async bulkWrite(operations: readonly Operation[]) {
      if (state.failing) throw new Error("the store does not answer");
      state.batches.push(operations.length);
      let matchedCount = 0;
      let insertedCount = 0;
      for (const { insertOne, updateOne } of operations) {
        if (insertOne) {
          if (documents.has(insertOne.document._id)) throw Object.assign(new Error("duplicate"), { code: 11000 });
          documents.set(insertOne.document._id, copy(insertOne.document));
          insertedCount += 1;
        }
        if (!updateOne) continue;
        const { filter, update } = updateOne;
        const found = documents.get(filter._id);
        if (!found || found.rev !== filter.rev || found.ownerEpoch !== filter.ownerEpoch) continue;
        matchedCount += 1;
        const pushed = update.$push ? { traceTail: [...found.traceTail, ...update.$push.traceTail.$each] } : {};
        documents.set(filter._id, copy({ ...found, ...update.$set, ...pushed }));
      }
      return { matchedCount, insertedCount };
    },
    find({ _id }: { _id: { $in: string[] } }) {
      return { toArray: async () => _id.$in.flatMap((id) => documents.get(id) ?? []) };
    },
  };
  return { collection: collection as unknown as CallCollections["calls"], documents, state };
}
