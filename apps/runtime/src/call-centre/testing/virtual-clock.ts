import type { Clock } from "../../ports/index.ts";

interface Timer {
  readonly at: number;
  /** The order in which they were set: of two that are due at once the earlier is first. */
  readonly set: number;
  readonly due: () => void;
  off: boolean;
}

/** Time that stands still until it is moved. Between two timers `settle` runs, so that what one set off is over before the next is due. */
export class VirtualClock implements Clock {
  /** A heap: the next timer is first. A day of thousands of calls has thousands of them. */
  readonly #timers: Timer[] = [];
  #now: number;
  #set = 0;

  constructor(now = Date.UTC(2026, 10, 23, 8)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  at(at: number, due: () => void): () => void {
    const timer: Timer = { at, set: ++this.#set, due, off: false };
    this.#push(timer);
    return () => {
      timer.off = true;
    };
  }

  async advance(ms: number, settle: () => Promise<void>): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#next(end);
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      next.due();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Timer | null {
    for (;;) {
      const [first] = this.#timers;
      if (!first || (first.at > end && !first.off)) return null;
      this.#pop();
      if (!first.off) return first;
    }
  }

  #push(timer: Timer): void {
    const heap = this.#timers;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(timer, heap[above])) break;
      heap[at] = heap[above] as Timer;
      at = above;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#timers;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      const right = heap[below + 1];
      if (right && isBefore(right, heap[below])) below += 1;
      const next = heap[below];
      if (!next || !isBefore(next, last)) break;
      heap[at] = next;
      at = below;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Timer, b: Timer | undefined): boolean =>
  b === undefined || a.at < b.at || (a.at === b.at && a.set < b.set);
