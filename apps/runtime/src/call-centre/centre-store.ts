import type { CallNoteDocument, OfferDocument, ShiftDocument, WaitingCallDocument } from "./documents.ts";
import type { HandledTime } from "./handlings.ts";
import type { ShiftTimeDocument } from "./shift-times.ts";

/**
 * One entity as a commit leaves it. `isNew`: it was never stored before. Writing it again, or after a later version, changes nothing
 * (`rev` rises with every version).
 */
export type EntityWrite =
  | { readonly collection: "shifts"; readonly isNew: boolean; readonly document: ShiftDocument }
  | { readonly collection: "offers"; readonly isNew: boolean; readonly document: OfferDocument }
  | { readonly collection: "waitingCalls"; readonly isNew: boolean; readonly document: WaitingCallDocument }
  | { readonly collection: "shiftTimes"; readonly isNew: true; readonly document: ShiftTimeDocument }
  | { readonly collection: "callNotes"; readonly isNew: boolean; readonly document: CallNoteDocument };

/** The right to match for a company. `epoch` rises at each taking; a commit names it, so who lost the lease cannot write. */
export interface Lease {
  readonly companyId: string;
  readonly epoch: number;
  /** The number of the last commit. */
  readonly commit: number;
  /** The writes of the last commit: its author may have died before all of them were carried out, so they are to be done again. */
  readonly pending: readonly EntityWrite[];
}

export interface Commit {
  readonly companyId: string;
  readonly holder: string;
  readonly epoch: number;
  /** One more than the commit before. */
  readonly commit: number;
  readonly writes: readonly EntityWrite[];
  /** Whether anything of the company is open: then somebody must always hold its lease. */
  readonly live: boolean;
  /** The lease holds until then, UTC ms. */
  readonly until: number;
}

/** What the live board counts of a visit that is over. */
export type ClosedVisit = Pick<
  WaitingCallDocument,
  "_id" | "queueIds" | "joinedAt" | "closedAt" | "leftReason" | "consult"
>;

export interface OpenEntities {
  readonly shifts: readonly ShiftDocument[];
  readonly waitingCalls: readonly WaitingCallDocument[];
  readonly offers: readonly OfferDocument[];
}

/**
 * What the call centre needs of the store. Every method rejects when the store cannot be reached; then it is unknown whether it happened,
 * and asking again is safe.
 *
 * S1. A commit is one write to one document, conditional on holder, epoch and number: it happens whole or not at all, and never after
 *     the lease was taken by somebody else.
 * S2. The next commit is made only when the writes of the one before have been carried out (`apply`); who takes a lease carries them out
 *     first. So the collections always follow the commits, whoever died when.
 */
export interface CallCentreStore {
  /** Creates the indexes; safe at each start. */
  prepare(): Promise<void>;
  /** Takes the company's lease when nobody holds it at `now`; otherwise says until when somebody does. */
  take(
    companyId: string,
    holder: string,
    now: number,
    until: number,
  ): Promise<{ readonly taken: Lease } | { readonly heldUntil: number }>;
  /** False: the lease is somebody else's now. */
  renew(companyId: string, holder: string, epoch: number, until: number): Promise<boolean>;
  /** Lets go, so that another may take it at once. */
  release(companyId: string, holder: string, epoch: number): Promise<void>;
  commit(commit: Commit): Promise<"committed" | "lost">;
  apply(writes: readonly EntityWrite[]): Promise<void>;
  loadOpen(companyId: string): Promise<OpenEntities>;
  /** Companies with something open whose lease nobody holds at `now`. */
  unattended(now: number): Promise<readonly string[]>;
  /** Draws `count` places in line, one after the other; returns the first. Numbers of a company never come twice. */
  drawPlaces(companyId: string, count: number): Promise<number>;
  waitingCalls(companyId: string, ids: readonly string[]): Promise<readonly WaitingCallDocument[]>;
  /** Every visit of these calls to a line, those that are over too. */
  visitsOf(companyId: string, callIds: readonly string[]): Promise<readonly WaitingCallDocument[]>;
  /** Visits of callers that began at or after `since` and are over. */
  closedVisits(companyId: string, since: number): Promise<readonly ClosedVisit[]>;
  /** Conversations and wrap-ups that began after `since` and are over. */
  handledTimes(companyId: string, since: number): Promise<readonly HandledTime[]>;
  offers(companyId: string, ids: readonly string[]): Promise<readonly OfferDocument[]>;
  shifts(companyId: string, ids: readonly string[]): Promise<readonly ShiftDocument[]>;
  /** The newest shift of each of these operators who ever had one. */
  lastShifts(companyId: string, operatorIds: readonly string[]): Promise<readonly ShiftDocument[]>;
}
