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
  for (const second in waits) if (Number(second) * 1000 <= goalMs) count += waits[second] ?? 0;
  return count;
}

/** The waits, in ms and rounded up to the second, that these rising shares of people did not exceed (nearest rank); null where nobody waited. */
export function percentiles(waits: Waits, shares: readonly number[]): (number | null)[] {
  // An object gives keys that are whole numbers in their order.
  const entries = Object.entries(waits);
  const total = entries.reduce((sum, [, times]) => sum + times, 0);
  const found: (number | null)[] = [];
  let passed = 0;
  for (const [second, times] of entries) {
    passed += times;
    while (found.length < shares.length && passed >= Math.max(1, Math.ceil(total * (shares[found.length] ?? 1) - 1e-9)))
      found.push(Number(second) * 1000);
  }
  return shares.map((_, at) => found[at] ?? null);
}
