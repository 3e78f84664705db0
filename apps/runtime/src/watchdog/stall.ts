/**
 * Decides whether an event loop stands still, from the beats that it counts: asked with the count and a time (ms, of a clock that only
 * goes forward), true once the same count was seen for longer than `stallMs`. Pure but for what it remembers.
 */
export function createStallWatch(stallMs: number): (beats: number, now: number) => boolean {
  let last: number | null = null;
  let since = 0;
  return (beats, now) => {
    if (beats !== last) {
      last = beats;
      since = now;
    }
    return now - since > stallMs;
  };
}
