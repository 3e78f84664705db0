import type { Clock } from "./clock.ts";

/**
 * Acts at once, and once more for everything that it was asked for while it acted: a burst of changes is looked at twice, and not once for each of
 * them. Between two acts it rests as long as the first one took, so that it never has more than half of the time there is. Whatever it is asked for,
 * an act that begins afterwards sees it. `act` says itself what went wrong; a rejection ends nothing.
 */
export function oneAtATime(clock: Clock, act: () => Promise<unknown>): () => void {
  let busy = false;
  let again = false;
  const now = async (): Promise<void> => {
    busy = true;
    again = false;
    const began = clock.now();
    await act().catch(() => undefined);
    const tookMs = clock.now() - began;
    if (tookMs > 0) await new Promise<void>((resolve) => clock.at(clock.now() + tookMs, resolve));
    if (again) return now();
    busy = false;
  };
  return () => {
    if (busy) again = true;
    else void now();
  };
}

/** Acts at once, and again after the pause when there was cause meanwhile. */
export function atMostEvery(pauseMs: number, clock: Clock, act: () => void): () => void {
  let resting = false;
  let again = false;
  const now = () => {
    resting = true;
    again = false;
    act();
    clock.at(clock.now() + pauseMs, () => {
      resting = false;
      if (again) now();
    });
  };
  return () => {
    if (resting) again = true;
    else now();
  };
}
