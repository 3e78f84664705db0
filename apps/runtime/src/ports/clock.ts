/** Time as a port: everything that decides by time is given one of these, so that tests run on virtual time. */
export interface Clock {
  /** UTC milliseconds. */
  now(): number;
  /** Calls `due` once, not before `at` (UTC ms); returns how to cancel it. Never throws; `due` must not throw either. */
  at(at: number, due: () => void): () => void;
}

/** The machine's own clock. Delays longer than setTimeout can carry are split. */
export function systemClock(): Clock {
  const longest = 2 ** 31 - 1;
  return {
    now: () => Date.now(),
    at(at, due) {
      let handle: NodeJS.Timeout;
      const arm = () => {
        const wait = Math.max(0, at - Date.now());
        handle = wait > longest ? setTimeout(arm, longest) : setTimeout(due, wait);
        handle.unref();
      };
      arm();
      return () => clearTimeout(handle);
    },
  };
}
