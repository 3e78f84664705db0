const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after each attempt that was not taken the next one is made: eleven attempts in a little over a day. */
const waits = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  7 * hour,
  10 * hour,
];

/** A receiver that takes nothing for so long is switched off. */
export const patienceMs = 72 * hour;

/** Longest that a receiver may ask us to wait (`Retry-After`). */
const longestAskedMs = hour;

/**
 * How long to wait after the attempt that was the `made`th; null: it is given up. `share` (at least 0, less than 1) spreads it by a tenth, so
 * that what failed together does not come back together.
 */
export function nextWaitMs(made: number, { share, askedMs }: { share: number; askedMs: number | null }): number | null {
  const wait = waits[made - 1];
  if (wait === undefined) return null;
  const spread = Math.round(wait * (0.9 + share * 0.2));
  return askedMs === null ? spread : Math.max(spread, Math.min(askedMs, longestAskedMs));
}
