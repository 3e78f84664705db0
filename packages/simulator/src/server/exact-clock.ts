/** Milliseconds since 1970 with a fraction; never goes back, unlike `Date.now()`. */
export function exactNow(): number {
  return performance.timeOrigin + performance.now();
}

export interface Alarm {
  /** Rings once at this time; a new time replaces the old one, `undefined` silences it. */
  set(at: number | undefined): void;
}

/** The longest wait that a timer of Node takes. */
const LONGEST_WAIT_MS = 2_147_483_647;

/** An alarm that never rings early: a timer may be up to a millisecond too quick, so it is asked again until the time has come. */
export function createAlarm(ring: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  const set = (at: number | undefined): void => {
    clearTimeout(timer);
    timer = undefined;
    if (at === undefined) return;
    const wait = Math.min(Math.max(0, Math.ceil(at - exactNow())), LONGEST_WAIT_MS);
    timer = setTimeout(() => {
      if (exactNow() < at) set(at);
      else ring();
    }, wait);
  };
  return { set };
}
