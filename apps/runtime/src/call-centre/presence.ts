import type { AcdEvent, Shift } from "@cordboard/acd";

/** A process that has not said for this long that an operator's tab is connected to it counts as gone. */
const presenceMs = 40_000;

/**
 * Which processes hold a tab of which operator, as far as they have said so lately. Kept in memory: who takes over the matching assumes
 * that what the shifts say still holds (`assume`), and hears within seconds whether it does.
 */
export class Presence {
  readonly #heard = new Map<string, Map<string, number>>();

  assume(shifts: Iterable<Shift>, now: number): void {
    for (const { operatorId, connection } of shifts) {
      if (connection.id !== null) this.heard(operatorId, connection.id, now);
    }
  }

  heard(operatorId: string, processId: string, now: number): void {
    const processes = this.#heard.get(operatorId) ?? new Map<string, number>();
    this.#heard.set(operatorId, processes.set(processId, now));
  }

  gone(operatorId: string, processId: string): void {
    const processes = this.#heard.get(operatorId);
    processes?.delete(processId);
    if (processes?.size === 0) this.#heard.delete(operatorId);
  }

  /** Forgets what was not said again in time. */
  forgetOlder(now: number): void {
    for (const [operatorId, processes] of this.#heard) {
      for (const [processId, at] of processes) if (now - at >= presenceMs) this.gone(operatorId, processId);
    }
  }

  /** A process that holds a tab of the operator: `preferred` if it still does. */
  of(operatorId: string, preferred: string | null = null): string | null {
    const processes = this.#heard.get(operatorId);
    if (!processes) return null;
    if (preferred !== null && processes.has(preferred)) return preferred;
    return processes.keys().next().value ?? null;
  }

  /** The event that brings a shift's connection to what is known here, or `null` when it is right already. */
  correction({ id: shiftId, operatorId, connection }: Shift): AcdEvent | null {
    const present = this.of(operatorId, connection.id);
    if (present === connection.id) return null;
    if (present !== null) return { type: "connectionBack", shiftId, connectionId: present };
    return connection.id === null ? null : { type: "connectionLost", shiftId, connectionId: connection.id };
  }
}
