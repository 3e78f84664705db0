import { ScenarioFailure } from "./scenario-failure.ts";

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

/** What happens in a day of a call that waits with music is a quarter of this; beyond it a scenario goes round for ever. */
const MOST_HAPPENINGS = 200_000;

/** A clock that starts at `startAt`, UTC milliseconds. Throws a ScenarioFailure when too much has happened. */
export function createVirtualClock(startAt: number): VirtualClock {
  let now = startAt;
  let order = 0;
  let happened = 0;
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
      if (++happened > MOST_HAPPENINGS) {
        throw new ScenarioFailure("too much happens: wait for shorter, or let what is heard last longer");
      }
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
