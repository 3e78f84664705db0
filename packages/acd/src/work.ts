import type { Intent, Moment } from "./decision.ts";
import { isBusy, isTransition } from "./operator-states.ts";
import type { AcdState, Offer, OperatorState, PauseReason, Queue, Shift, WaitingCall } from "./types.ts";

/**
 * One decision in progress: the state before, copies of what changed, and the intents so far. The records are copied at the first write
 * only, and untouched entities stay the same objects, so that `changes` finds by identity what to store.
 */
export interface Work {
  readonly before: AcdState;
  readonly now: number;
  readonly fresh: string;
  /** The event is `sweep`. */
  readonly sweeping: boolean;
  readonly intents: Intent[];
  /** How many offers this decision made: numbers their ids. */
  offersMade: number;
  queues: Readonly<Record<string, Queue>>;
  operators: AcdState["operators"];
  openSchedules: readonly string[];
  shifts: Readonly<Record<string, Shift>>;
  calls: Readonly<Record<string, WaitingCall>>;
  offers: Readonly<Record<string, Offer>>;
}

export function startWork(state: AcdState, { now, fresh }: Moment, sweeping: boolean): Work {
  const { queues, operators, openSchedules, shifts, calls, offers } = state;
  const given = { queues, operators, openSchedules, shifts, calls, offers };
  return { before: state, now, fresh, sweeping, intents: [], offersMade: 0, ...given };
}

/** The state after; the very same object when nothing changed. */
export function finishWork(work: Work): AcdState {
  const { before, queues, operators, openSchedules, shifts, calls, offers } = work;
  const same =
    queues === before.queues &&
    operators === before.operators &&
    openSchedules === before.openSchedules &&
    shifts === before.shifts &&
    calls === before.calls &&
    offers === before.offers;
  return same ? before : { ...before, queues, operators, openSchedules, shifts, calls, offers };
}

export function putShift(work: Work, shift: Shift): Shift {
  work.shifts = put(work.shifts, work.before.shifts, shift);
  return shift;
}

export function putCall(work: Work, call: WaitingCall): WaitingCall {
  work.calls = put(work.calls, work.before.calls, call);
  return call;
}

export function putOffer(work: Work, offer: Offer): Offer {
  work.offers = put(work.offers, work.before.offers, offer);
  return offer;
}

const lists = new WeakMap<object, readonly unknown[]>();

/**
 * The entities of a record as a list. Kept with the record, because most decisions look each of thousands through several times and change
 * a few: records are not written to, but by `put`, which forgets the list.
 */
export function listOf<T>(record: Readonly<Record<string, T>>): readonly T[] {
  const known = lists.get(record) as readonly T[] | undefined;
  if (known !== undefined) return known;
  const list = Object.values(record);
  lists.set(record, list);
  return list;
}

/** A record of this decision may be written to; the one of the state before is copied first. */
function put<T extends { readonly id: string }>(
  current: Readonly<Record<string, T>>,
  before: Readonly<Record<string, T>>,
  entity: T,
): Readonly<Record<string, T>> {
  const own: Record<string, T> = current === before ? { ...before } : current;
  own[entity.id] = entity;
  lists.delete(own);
  return own;
}

export type ShiftChange = Partial<Omit<Shift, "id" | "companyId" | "operatorId" | "rev" | "state" | "since">>;

/**
 * Takes an operator to another state, by a way of the table only: any other is a bug and throws. What belongs to the state that is left
 * (pause reason, wrap-up limit, and `current` where the new state has none) goes with it.
 */
export function moveShift(work: Work, shift: Shift, to: OperatorState, change: ShiftChange = {}): Shift {
  const reason: PauseReason | null = change.pauseReason ?? null;
  if (!isTransition(shift.state, to, reason)) {
    throw new Error(`bug: no way from ${shift.state} to ${to}${reason === null ? "" : ` (${reason})`}`);
  }
  const current = isBusy(to) ? shift.current : null;
  const left = { pauseReason: null, pauseLabel: null, wrapUpUntil: null, wrapUpExtended: 0, current };
  return putShift(work, { ...shift, ...left, state: to, since: work.now, ...change });
}
