/**
 * How much of a stretch of time is left at `now`: milliseconds, never negative, and the share of the whole, 0 to 1. A deadline
 * that does not lie after the start counts as over, and a clock that runs behind the start as not begun.
 */
export function timeLeft(startedAt: number, deadline: number, now: number): { leftMs: number; share: number } {
  const wholeMs = deadline - startedAt;
  if (wholeMs <= 0) return { leftMs: 0, share: 0 };
  const leftMs = Math.min(wholeMs, Math.max(0, deadline - now));
  return { leftMs, share: leftMs / wholeMs };
}
