import type { Handling } from "@cordboard/acd";
import type { ShiftTimeDocument } from "./shift-times.ts";

/** So far back it is looked how long conversations take: for what callers are told of their wait, and for the board. */
export const HANDLING_MS = 60 * 60_000;

export type HandledTime = Pick<ShiftTimeDocument, "_id" | "queueId" | "state" | "from" | "until">;

/** How long operators were busy with each queue's calls within the last hour: what the live board expects waits by. */
export class Handlings {
  readonly #times = new Map<string, Map<string, HandledTime>>();

  /** Told twice, a time counts once. Other states, and times that were for no queue, are left aside. */
  add(time: HandledTime): void {
    const { _id, queueId, state } = time;
    if (queueId === null || (state !== "talking" && state !== "wrapUp")) return;
    const times = this.#times.get(queueId) ?? new Map<string, HandledTime>();
    this.#times.set(queueId, times.set(_id, time));
  }

  of(queueId: string, now: number): Handling {
    const times = this.#times.get(queueId);
    let [calls, ms] = [0, 0];
    if (times === undefined) return { calls, ms };
    for (const [id, { from, until, state }] of times) {
      if (from <= now - HANDLING_MS) times.delete(id);
      else {
        ms += until - from;
        if (state === "talking") calls += 1;
      }
    }
    return { calls, ms };
  }
}
