import {
  type AcdEvent,
  type AcdState,
  type Change,
  emptyState,
  namedIn,
  type Offer,
  type Queue,
  type Shift,
  shiftsMissingIn,
  standardSettings,
  type WaitingCall,
} from "../src/index.ts";

/**
 * A store as a host has it: every write conditional on `rev`, inserts refused for an id that exists, two unique indexes over open shifts
 * (operator, telephone), and two over open promises (number, queue) and visits (call), which stand for what a real host has in their place: commits that
 * are fenced, so that no two hosts write at a time. It loads what is open, what the event names and the shifts of open offers; other
 * closed entities are gone from the next decision's state.
 */
export class ModelStore {
  readonly shifts = new Map<string, Shift>();
  readonly calls = new Map<string, WaitingCall>();
  readonly offers = new Map<string, Offer>();
  readonly queues = new Map<string, Queue>();
  /** As the host last said (`schedulesSeen`); kept in memory, where each host keeps its own. */
  openSchedules: readonly string[] = [];
  /** What operators know (`operatorsSeen`); kept likewise. */
  operators: AcdState["operators"] = {};

  load(event?: AcdEvent): AcdState {
    const named = event === undefined ? { shiftIds: [], callIds: [], offerIds: [] } : namedIn(event);
    const offers = open(this.offers, named.offerIds);
    const shifts = open(this.shifts, named.shiftIds);
    return {
      ...emptyState("co_1", standardSettings),
      queues: Object.fromEntries(this.queues),
      openSchedules: this.openSchedules,
      operators: this.operators,
      shifts: open(this.shifts, [...named.shiftIds, ...shiftsMissingIn({ offers, shifts })]),
      calls: open(this.calls, named.callIds),
      offers,
    };
  }

  /** Writes one change; false when another host was faster. */
  write(change: Change): boolean {
    switch (change.kind) {
      case "shift":
        return this.#indexed(change.after) && put(this.shifts, change.before, change.after);
      case "call":
        return (
          this.#promisedOnce(change.after) &&
          this.#visitsOnce(change.after) &&
          put(this.calls, change.before, change.after)
        );
      case "offer":
        return put(this.offers, change.before, change.after);
    }
  }

  #visitsOnce({ id, callId, callback, closedAt }: WaitingCall): boolean {
    if (callback !== null || closedAt !== null) return true;
    return [...this.calls.values()].every(
      (other) => other.id === id || other.callId !== callId || other.callback !== null || other.closedAt !== null,
    );
  }

  #promisedOnce(call: WaitingCall): boolean {
    if (call.callback === null || call.closedAt !== null) return true;
    return [...this.calls.values()].every(
      (other) =>
        other.id === call.id ||
        other.callback === null ||
        other.closedAt !== null ||
        other.number !== call.number ||
        !other.queueIds.some((id) => call.queueIds.includes(id)),
    );
  }

  #indexed(shift: Shift): boolean {
    if (shift.closedAt !== null) return true;
    return [...this.shifts.values()].every(
      (other) =>
        other.id === shift.id ||
        other.closedAt !== null ||
        (other.operatorId !== shift.operatorId &&
          (shift.telephoneId === null || other.telephoneId !== shift.telephoneId)),
    );
  }
}

interface Stored {
  readonly id: string;
  readonly rev: number;
  readonly closedAt: number | null;
}

function open<T extends Stored>(all: ReadonlyMap<string, T>, named: readonly string[]): Record<string, T> {
  const found: Record<string, T> = {};
  for (const [id, entity] of all) if (entity.closedAt === null || named.includes(id)) found[id] = entity;
  return found;
}

function put<T extends Stored>(all: Map<string, T>, before: T | null, after: T): boolean {
  const stored = all.get(after.id);
  if (before === null ? stored !== undefined : stored?.rev !== before.rev) return false;
  // Frozen as everything that is loaded: whoever wrote into it later would be caught, and needs no copy.
  all.set(after.id, deepFreeze({ ...after, rev: (before?.rev ?? 0) + 1 }));
  return true;
}

/** A decision that wrote into the state it was given would be caught here. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
