/**
 * Waits until `holds` gives something true, looking every few milliseconds; resolves with it. Fails after `ms` with what was waited for,
 * and with what `say` gives.
 */
export async function until<T>(
  holds: () => T | Promise<T>,
  what: string,
  { ms = 20_000, say = () => "" }: { ms?: number; say?: () => string } = {},
): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await holds();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}.\n${say()}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
