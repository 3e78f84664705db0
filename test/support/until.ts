/** The first looks come quickly, for most of what is waited for is there at once; later ones must not be the work that it waits for. */
const firstPauseMs = 10;
const longestPauseMs = 60;

/**
 * Waits until `holds` gives something true, looking many times a second; resolves with it. Fails after `ms` with what was waited for, and
 * with what `say` gives.
 */
export async function until<T>(
  holds: () => T | Promise<T>,
  what: string,
  { ms = 20_000, say = () => "" }: { ms?: number; say?: () => string } = {},
): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.2)) {
    const found = await holds();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}.\n${say()}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
