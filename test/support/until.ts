/** The first looks come quickly, for most of what is waited for is there at once; later ones must not be the work that it waits for. */
const firstPauseMs = 10;
const longestPauseMs = 60;

/**
 * What is waited for comes soon, on a busy machine later: no fault of what is tested. A process that is killed is back after seconds there, and jambonz
 * then comes back to its calls 13.5, 21.5 or 31.5 s after the cut (protocol fact 39), and where two are killed in a row, after both: whoever waits for
 * less fails by the machine's load. What passes never waits so long.
 */
export const PATIENCE_MS = 90_000;

/**
 * Waits until `holds` gives something true, looking many times a second; resolves with it. Fails after `ms` with what was waited for, and
 * with what `say` gives.
 */
export async function until<T>(
  holds: () => T | Promise<T>,
  what: string,
  { ms = PATIENCE_MS, say = () => "" }: { ms?: number; say?: () => string } = {},
): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.2)) {
    const found = await holds();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}.\n${say()}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
