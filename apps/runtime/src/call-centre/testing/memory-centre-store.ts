import type { CallCentreStore, EntityWrite } from "../centre-store.ts";
import type { CallNoteDocument, OfferDocument, ShiftDocument, WaitingCallDocument } from "../documents.ts";
import type { LeaseDocument } from "../model.ts";
import type { ShiftTimeDocument } from "../shift-times.ts";

/** What a store keeps of the call centre; several processes of a test share one. */
export class MemoryCollections {
  readonly shifts = new Map<string, ShiftDocument>();
  readonly offers = new Map<string, OfferDocument>();
  readonly waitingCalls = new Map<string, WaitingCallDocument>();
  /** The ids of a call's visits, which are asked for at each decision: a simulated day has thousands. */
  readonly visits = new Map<string, string[]>();
  readonly shiftTimes = new Map<string, ShiftTimeDocument>();
  readonly callNotes = new Map<string, CallNoteDocument>();
  readonly leases = new Map<string, LeaseDocument>();
  readonly places = new Map<string, number>();
}

/** A copy of what a document is made of: values, lists and plain objects. `structuredClone` of it takes several times as long. */
function copyOf<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copy = { ...value };
  for (const key in copy) {
    const inner = copy[key];
    if (typeof inner === "object") copy[key] = copyOf(inner);
  }
  return copy;
}

/** The store's contract (centre-store.ts) in memory: each method happens at one moment, answers in a later turn, keeps copies. */
export function memoryCentreStore(
  kept: MemoryCollections,
  { copy: copied = copyOf }: { readonly copy?: <T>(value: T) => T } = {},
): CallCentreStore {
  const later = async <T>(value: T): Promise<T> => {
    const copy = copied(value);
    await new Promise(setImmediate);
    return copy;
  };
  const all = <T extends { companyId: string }>(map: Map<string, T>, companyId: string) =>
    [...map.values()].filter((one) => one.companyId === companyId);
  const some = <T extends { companyId: string }>(map: Map<string, T>, companyId: string, ids: readonly string[]) =>
    ids.flatMap((id) => map.get(id) ?? []).filter((one) => one.companyId === companyId);
  const held = (companyId: string, holder: string, epoch: number) => {
    const lease = kept.leases.get(companyId);
    return lease?.holder === holder && lease.epoch === epoch ? lease : null;
  };
  return {
    prepare: () => later(undefined),
    take(companyId, holder, now, until) {
      const lease = kept.leases.get(companyId);
      if (lease && lease.expiresAt > now) return later({ heldUntil: lease.expiresAt });
      const fresh = { _id: `acd/${companyId}`, companyId, epoch: 0, commit: 0, pending: [], live: false };
      const taken = { ...(lease ?? fresh), holder, expiresAt: until, epoch: (lease?.epoch ?? 0) + 1 };
      kept.leases.set(companyId, taken);
      return later({ taken });
    },
    renew(companyId, holder, epoch, until) {
      const lease = held(companyId, holder, epoch);
      if (lease) kept.leases.set(companyId, { ...lease, expiresAt: until });
      return later(lease !== null);
    },
    release(companyId, holder, epoch) {
      const lease = held(companyId, holder, epoch);
      if (lease) kept.leases.set(companyId, { ...lease, expiresAt: 0 });
      return later(undefined);
    },
    commit({ companyId, holder, epoch, commit, writes, live, until }) {
      const lease = held(companyId, holder, epoch);
      if (lease?.commit === commit) return later("committed" as const);
      if (lease?.commit !== commit - 1) return later("lost" as const);
      const pending = copied(writes);
      kept.leases.set(companyId, { ...lease, commit, pending, live, expiresAt: until });
      return later("committed" as const);
    },
    apply(writes) {
      for (const write of writes) applyOne(kept, copied(write));
      return later(undefined);
    },
    loadOpen(companyId) {
      return later({
        shifts: all(kept.shifts, companyId).filter((one) => one.live),
        waitingCalls: all(kept.waitingCalls, companyId).filter((one) => one.live),
        offers: all(kept.offers, companyId).filter((one) => one.live),
      });
    },
    unattended(now) {
      const due = [...kept.leases.values()].filter((lease) => lease.live && lease.expiresAt <= now);
      return later(due.map((lease) => lease.companyId));
    },
    drawPlaces(companyId, count) {
      const before = kept.places.get(companyId) ?? 0;
      kept.places.set(companyId, before + count);
      return later(before + 1);
    },
    waitingCalls: (companyId, ids) => later(some(kept.waitingCalls, companyId, ids)),
    visitsOf(companyId, callIds) {
      const ids = [...new Set(callIds)].flatMap((callId) => kept.visits.get(callId) ?? []);
      return later(some(kept.waitingCalls, companyId, ids));
    },
    closedVisits: (companyId, since) =>
      later(
        all(kept.waitingCalls, companyId).filter((one) => one.joinedAt >= since && !one.live && one.callback === null),
      ),
    handledTimes: (companyId, since) =>
      later(
        all(kept.shiftTimes, companyId).filter(
          ({ from, state }) => from > since && (state === "talking" || state === "wrapUp"),
        ),
      ),
    offers: (companyId, ids) => later(some(kept.offers, companyId, ids)),
    shifts: (companyId, ids) => later(some(kept.shifts, companyId, ids)),
    lastShifts(companyId, operatorIds) {
      if (operatorIds.length === 0) return later([]);
      const newest = operatorIds.flatMap((operatorId) => {
        const theirs = all(kept.shifts, companyId).filter((one) => one.operatorId === operatorId);
        return theirs.sort((a, b) => b.signedInAt - a.signedInAt).slice(0, 1);
      });
      return later(newest);
    },
  };
}

function applyOne(kept: MemoryCollections, { collection, isNew, document }: EntityWrite): void {
  const map: Map<string, { readonly rev: number }> = kept[collection];
  const before = map.get(document._id);
  if (isNew ? before !== undefined : before === undefined || before.rev >= document.rev) return;
  map.set(document._id, document);
  if (isNew && collection === "waitingCalls") {
    const { callId } = document;
    kept.visits.set(callId, [...(kept.visits.get(callId) ?? []), document._id]);
  }
}
