import type { Connection } from "mongoose";
import type { EntityWrite } from "./centre-store.ts";
import type { CallNoteDocument, OfferDocument, ShiftDocument, WaitingCallDocument } from "./documents.ts";
import type { ShiftTimeDocument } from "./shift-times.ts";

/**
 * One company's lease with its journal of one: the commit that was made last and what it writes. It is the only document of the call
 * centre that two processes ever write to.
 */
export interface LeaseDocument {
  /** `acd/<companyId>` */
  readonly _id: string;
  readonly companyId: string;
  readonly holder: string;
  readonly epoch: number;
  readonly expiresAt: number;
  readonly commit: number;
  readonly pending: readonly EntityWrite[];
  readonly live: boolean;
}

export interface CounterDocument {
  /** `<companyId>/place` */
  readonly _id: string;
  readonly companyId: string;
  readonly value: number;
}

/** What every entity has in common for writing: a later version has a higher `rev`. */
export interface VersionedDocument {
  readonly _id: string;
  readonly rev: number;
}

/** The collections of this feature: only call-centre/ writes to them; what reads them sees a commit a moment after it was made. */
export function callCentreCollections(connection: Connection) {
  return {
    shifts: connection.collection<ShiftDocument>("shifts"),
    offers: connection.collection<OfferDocument>("offers"),
    waitingCalls: connection.collection<WaitingCallDocument>("waitingCalls"),
    shiftTimes: connection.collection<ShiftTimeDocument>("shiftTimes"),
    callNotes: connection.collection<CallNoteDocument>("callNotes"),
    leases: connection.collection<LeaseDocument>("leases"),
    counters: connection.collection<CounterDocument>("counters"),
    /** The same five, for carrying out commits. */
    entities: {
      shifts: connection.collection<VersionedDocument>("shifts"),
      offers: connection.collection<VersionedDocument>("offers"),
      waitingCalls: connection.collection<VersionedDocument>("waitingCalls"),
      shiftTimes: connection.collection<VersionedDocument>("shiftTimes"),
      callNotes: connection.collection<VersionedDocument>("callNotes"),
    },
  };
}

export type CallCentreCollections = ReturnType<typeof callCentreCollections>;

/** Creates the indexes; safe to call at each start. */
export async function prepareCallCentreCollections(collections: CallCentreCollections): Promise<void> {
  const { shifts, offers, waitingCalls, shiftTimes, callNotes, leases } = collections;
  const live = { live: true };
  await shifts.createIndex(
    { companyId: 1, operatorId: 1 },
    { name: "oneLiveShiftAnOperator", unique: true, partialFilterExpression: live },
  );
  await shifts.createIndex(
    { companyId: 1, telephoneId: 1 },
    { name: "oneLiveShiftATelephone", unique: true, partialFilterExpression: { holdsTelephone: true } },
  );
  await shifts.createIndex({ companyId: 1, operatorId: 1, signedInAt: -1 });
  await offers.createIndex({ companyId: 1 }, { name: "liveOffers", partialFilterExpression: live });
  await offers.createIndex({ companyId: 1, callId: 1, offeredAt: 1 });
  await offers.createIndex({ companyId: 1, offeredAt: 1 });
  await offers.createIndex({ companyId: 1, operatorId: 1, offeredAt: -1 });
  await waitingCalls.createIndex({ companyId: 1, place: 1 }, { name: "liveByPlace", partialFilterExpression: live });
  await waitingCalls.createIndex({ companyId: 1, callId: 1 });
  await waitingCalls.createIndex(
    { companyId: 1, joinedAt: -1, _id: -1 },
    { name: "callbacksByPromise", partialFilterExpression: { isCallback: true } },
  );
  await waitingCalls.createIndex({ companyId: 1, joinedAt: 1 });
  await shiftTimes.createIndex({ companyId: 1, from: 1 });
  await shiftTimes.createIndex({ companyId: 1, callId: 1, from: 1 });
  await shiftTimes.createIndex(
    { companyId: 1, until: 1 },
    { name: "longByEnd", partialFilterExpression: { long: true } },
  );
  await callNotes.createIndex({ companyId: 1, callId: 1 });
  await callNotes.createIndex(
    { unrecorded: 1 },
    { name: "unrecordedNotes", partialFilterExpression: { unrecorded: true } },
  );
  await leases.createIndex({ expiresAt: 1 }, { name: "liveByExpiry", partialFilterExpression: live });
}
