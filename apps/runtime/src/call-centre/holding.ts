import type { AcdEvent, AcdState, Decide, Intent, Moment, Result, Shift } from "@cordboard/acd";
import type { CurrentCallView, Dial, PassedOn } from "../ports/index.ts";
import { callOn } from "./callback-ids.ts";
import type { EntityWrite, OpenEntities } from "./centre-store.ts";
import { deskCall, withAcknowledged, withHelp, withNotice, withSupervisorNotice } from "./desk.ts";
import {
  type CallNoteDocument,
  callNoteDocument,
  type Desk,
  deskOf,
  emptyDesk,
  offerDocument,
  offerOf,
  shiftDocument,
  shiftOf,
  type WaitingExtra,
  waitingCallDocument,
  waitingCallOf,
} from "./documents.ts";
import { offlineView, operatorView, shownOf } from "./operator-view.ts";
import { type ShiftTime, shiftTime } from "./shift-times.ts";

/** What one commit writes and what follows from it once it is made. */
export interface Outcome {
  readonly writes: readonly EntityWrite[];
  readonly intents: readonly Intent[];
  /** Operators whose row changed. */
  readonly operatorIds: readonly string[];
}

type Versioned = { readonly id: string; readonly rev: number; readonly closedAt: number | null };

/**
 * A company's call centre in the memory of the process that matches for it. It runs ahead of the store by the decisions of one commit;
 * when that commit fails the lease is lost and all of this is thrown away, so nothing is ever taken back.
 */
export class Holding {
  readonly extras = new Map<string, WaitingExtra>();
  readonly #decide: Decide;
  readonly #desks = new Map<string, Desk>();
  readonly #lastDesks = new Map<string, { readonly since: number; readonly desk: Desk }>();
  readonly #changedOperators = new Set<string>();
  readonly #changedDesks = new Set<string>();
  /** By operator. */
  readonly #openShifts = new Map<string, string>();
  #state: AcdState;
  /** As it was after the last commit. */
  #stored: AcdState;
  #intents: Intent[] = [];
  #times: ShiftTime[] = [];
  #notes = new Map<string, CallNoteDocument>();
  #noticeCount = 0;

