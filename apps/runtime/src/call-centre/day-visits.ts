import { SHORT_MS } from "../call-records/short-ms.ts";
import type { VisitCounts } from "../ports/index.ts";
import type { ClosedVisit } from "./centre-store.ts";

const HALF_HOUR_MS = 1_800_000;

interface Visit {
  readonly joinedAt: number;
  readonly closedAt: number;
  readonly how: "answered" | "abandoned" | "shortAbandoned" | "left";
}

/**
 * The visits of today that are over, by queue: what the live board counts. The day's figures (docs/figures.md) count the same from the
 * traces; a visit counts for the queue in which it ended.
 */
export class DayVisits {
  readonly #byQueue = new Map<string, Map<string, Visit>>();

  /** Told twice, a visit counts once. A visit that goes on, or of a callback, is none. */
  add({ _id, queueIds, joinedAt, closedAt, leftReason }: ClosedVisit): void {
    const how = closedAt === null ? null : howOf(leftReason, closedAt - joinedAt);
    const [queueId] = queueIds;
    if (how === null || closedAt === null || queueId === undefined) return;
    const visits = this.#byQueue.get(queueId) ?? new Map<string, Visit>();
    this.#byQueue.set(queueId, visits);
    if (!visits.has(_id)) visits.set(_id, { joinedAt, closedAt, how });
  }

  /** Forgets visits that began before, as far as they ended more than half an hour ago. */
  forget(before: number, now: number): void {
    for (const visits of this.#byQueue.values()) {
      for (const [id, { joinedAt, closedAt }] of visits) {
        if (joinedAt < before && closedAt < now - HALF_HOUR_MS) visits.delete(id);
      }
    }
  }

  /** `since`: when the day began. `withinMs`: answered sooner counts as in time. */
  count(queueId: string, since: number, now: number, withinMs: number): DayCounts {
    const day = { answered: 0, abandoned: 0, left: 0, inTime: 0, shortAbandoned: 0 };
    const halfHour = { ...day };
    for (const { joinedAt, closedAt, how } of this.#byQueue.get(queueId)?.values() ?? []) {
      const inTime = how === "answered" && closedAt - joinedAt <= withinMs;
      for (const counts of [joinedAt >= since && day, closedAt > now - HALF_HOUR_MS && halfHour]) {
        if (!counts) continue;
        counts[how] += 1;
        if (inTime) counts.inTime += 1;
      }
    }
    const { shortAbandoned: _, ...recent } = halfHour;
    return { day, halfHour: recent };
  }
}

export interface DayCounts {
  readonly day: VisitCounts & { readonly shortAbandoned: number };
  readonly halfHour: VisitCounts;
}

function howOf(leftReason: ClosedVisit["leftReason"], waitedMs: number): Visit["how"] | null {
  if (leftReason === "answered") return "answered";
  if (leftReason === "movedOn") return "left";
  if (leftReason !== "hungUp") return null;
  return waitedMs < SHORT_MS ? "shortAbandoned" : "abandoned";
}
