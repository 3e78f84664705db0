import type { Schedule } from "./schedule.ts";
import { scheduleState } from "./schedule-state.ts";

const WEEK_MS = 7 * 86_400_000;

/**
 * The first moment of the coming week at which one schedule is open and the other is not; null: there is none. Null in place of the first one
 * stands for what is always open. Pure.
 */
export function closedWhileOpen(
  open: Schedule | null,
  closed: Schedule,
  companyZone: string,
  now: number,
): number | null {
  let at = now;
  while (at < now + WEEK_MS) {
    const own = open ? scheduleState(open, companyZone, at) : { state: "open" as const, until: null };
    const other = scheduleState(closed, companyZone, at);
    if (own.state === "open" && other.state !== "open") return at;
    const next = Math.min(own.until ?? Number.POSITIVE_INFINITY, other.until ?? Number.POSITIVE_INFINITY);
    if (next <= at) return null;
    at = next;
  }
  return null;
}
