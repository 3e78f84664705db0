/**
 * How long people waited, so that it can be added up: how many waited so many begun seconds. Seconds are counted singly however long the wait,
 * so what is read from it is right to the second; it has at most as many entries as people.
 */
export type Waits = Record<string, number>;

const secondsOf = (ms: number): number => Math.ceil(ms / 1000);

export function addWait(waits: Waits, ms: number): void {
  const key = secondsOf(ms);
  waits[key] = (waits[key] ?? 0) + 1;
}

/** How many waited at most `goalMs`. */
export function within(waits: Waits, goalMs: number): number {
  let count = 0;
  for (const [second, times] of Object.entries(waits)) if (Number(second) * 1000 <= goalMs) count += times;
  return count;
}

/** The wait, in ms and rounded up to the second, that this share of people did not exceed (nearest rank); null where nobody waited. */
export function percentile(waits: Waits, share: number): number | null {
  const seconds = Object.keys(waits)
    .map(Number)
    .sort((a, b) => a - b);
  const total = seconds.reduce((sum, second) => sum + (waits[second] ?? 0), 0);
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil(total * share - 1e-9));
  for (const second of seconds) {
    left -= waits[second] ?? 0;
    if (left <= 0) return second * 1000;
  }
  return null;
}
