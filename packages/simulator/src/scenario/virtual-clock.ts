/** Time that passes only when told to. What is due at one moment happens in the order in which it was asked for. */
export interface VirtualClock {
  now(): number;
  /** Runs `action` in `afterMs`; the function that comes back takes it off again. */
  after(afterMs: number, action: () => void): () => void;
  /** Lets time pass, with everything that is due until then, the last moment included. */
  pass(ms: number): void;
  /** Lets time pass until `reached()`, looking before and after everything that happens; false when `limitMs` went by without. */
  passUntil(reached: () => boolean, limitMs: number): boolean;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/** A clock that starts at `startAt`, UTC milliseconds. */
export function createVirtualClock(startAt: number): VirtualClock {
  let now = startAt;
  let order = 0;
  const due = new Set<Due>();

  function next(until: number): Due | undefined {
    let first: Due | undefined;
    for (const one of due) {
      if (one.at > until) continue;
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order)) first = one;
    }
    return first;
  }

  function passUntil(reached: () => boolean, limitMs: number): boolean {
    const until = now + limitMs;
    for (;;) {
      if (reached()) return true;
      const first = next(until);
      if (!first) break;
      due.delete(first);
      now = Math.max(now, first.at);
      first.action();
    }
    now = until;
    return false;
  }

  return {
    now: () => now,
    after: (afterMs, action) => {
      const one: Due = { at: now + afterMs, order: order++, action };
      due.add(one);
      return () => due.delete(one);
    },
    pass: (ms) => {
      passUntil(() => false, ms);
    },
    passUntil,
  };
}
