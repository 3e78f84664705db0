/**
 * Fibers: functions that wait, without promises. A promise's callbacks run when the engine likes; a fiber runs when the scheduler
 * says so, in a fixed order, on virtual time as well as on real time.
 */

/** Something that happens once: a value arrives, or a failure. Settling it a second time does nothing, as with promises. */
export interface Signal<T> {
  readonly settled: boolean;
  settle(value: T): void;
  fail(error: Error): void;
  /** Calls back when settled (at once if it is): the low-level way, used by the scheduler alone. */
  listen(listener: (outcome: Outcome<T>) => void): void;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error };

/** A function that can wait: it yields the signals that it waits for. */
export type Fiber<T> = Generator<Signal<unknown>, T, unknown>;

export function createSignal<T>(): Signal<T> {
  let outcome: Outcome<T> | undefined;
  const listeners: Array<(outcome: Outcome<T>) => void> = [];
  const finish = (result: Outcome<T>): void => {
    if (outcome) return;
    outcome = result;
    for (const listener of listeners.splice(0)) listener(result);
  };
  return {
    get settled() {
      return outcome !== undefined;
    },
    settle: (value) => finish({ ok: true, value }),
    fail: (error) => finish({ ok: false, error }),
    listen: (listener) => {
      if (outcome) listener(outcome);
      else listeners.push(listener);
    },
  };
}

/** Waits for a signal inside a fiber; gives its value, or throws its failure. */
export function* wait<T>(signal: Signal<T>): Fiber<T> {
  let outcome: Outcome<T> | undefined;
  signal.listen((result) => {
    outcome = result;
  });
  // Even a settled signal gives others their turn, so that the order of events does not depend on who was quicker.
  yield signal;
  if (!outcome) throw new Error("a fiber was resumed before its signal was settled");
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}
