/** Looks for key patterns in what is pressed during a conversation; a pause of 3 s begins anew (read; seen: g7, k10). */
export interface DtmfCollector {
  /** The pattern that this key completes, if any. */
  keyPressed(key: string, now: number): string | undefined;
}

const PAUSE_MS = 3000;

export function createDtmfCollector(patterns: readonly string[]): DtmfCollector {
  let keys = "";
  let last = Number.NEGATIVE_INFINITY;
  return {
    keyPressed: (key, now) => {
      keys = now - last < PAUSE_MS ? keys + key : key;
      last = now;
      return patterns.find((pattern) => keys.endsWith(pattern));
    },
  };
}
