import { createSignal, type Fiber, type Signal } from "./fiber.ts";
import { SimulatedFailure } from "./simulated-failure.ts";
import { createTimerHeap } from "./timer-heap.ts";

export interface Timer {
  cancel(): void;
}

/**
 * Runs fibers and timers in one fixed order.
 *
 * Order, which everything else relies on: (1) what became due runs in the order of due time, then of setting; (2) after each such
 * step every fiber that can go on does, first come first served; (3) then, one by one, what was put off with `soon`.
 */
export interface Scheduler {
  now(): number;
  /** Starts a fiber at once, up to its first wait; the signal tells its end. */
  spawn<T>(fiber: Fiber<T>): Signal<T>;
  /** Calls back after `ms`; 0 or less means at the next opportunity, never at once. */
  after(ms: number, action: () => void): Timer;
  /** A signal that is settled after `ms`. */
  sleep(ms: number): Signal<void>;
  /** Calls back when nothing else can go on at this instant. */
  soon(action: () => void): void;
  /** Does everything that is due by `now`, then `action`, then all that follows from it at that instant. */
  run(now: number, action: () => void): void;
  nextDue(): number | undefined;
}

export function createScheduler(start: number): Scheduler {
  let clock = start;
  let counter = 0;
  const timers = createTimerHeap();
  const ready: Array<() => void> = [];
  const later: Array<() => void> = [];

  const drain = (): void => {
    for (;;) {
      const next = ready.shift() ?? later.shift();
      if (!next) return;
      next();
    }
  };

  const after = (ms: number, action: () => void): Timer => {
    const entry = { due: clock + Math.max(0, ms), order: counter++, action, cancelled: false };
    timers.add(entry);
    return {
      cancel: () => {
        entry.cancelled = true;
      },
    };
  };

  const advance = <T>(fiber: Fiber<T>, end: Signal<T>): void => {
    try {
      const step = fiber.next();
      if (step.done) end.settle(step.value);
      else step.value.listen(() => ready.push(() => advance(fiber, end)));
    } catch (error) {
      // What jambonz only logs is a simulated failure; anything else is a mistake of ours and must be seen.
      if (!(error instanceof SimulatedFailure)) throw error;
      end.fail(error);
    }
  };

  return {
    now: () => clock,
    spawn: <T>(fiber: Fiber<T>) => {
      const end = createSignal<T>();
      advance(fiber, end);
      return end;
    },
    after,
    sleep: (ms) => {
      const signal = createSignal<void>();
      after(ms, () => signal.settle());
      return signal;
    },
    soon: (action) => {
      later.push(action);
    },
    run: (now, action) => {
      for (let entry = timers.takeDue(now); entry; entry = timers.takeDue(now)) {
        clock = Math.max(clock, entry.due);
        entry.action();
        drain();
      }
      clock = Math.max(clock, now);
      action();
      drain();
    },
    nextDue: () => timers.nextDue(),
  };
}
