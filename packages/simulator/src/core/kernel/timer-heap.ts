interface TimerEntry {
  readonly due: number;
  /** Earlier entries of the same time come first. */
  readonly order: number;
  readonly action: () => void;
  cancelled: boolean;
}

/** Timers in the order of their time; adding and taking cost the logarithm of their number, so that thousands of calls may wait. */
export interface TimerHeap {
  add(entry: TimerEntry): void;
  /** Removes and gives the first entry that is due by `now`; cancelled ones are skipped. */
  takeDue(now: number): TimerEntry | undefined;
  nextDue(): number | undefined;
}

const before = (one: TimerEntry, other: TimerEntry): boolean =>
  one.due < other.due || (one.due === other.due && one.order < other.order);

export function createTimerHeap(): TimerHeap {
  const heap: TimerEntry[] = [];

  const swap = (one: number, other: number): void => {
    const [first, second] = [heap[one], heap[other]];
    if (!first || !second) return;
    heap[one] = second;
    heap[other] = first;
  };
  const isBefore = (one: number, other: number): boolean => {
    const [first, second] = [heap[one], heap[other]];
    return first !== undefined && second !== undefined && before(first, second);
  };
  const removeFirst = (): TimerEntry | undefined => {
    const last = heap.pop();
    const first = heap[0];
    if (!last || !first) return last;
    heap[0] = last;
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const smaller = isBefore(left + 1, left) ? left + 1 : left;
      if (!isBefore(smaller, place)) return first;
      swap(smaller, place);
      place = smaller;
    }
  };
  const dropCancelled = (): void => {
    while (heap[0]?.cancelled) removeFirst();
  };

  return {
    add: (entry) => {
      heap.push(entry);
      for (let place = heap.length - 1; place > 0; ) {
        const parent = (place - 1) >> 1;
        if (!isBefore(place, parent)) return;
        swap(place, parent);
        place = parent;
      }
    },
    takeDue: (now) => {
      dropCancelled();
      const first = heap[0];
      return first && first.due <= now ? removeFirst() : undefined;
    },
    nextDue: () => {
      dropCancelled();
      return heap[0]?.due;
    },
  };
}