  constructor(decide: Decide, base: Omit<AcdState, "shifts" | "calls" | "offers">, open: OpenEntities) {
    this.#decide = decide;
    this.#state = {
      ...base,
      shifts: byId(open.shifts.map(shiftOf)),
      calls: byId(open.waitingCalls.map(waitingCallOf)),
      offers: byId(open.offers.map(offerOf)),
    };
    this.#stored = this.#state;
    for (const { _id, desk } of open.shifts) this.#desks.set(_id, deskOf(desk));
    for (const shift of Object.values(this.#state.shifts)) this.#noteOpen(shift);
    for (const { _id, extra } of open.waitingCalls) this.extras.set(_id, extra);
  }

  get state(): AcdState {
    return this.#state;
  }

  openShiftOf(operatorId: string): Shift | undefined {
    const id = this.#openShifts.get(operatorId);
    return id === undefined ? undefined : this.#state.shifts[id];
  }

  /** Decides and remembers what follows. Throws (a bug) without having changed anything. */
  decide(event: AcdEvent, moment: Moment): Result {
    const before = this.#state;
    const { state, intents, result } = this.#decide(before, event, moment);
    this.#state = state;
    this.#intents.push(...intents);
    for (const shift of Object.values(state.shifts)) {
      const was = before.shifts[shift.id];
      if (was === shift) continue;
      this.#noteOpen(shift);
      this.#shiftChanged(shift, { now: moment.now, byItself: event.type === "sweep" });
      const time = shiftTime(was, shift);
      if (time) this.#times.push(time);
    }
    for (const intent of intents) {
      if ("operatorId" in intent) this.#changedOperators.add(intent.operatorId);
      if ("shiftId" in intent) this.#notice(intent.shiftId, intent, moment.now);
    }
    return result;
  }

  /** Shows a supervisor's notice to an operator, once. */
  addNotice(shiftId: string, notice: Parameters<typeof withSupervisorNotice>[1]): void {
    this.#changeDesk(shiftId, (desk) => withSupervisorNotice(desk, notice));
  }

  acknowledge(shiftId: string, noticeId: string): void {
    this.#changeDesk(shiftId, (desk) => withAcknowledged(desk, noticeId));
  }

  /** What an operator dials, to be kept with the decision that follows. Returns how to take it back. */
  noteDial(shiftId: string, dial: Dial): () => void {
    const before = this.#deskOf(shiftId);
    this.#desks.set(shiftId, { ...before, dial });
    return () => this.#desks.set(shiftId, before);
  }

  /** What an operator dialled, until the call is over. */
  dialOf(shiftId: string, callId: string): Dial | undefined {
    const { dial } = this.#deskOf(shiftId);
    return dial?.callId === callId ? dial : undefined;
  }

  /** How the conversation goes of the operator who has the call by this offer, or dialled it (no offer). */
  changeTalk(
    { callId, offerId }: { readonly callId: string; readonly offerId: string | null },
    part: Partial<Pick<CurrentCallView, "muted" | "held" | "heldSince" | "recording" | "consult" | "listeners">>,
  ): void {
    for (const shift of Object.values(this.#state.shifts)) {
      const desk = this.#deskOf(shift.id);
      if (desk.call?.offerId !== offerId) continue;
      if (offerId === null && desk.call.callId !== callId) continue;
      this.#desks.set(shift.id, { ...desk, call: { ...desk.call, ...part } });
      this.#changedOperators.add(shift.operatorId);
    }
  }

  /** Who was asked first, by this offer, has the call now: it is their own, with what was chosen and noted before. Told twice, it is given once. */
  giveCall(offerId: string, from: PassedOn): void {
    for (const shift of Object.values(this.#state.shifts)) {
      const { call } = this.#deskOf(shift.id);
      if (call?.offerId !== offerId || !call.card.consultedBy) continue;
      const card = { ...call.card, consultedBy: null, passedOn: [...(call.card.passedOn ?? []), from] };
      this.#changeDesk(shift.id, (desk) => ({ ...desk, call: { ...call, card } }));
    }
  }

  /**
   * The operator asks for help with the call on their desk, or needs none any more (`since` null); false when another call is there, or none.
   * Asked again, it counts from the first time.
   */
  askHelp(shift: Shift, callId: string, since: number | null): boolean {
    const { call } = this.#deskOf(shift.id);
    if (call === null || call.callId !== callId) return false;
    this.#changeDesk(shift.id, (desk) => withHelp(desk, since));
    return true;
  }

  /** Somebody has seen to the operator who asked for help. */
  helped(shiftId: string): void {
    this.#changeDesk(shiftId, (desk) => withHelp(desk, null));
  }

  /** Keeps what the operator says came of the call on their desk; false when another one is, or none. */
  noteCall(
    shift: Shift,
    { callId, outcome, note }: { readonly callId: string; readonly outcome: string | null; readonly note: string },
    now: number,
  ): boolean {
    const desk = this.#deskOf(shift.id);
    const { call } = desk;
    if (call === null || call.callId !== callId) return false;
    if (call.outcome === outcome && call.note === note) return true;
    const noted = { ...call, outcome, note, noteRev: call.noteRev + 1 };
    this.#desks.set(shift.id, { ...desk, call: noted });
    const document = callNoteDocument(shift, noted, now);
    this.#notes.set(document._id, document);
    this.#changedOperators.add(shift.operatorId);
    return true;
  }

  /** The writes of everything that was decided since the last commit. Closed entities leave the memory with it. */
  takeOutcome(commit: number): Outcome {
    this.#markSeen(commit);
    const writes = [...this.#writes(), ...this.#timeWrites(commit), ...this.#noteWrites()];
    const intents = this.#intents;
    this.#intents = [];
    const operatorIds = [...this.#changedOperators];
    this.#changedOperators.clear();
    this.#changedDesks.clear();
    this.#dropClosed();
    return { writes, intents, operatorIds };
  }

  /** Whether anything is open: then somebody must always match for this company. */
  get live(): boolean {
    const { shifts, calls, offers } = this.#state;
    return [shifts, calls, offers].some((entities) => Object.values(entities).some((one) => one.closedAt === null));
  }

  /** Tells what the store knows of an operator's last shift, for the view of one who is not signed in. */
  rememberLast(operatorId: string, last: { readonly since: number; readonly desk: Desk }): void {
    if (this.#lastDesks.has(operatorId)) return;
    this.#lastDesks.set(operatorId, { since: last.since, desk: deskOf(last.desk) });
  }

  knowsLast(operatorId: string): boolean {
    return this.#lastDesks.has(operatorId);
  }

  view(operatorId: string) {
    const shift = this.openShiftOf(operatorId);
    if (!shift) return offlineView(this, operatorId, this.#lastDesks.get(operatorId));
    return operatorView(this, operatorId, shift, this.#deskOf(shift.id));
  }

  #noteOpen({ id, operatorId, closedAt }: Shift): void {
    if (closedAt === null) this.#openShifts.set(operatorId, id);
    else if (this.#openShifts.get(operatorId) === id) this.#openShifts.delete(operatorId);
  }

  #changeDesk(shiftId: string, change: (desk: Desk) => Desk): void {
    const shift = this.#state.shifts[shiftId];
    const desk = this.#deskOf(shiftId);
    const changed = change(desk);
    if (!shift || changed === desk) return;
    this.#desks.set(shiftId, changed);
    this.#changedOperators.add(shift.operatorId);
  }

  #deskOf(shiftId: string): Desk {
    return this.#desks.get(shiftId) ?? emptyDesk;
  }

  #shiftChanged(shift: Shift, decided: { readonly now: number; readonly byItself: boolean }): void {
    this.#changedOperators.add(shift.operatorId);
    const desk = this.#deskOf(shift.id);
    const call = deskCall(desk, shift, (offerId) => this.#shownOf(offerId), decided);
    if (call !== desk.call) this.#desks.set(shift.id, { ...desk, call });
  }

  #shownOf(offerId: string) {
    return shownOf(this, this.#state.offers[offerId]?.waitingCallId ?? "");
  }

  #notice(shiftId: string, intent: Intent, now: number): void {
    const desk = this.#deskOf(shiftId);
    const noticeId = `${now.toString(36)}.${this.#noticeCount}`;
    const noticed = withNotice(desk, intent, { noticeId, callId: this.#callOf(shiftId, intent), now });
    if (noticed === desk) return;
    this.#noticeCount += 1;
    this.#desks.set(shiftId, noticed);
  }

  /** The call that an intent is about: of a callback, the one that is placed for the offer. */
  #callOf(shiftId: string, intent: Intent): string | null {
    if (!("callId" in intent) || intent.callId === null) return null;
    const last = this.#state.shifts[shiftId]?.lastOffer?.offerId ?? null;
    return callOn({ callId: intent.callId, offerId: "offerId" in intent ? intent.offerId : last });
  }

  /** The commit's number is what the operator's row is known by: it rises with every change and never falls. */
  #markSeen(commit: number): void {
    for (const shift of Object.values(this.#state.shifts)) {
      if (!this.#changedOperators.has(shift.operatorId)) continue;
      this.#desks.set(shift.id, { ...this.#deskOf(shift.id), seq: commit });
      this.#changedDesks.add(shift.id);
    }
  }

  #writes(): EntityWrite[] {
    const writes: EntityWrite[] = [];
    const before = this.#stored;
    const shifts = versioned(this.#state.shifts, before.shifts, this.#changedDesks, ({ entity, isNew }) =>
      writes.push({ collection: "shifts", isNew, document: shiftDocument(entity, this.#deskOf(entity.id)) }),
    );
    const offers = versioned(this.#state.offers, before.offers, none, ({ entity, isNew }) =>
      writes.push({ collection: "offers", isNew, document: offerDocument(entity) }),
    );
    const calls = versioned(this.#state.calls, before.calls, none, ({ entity, isNew }) => {
      const extra = this.extras.get(entity.id);
      if (!extra) throw new Error(`bug: waiting call ${entity.id} joined without its card`);
      writes.push({ collection: "waitingCalls", isNew, document: waitingCallDocument(entity, extra) });
    });
    this.#state = { ...this.#state, shifts, offers, calls };
    return writes;
  }

  #timeWrites(commit: number): EntityWrite[] {
    const times = this.#times;
    this.#times = [];
    return times.map((time, at) => {
      const document = { _id: `${time.shiftId}.${commit}.${at}`, ...time };
      return { collection: "shiftTimes", isNew: true, document };
    });
  }

  /** Several changes of one commit are one write: as new as the first of them. */
  #noteWrites(): EntityWrite[] {
    const notes = [...this.#notes.values()];
    this.#notes.clear();
    return notes.flatMap((document): EntityWrite[] => [
      { collection: "callNotes", isNew: true, document },
      { collection: "callNotes", isNew: false, document },
    ]);
  }

  #dropClosed(): void {
    const { shifts, offers, calls } = this.#state;
    for (const shift of Object.values(shifts)) {
      if (shift.closedAt === null) continue;
      const desk = { ...this.#deskOf(shift.id), call: null };
      this.#lastDesks.set(shift.operatorId, { since: shift.closedAt, desk });
      this.#desks.delete(shift.id);
    }
    for (const call of Object.values(calls)) if (call.closedAt !== null) this.extras.delete(call.id);
    this.#state = { ...this.#state, shifts: opened(shifts), offers: opened(offers), calls: opened(calls) };
    this.#stored = this.#state;
  }
}

const none: ReadonlySet<string> = new Set();

/** Raises `rev` of everything that changed and tells of it; what did not change stays the same object. */
function versioned<T extends Versioned>(
  now: Readonly<Record<string, T>>,
  before: Readonly<Record<string, T>>,
  alsoChanged: ReadonlySet<string>,
  tell: (change: { readonly entity: T; readonly isNew: boolean }) => void,
): Readonly<Record<string, T>> {
  let after: Record<string, T> | null = null;
  for (const id in now) {
    const entity = now[id];
    if (entity === undefined || (entity === before[id] && !alsoChanged.has(id))) continue;
    after ??= { ...now };
    const raised = { ...entity, rev: entity.rev + 1 };
    after[id] = raised;
    tell({ entity: raised, isNew: entity.rev === 0 });
  }
  return after ?? now;
}

function opened<T extends Versioned>(entities: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  for (const id in entities) {
    if (entities[id]?.closedAt !== null)
      return Object.fromEntries(Object.entries(entities).filter(([, entity]) => entity.closedAt === null));
  }
  return entities;
}

function byId<T extends { readonly id: string }>(entities: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entities.map((entity) => [entity.id, entity]));
}
