import type { Clock } from "../ports/index.ts";

/** A clock that stands still until it is told to go on: for tests on virtual time. */
export interface VirtualClock extends Clock {
  /** Lets `ms` pass, waking what is due in order; between two wakings everything that is ready runs. */
  advance(ms: number): Promise<void>;
  /** Lets `ms` pass in which nothing runs, as in a process that stood still. */
  stallFor(ms: number): void;
  /** How many wakings are armed. */
  readonly armed: number;
}

export function virtualClock(start = Date.UTC(2026, 10, 23, 9)): VirtualClock {
  let now = start;
  let order = 0;
  const armed = new Map<number, { readonly at: number; readonly due: () => void }>();
  return {
    now: () => now,
    at(at, due) {
      const key = order++;
      armed.set(key, { at: Math.max(at, now), due });
      return () => armed.delete(key);
    },
    stallFor(ms) {
      now += ms;
    },
    get armed() {
      return armed.size;
    },
    async advance(ms) {
      const until = now + ms;
      await quiet();
      for (;;) {
        const next = [...armed].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
        if (!next) break;
        armed.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].due();
        await quiet();
      }
      now = until;
    },
  };
}

/** Lets promises and immediates that are ready run to their end. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
