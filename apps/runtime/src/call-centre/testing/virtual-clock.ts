import type { Clock } from "../../ports/index.ts";

interface Timer {
  readonly at: number;
  readonly due: () => void;
}

/** Time that stands still until it is moved. Between two timers `settle` runs, so that what one set off is over before the next is due. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now: number;

  constructor(now = Date.UTC(2026, 10, 23, 8)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  at(at: number, due: () => void): () => void {
    const timer = { at, due };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  async advance(ms: number, settle: () => Promise<void>): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.due();
      await settle();
    }
    this.#now = end;
  }
}
