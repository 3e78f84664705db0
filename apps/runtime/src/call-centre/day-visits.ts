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
  /** Those of the last half-hour, and perhaps older ones. */
  readonly #recent = new Map<string, Visit[]>();
  /** What the day's visits of a queue come to, with each that is added, until some are forgotten: the board asks every second. */
  readonly #counted = new Map<string, { readonly since: number; readonly withinMs: number; readonly day: Counts }>();

  /** Told twice, a visit counts once. A visit that goes on, or of who is asked first, is none; callbacks are not to be told. */
  add({ _id, queueIds, joinedAt, closedAt, leftReason, consult }: ClosedVisit): void {
    const how = closedAt === null || consult ? null : howOf(leftReason, closedAt - joinedAt);
    const [queueId] = queueIds;
    if (how === null || closedAt === null || queueId === undefined) return;
    const visits = this.#byQueue.get(queueId) ?? new Map<string, Visit>();
    this.#byQueue.set(queueId, visits);
    if (visits.has(_id)) return;
    const visit = { joinedAt, closedAt, how };
    visits.set(_id, visit);
    this.#recent.set(queueId, [...(this.#recent.get(queueId) ?? []), visit]);
    const counted = this.#counted.get(queueId);
    if (counted && joinedAt >= counted.since) addTo(counted.day, visit, counted.withinMs);
  }

  /** Forgets visits that began before, as far as they ended more than half an hour ago. */
  forget(before: number, now: number): void {
    this.#counted.clear();
    for (const visits of this.#byQueue.values()) {
      for (const [id, { joinedAt, closedAt }] of visits) {
        if (joinedAt < before && closedAt < now - HALF_HOUR_MS) visits.delete(id);
      }
    }
  }

  /** `since`: when the day began. `withinMs`: answered sooner counts as in time. */
  count(queueId: string, since: number, now: number, withinMs: number): DayCounts {
    const counted = this.#counted.get(queueId);
    const known = counted?.since === since && counted.withinMs === withinMs ? counted.day : null;
    const day = known ?? none();
    if (!known) {
      for (const visit of this.#byQueue.get(queueId)?.values() ?? [])
        if (visit.joinedAt >= since) addTo(day, visit, withinMs);
      this.#counted.set(queueId, { since, withinMs, day });
    }
    const recent = (this.#recent.get(queueId) ?? []).filter(({ closedAt }) => closedAt > now - HALF_HOUR_MS);
    this.#recent.set(queueId, recent);
    const halfHour = none();
    for (const visit of recent) addTo(halfHour, visit, withinMs);
    const { shortAbandoned: _, ...lately } = halfHour;
    return { day: { ...day }, halfHour: lately };
  }
}

type Counts = Record<keyof DayCounts["day"], number>;

const none = (): Counts => ({ answered: 0, abandoned: 0, left: 0, inTime: 0, shortAbandoned: 0 });

function addTo(counts: Counts, { joinedAt, closedAt, how }: Visit, withinMs: number): void {
  counts[how] += 1;
  if (how === "answered" && closedAt - joinedAt <= withinMs) counts.inTime += 1;
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
