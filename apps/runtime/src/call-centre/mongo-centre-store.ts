import type { mongo } from "mongoose";
import type { CallCentreStore, Commit, EntityWrite, Lease } from "./centre-store.ts";
import {
  type CallCentreCollections,
  type LeaseDocument,
  prepareCallCentreCollections,
  type VersionedDocument,
} from "./model.ts";

const leaseId = (companyId: string) => `acd/${companyId}`;

/** The call centre's store over MongoDB's driver (a MongoDB or the embedded server). */
export function mongoCentreStore(collections: CallCentreCollections): CallCentreStore {
  const { shifts, offers, waitingCalls, leases, counters, entities, shiftTimes } = collections;
  return {
    prepare: () => prepareCallCentreCollections(collections),

    async take(companyId, holder, now, until) {
      const _id = leaseId(companyId);
      const taken = await leases.findOneAndUpdate(
        { _id, expiresAt: { $lte: now } },
        { $set: { holder, expiresAt: until }, $inc: { epoch: 1 } },
        { returnDocument: "after" },
      );
      if (taken) return { taken: leaseOf(taken) };
      const held = await leases.findOne({ _id });
      if (held) return { heldUntil: held.expiresAt };
      const first = { _id, companyId, holder, epoch: 1, expiresAt: until, commit: 0, pending: [], live: false };
      try {
        await leases.insertOne(first);
        return { taken: leaseOf(first) };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return { heldUntil: now };
      }
    },

    async renew(companyId, holder, epoch, until) {
      const { matchedCount } = await leases.updateOne(
        { _id: leaseId(companyId), holder, epoch },
        { $set: { expiresAt: until } },
      );
      return matchedCount === 1;
    },

    async release(companyId, holder, epoch) {
      await leases.updateOne({ _id: leaseId(companyId), holder, epoch }, { $set: { expiresAt: 0 } });
    },

    async commit({ companyId, holder, epoch, commit, writes, live, until }: Commit) {
      const _id = leaseId(companyId);
      const { matchedCount } = await leases.updateOne(
        { _id, holder, epoch, commit: commit - 1 },
        { $set: { commit, pending: [...writes], live, expiresAt: until } },
      );
      if (matchedCount === 1) return "committed";
      // Also when this very commit was made before and its acknowledgement was lost.
      const lease = await leases.findOne({ _id }, { projection: { holder: 1, epoch: 1, commit: 1 } });
      return lease?.holder === holder && lease.epoch === epoch && lease.commit === commit ? "committed" : "lost";
    },

    async apply(writes) {
      await Promise.all([
        applyShifts(entities.shifts, updatesOf(writes, "shifts")),
        applyAll(entities.offers, updatesOf(writes, "offers")),
        applyAll(entities.waitingCalls, updatesOf(writes, "waitingCalls")),
        applyAll(entities.shiftTimes, updatesOf(writes, "shiftTimes")),
        applyAll(entities.callNotes, updatesOf(writes, "callNotes")),
      ]);
    },

    async loadOpen(companyId) {
      const open = { companyId, live: true };
      const [openShifts, openCalls, openOffers] = await Promise.all([
        shifts.find(open).toArray(),
        waitingCalls.find(open).sort({ place: 1 }).toArray(),
        offers.find(open).toArray(),
      ]);
      return { shifts: openShifts, waitingCalls: openCalls, offers: openOffers };
    },

    async unattended(now) {
      const due = await leases
        .find({ live: true, expiresAt: { $lte: now } }, { projection: { companyId: 1 } })
        .toArray();
      return due.map((lease) => lease.companyId);
    },

    async drawPlaces(companyId, count) {
      const _id = `${companyId}/place`;
      const update = { $inc: { value: count }, $setOnInsert: { companyId } };
      const counter = await counters.findOneAndUpdate({ _id }, update, { upsert: true, returnDocument: "after" });
      if (!counter) throw new Error("the store answered an upsert without a document");
      return counter.value - count + 1;
    },

    async waitingCalls(companyId, ids) {
      return ids.length === 0 ? [] : await waitingCalls.find({ companyId, _id: { $in: [...ids] } }).toArray();
    },

    async visitsOf(companyId, callIds) {
      return callIds.length === 0
        ? []
        : await waitingCalls.find({ companyId, callId: { $in: [...callIds] } }).toArray();
    },

    async closedVisits(companyId, since) {
      const projection = { queueIds: 1, joinedAt: 1, closedAt: 1, leftReason: 1, consult: 1 };
      return await waitingCalls
        .find({ companyId, joinedAt: { $gte: since }, live: false, isCallback: { $ne: true } }, { projection })
        .toArray();
    },

    async handledTimes(companyId, since) {
      return await shiftTimes
        .find(
          { companyId, from: { $gt: since }, state: { $in: ["talking", "wrapUp"] } },
          { projection: { queueId: 1, state: 1, from: 1, until: 1 } },
        )
        .toArray();
    },

    async offers(companyId, ids) {
      return ids.length === 0 ? [] : await offers.find({ companyId, _id: { $in: [...ids] } }).toArray();
    },

    async shifts(companyId, ids) {
      return ids.length === 0 ? [] : await shifts.find({ companyId, _id: { $in: [...ids] } }).toArray();
    },

    async lastShifts(companyId, operatorIds) {
      const newest = operatorIds.map((operatorId) =>
        shifts.find({ companyId, operatorId }).sort({ signedInAt: -1 }).limit(1).toArray(),
      );
      return (await Promise.all(newest)).flat();
    },
  };
}

const leaseOf = ({ companyId, epoch, commit, pending }: LeaseDocument): Lease => ({
  companyId,
  epoch,
  commit,
  pending,
});

type Entities = CallCentreCollections["entities"]["shifts"];
type Update = mongo.AnyBulkWriteOperation<VersionedDocument>;

/** New entities are added unless they are there; others replaced unless they are there in this version or a later one. */
function updatesOf(writes: readonly EntityWrite[], collection: EntityWrite["collection"]): Update[] {
  return writes
    .filter((write) => write.collection === collection)
    .map(({ isNew, document }) => {
      const { _id, ...fields } = document;
      return isNew
        ? { updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true } }
        : { updateOne: { filter: { _id, rev: { $lt: fields.rev } }, update: { $set: fields } } };
    });
}

async function applyAll(entities: Entities, updates: Update[]): Promise<void> {
  if (updates.length > 0) await entities.bulkWrite(updates, { ordered: true });
}

/**
 * Shifts that exchange telephones, or an operator's old and new shift, cannot be written one after the other in every order without
 * breaking a unique index on the way. Then the marks that the indexes go by are taken off first; the commit is consistent as a whole.
 */
async function applyShifts(shifts: Entities, updates: Update[]): Promise<void> {
  try {
    await applyAll(shifts, updates);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const lifted = updates.flatMap((update) =>
      "updateOne" in update && !update.updateOne.upsert
        ? [{ updateOne: { filter: update.updateOne.filter, update: { $set: { live: false, holdsTelephone: false } } } }]
        : [],
    );
    await applyAll(shifts, [...lifted, ...updates]);
  }
}

function isDuplicateKey(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === 11000;
}
