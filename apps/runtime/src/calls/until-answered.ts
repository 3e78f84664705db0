import type { Clock } from "../ports/index.ts";

/** A caller who waits for the store longer than this hears music meanwhile. */
const COMFORT_AFTER_MS = 2_500;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/** Asks until an answer comes; after a while without one `comfort` is called, once. Bugs (TypeError, RangeError) are thrown, not repeated. */
export async function untilAnswered<T>(ask: () => Promise<T>, clock: Clock, comfort = () => {}): Promise<T> {
  const stopComfort = clock.at(clock.now() + COMFORT_AFTER_MS, comfort);
  try {
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(LONGEST_RETRY_MS, wait * 2)) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof TypeError || error instanceof RangeError) throw error;
        await new Promise<void>((resolve) => {
          clock.at(clock.now() + wait, resolve);
        });
      }
    }
  } finally {
    stopComfort();
  }
}
