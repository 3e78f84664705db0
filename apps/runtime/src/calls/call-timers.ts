import type { Clock } from "../ports/index.ts";
import type { CallTimer } from "./model.ts";

/** Arms the timers of one call on this process's clock. The document is the truth; this only wakes. */
export class CallTimers {
  readonly #clock: Clock;
  readonly #due: (timer: CallTimer) => void;
  readonly #armed = new Map<string, { readonly timer: CallTimer; readonly cancel: () => void }>();

  constructor(clock: Clock, due: (timer: CallTimer) => void) {
    this.#clock = clock;
    this.#due = due;
  }

  /** Makes what is armed equal to `timers`: what is not in the list any more is cancelled, what is new is armed. */
  arm(timers: readonly CallTimer[]): void {
    for (const [timerId, { timer, cancel }] of this.#armed) {
      if (timers.some((wanted) => same(wanted, timer))) continue;
      cancel();
      this.#armed.delete(timerId);
    }
    for (const timer of timers) {
      if (this.#armed.has(timer.timerId)) continue;
      const cancel = this.#clock.at(timer.dueAt, () => {
        this.#armed.delete(timer.timerId);
        this.#due(timer);
      });
      this.#armed.set(timer.timerId, { timer, cancel });
    }
  }

  stop(): void {
    for (const { cancel } of this.#armed.values()) cancel();
    this.#armed.clear();
  }
}

function same(a: CallTimer, b: CallTimer): boolean {
  return a.timerId === b.timerId && a.entry === b.entry && a.dueAt === b.dueAt;
}
